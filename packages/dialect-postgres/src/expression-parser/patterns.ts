import type { Expression } from '@albackup/core'
import { notUnderstood } from './token-cursor.ts'
import { call, literalText, text } from './tree.ts'

export const LIKE_OPERATORS = ['~~', '!~~', '~~*', '!~~*'] as const

export type LikeOperator = (typeof LIKE_OPERATORS)[number]

/** A pattern of LIKE with the character that takes the meaning of the next; empty: there is none. */
export interface Pattern {
  readonly text: string
  readonly escape: string
}

/** The pattern of a literal, or of `like_escape` of two. */
export function patternOf(expression: Expression): Pattern {
  const literal = literalText(expression)
  return literal === undefined ? notUnderstood() : { text: literal, escape: '\\' }
}

/** The pattern of all texts that begin so. */
export function beginning(start: string): Pattern {
  return { text: `${start.replaceAll(/[%_\\]/g, '\\$&')}%`, escape: '\\' }
}

/** ILIKE folds both sides to lower case. */
export function like(operator: LikeOperator, operand: Expression, pattern: Pattern): Expression {
  const folds = operator.endsWith('*')
  const meant = neutralPattern(folds ? { ...pattern, text: folded(pattern.text) } : pattern)
  return {
    kind: 'like',
    operand: folds ? call('lower', operand) : operand,
    pattern: text(meant),
    escape: meant.includes(ESCAPE) ? ESCAPE : null,
    negated: operator.startsWith('!'),
  }
}

/** How the letters of other scripts fold depends on the database's locale. */
function folded(pattern: string): string {
  return /^[\x20-\x7e]*$/.test(pattern) ? pattern.toLowerCase() : notUnderstood()
}

const ESCAPE = '\\'

/** In the tree a `[` begins a class, which PostgreSQL has not. */
function neutralPattern(pattern: Pattern): string {
  const characters = [...pattern.text]
  let meant = ''
  for (let at = 0; at < characters.length; at++) {
    const isEscaped = pattern.escape !== '' && characters[at] === pattern.escape
    const character = isEscaped ? characters[++at] : characters[at]
    if (character === undefined) return notUnderstood()
    const isSpecial = isEscaped ? '%_[\\'.includes(character) : '[\\'.includes(character)
    meant += isSpecial ? `${ESCAPE}${character}` : character
  }
  return meant
}
