import type { Expression } from '@albackup/core'
import { negate } from './conditions.ts'
import { type Atom, readRegularExpression } from './regular-expressions.ts'
import { notUnderstood } from './token-cursor.ts'
import { call, compare, integer, join, text } from './tree.ts'

export const MATCH_OPERATORS = ['~', '!~', '~*', '!~*'] as const

export type MatchOperator = (typeof MATCH_OPERATORS)[number]

const TO_THE_END = integer(2147483647)

/** A match with a regular expression that LIKE can say, too. Without regard to case both sides are folded. */
export function match(operator: MatchOperator, operand: Expression, source: string): Expression {
  const folds = operator.endsWith('*')
  const matched = matches(folds ? call('lower', operand) : operand, folds ? folded(source) : source)
  return operator.startsWith('!') ? negate(matched) : matched
}

/** A range from A to z would lose the marks between the capitals and the other letters. */
function folded(source: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(source) && !/[A-Z]-[^A-Z]|[0-9]-[^0-9]|[a-z]-[^a-z]/.test(source)
  return isPlain ? source.toLowerCase() : notUnderstood()
}

function matches(operand: Expression, source: string): Expression {
  const { fromStart, toEnd, atoms } = readRegularExpression(source)
  const last = atoms.at(-1)
  const hasTail = fromStart && toEnd && last?.most === Number.POSITIVE_INFINITY && last.others !== undefined
  if (hasTail) return withTail(operand, atoms.slice(0, -1), last)
  if (atoms.length === 0 && !(fromStart && toEnd)) return like(operand, '%')
  const words = atoms.map((atom, place) => {
    const isOpen = (place === 0 && !fromStart) || (place === atoms.length - 1 && !toEnd)
    return isOpen ? { ...atom, most: atom.least } : atom
  })
  return like(operand, `${fromStart ? '' : '%'}${words.map(patternOf).join('')}${toEnd ? '' : '%'}`)
}

/** From some place on nothing but characters of a class, up to the end. */
function withTail(operand: Expression, head: readonly Atom[], tail: Atom): Expression {
  const others = `%${tail.others}%`
  if (head.length === 0) {
    const onlyThose = negate(like(operand, others))
    return tail.least === 0 ? onlyThose : join('and', compare('<>', operand, text('')), onlyThose)
  }
  if (head.some(({ most }) => most === Number.POSITIVE_INFINITY)) return notUnderstood()
  const place = head.reduce((sum, { least }) => sum + least, 1)
  const rest = call('substring', operand, integer(place), TO_THE_END)
  const begins = `${head.map(patternOf).join('')}${tail.pattern.repeat(tail.least)}%`
  return join('and', like(operand, begins), negate(like(rest, others)))
}

/** Of what repeats without a bound LIKE knows any characters only. */
function patternOf({ pattern, least, most }: Atom): string {
  if (most !== Number.POSITIVE_INFINITY) return pattern.repeat(least)
  return pattern === '_' ? `${pattern.repeat(least)}%` : notUnderstood()
}

function like(operand: Expression, pattern: string): Expression {
  const mark = pattern.includes('\\') ? '\\' : null
  return { kind: 'like', operand, pattern: text(pattern), escape: mark, negated: false }
}
