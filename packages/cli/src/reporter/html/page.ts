import { createHash } from 'node:crypto'
import { type Html, html, verbatim } from './html.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** What a kind of page needs beside what all have; our own text. */
export interface PageExtras {
  readonly style: string
  readonly script: string
}

/** A whole page in one file: it fetches nothing, and runs nothing but its own script. */
export function page(title: string, body: Html, extras: PageExtras = { style: '', script: '' }): string {
  const style = STYLE + extras.style
  const script = SCRIPT + extras.script
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'`
  return html`${verbatim('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${verbatim(style)}</style>
</head>
<body>
<main>
${body}
</main>
<script>${verbatim(script)}</script>
</body>
</html>
`.markup
}

/** As Content Security Policy Level 3 names a script by what it is (section 2.3.1, hash-source). */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
