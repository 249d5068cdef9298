import type { Expression } from '@albackup/core'
import { refuse, someWithin } from '@albackup/core/printing'

const CHOICES: ReadonlySet<string> = new Set(['coalesce', 'if-null'])

/** Refuses what NEXT VALUE FOR may not stand in: CASE, COALESCE and their kin (error 11741). */
export function requireFreeSequences(expression: Expression): void {
  const hasSequence = (part: Expression) => someWithin(part, ({ kind }) => kind === 'next-value')
  if (someWithin(expression, (part) => isChoice(part) && hasSequence(part))) {
    refuse('a sequence gives no number within a choice')
  }
}

function isChoice(part: Expression): boolean {
  return part.kind === 'case' || (part.kind === 'call' && CHOICES.has(part.name))
}
