/** A piece of HTML that is safe to stand in a page. Only `html` and `joined` make one. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | readonly Html[]

/** A template whose values are escaped, whatever they hold; pieces of HTML stand as they are. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = strings.reduce((whole, text, index) => whole + text + markupOf(parts[index] ?? ''), '')
  return { markup }
}

/** The piece, or nothing. */
export function when(condition: boolean, piece: () => Html): Html {
  return condition ? piece() : html``
}

/** Static text of our own that is no HTML: styles and scripts. */
export function verbatim(text: string): Html {
  return { markup: text }
}

function markupOf(part: Part): string {
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Controls and the marks that turn the direction of writing are shown, not obeyed; a tab and a line feed are what they are. */
const UNSEEN = /[^\P{Cc}\t\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
}
