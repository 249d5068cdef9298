import type { Finding } from '@albackup/core'
import type { Severity } from '../plan-severity.ts'
import { countOf } from '../quantities.ts'
import { type Html, html } from './html.ts'

export const TONES: Readonly<Record<Severity, 'bad' | 'warn' | 'soft'>> = {
  blocks: 'bad',
  lost: 'bad',
  changed: 'warn',
  info: 'soft',
}

export const MEANINGS: Readonly<Record<Severity, string>> = {
  blocks: 'the restore would end there',
  lost: 'not there afterwards',
  changed: 'there, and not quite the same',
  info: 'worth knowing; nothing depends on it',
}

export function badge(severity: Severity): Html {
  return html`<span class="badge ${TONES[severity]}" title="${MEANINGS[severity]}">${severity}</span>`
}

/** The plan in one sentence. */
export function verdictOf(findings: readonly Finding[]): { readonly tone: string; readonly sentence: string } {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const [blocks, lost, changed] = [count('blocks'), count('lost'), count('changed')]
  const things = (number: number) => countOf(number, 'thing')
  if (blocks > 0) return { tone: 'bad', sentence: `The restore would not reach its end: ${things(blocks)} in the way.` }
  if (lost > 0) {
    const rest = changed === 0 ? '' : `, and ${changed} would not be quite the same`
    return { tone: 'bad', sentence: `Nothing is in the way. ${things(lost)} would not be there afterwards${rest}.` }
  }
  if (changed > 0) return { tone: 'warn', sentence: `Nothing is lost. ${things(changed)} would not be quite the same.` }
  return { tone: 'good', sentence: 'Everything is carried over as it is.' }
}
