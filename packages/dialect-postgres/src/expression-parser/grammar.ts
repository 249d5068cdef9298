import type { ArithmeticOperator, ComparisonOperator, Expression } from '@albackup/core'
import { parseElements } from './arrays.ts'
import { cast } from './casts.ts'
import { asCondition, asValue, compareConditions, isDistinct, isTruth, isUnknown, negate } from './conditions.ts'
import { atTimeZone, compareParts } from './dates.ts'
import { acceptInterval, shift } from './intervals.ts'
import { MATCH_OPERATORS, match } from './matching.ts'
import { LIKE_OPERATORS, like, patternOf } from './patterns.ts'
import { parsePattern, parsePrimary } from './primary.ts'
import { parseMembership, seesQuery } from './query-parts.ts'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { ANY_TEXT, convert, join, literalText } from './tree.ts'
import { parseTypeName } from './type-names.ts'

/**
 * Operators from the loosest to the tightest (PostgreSQL manual, "Operator Precedence"): or, and, not, is, comparisons and
 * LIKE, other operators, `+ -`, `* / %`, time zone and collation, signs, casts. The catalog sets nearly all in parentheses.
 */
export function parseExpressionAt(cursor: TokenCursor): Expression {
  return cursor.nested(() =>
    parseConditions(cursor, 'or', () => parseConditions(cursor, 'and', () => parseNot(cursor))),
  )
}

function parseConditions(cursor: TokenCursor, operator: 'and' | 'or', parse: () => Expression): Expression {
  const operands = [parse()]
  while (cursor.accept(operator)) operands.push(parse())
  return operands.length === 1 ? operands[0]! : join(operator, ...operands.map(asCondition))
}

function parseNot(cursor: TokenCursor): Expression {
  return cursor.accept('not') ? negate(cursor.nested(() => parseNot(cursor))) : parseIs(cursor)
}

function parseIs(cursor: TokenCursor): Expression {
  let tested = parseComparison(cursor)
  while (cursor.accept('is')) {
    const negated = cursor.accept('not')
    if (cursor.accept('true')) tested = isTruth(tested, true, negated)
    else if (cursor.accept('false')) tested = isTruth(tested, false, negated)
    else if (cursor.accept('null') || cursor.accept('unknown')) tested = isUnknown(tested, negated)
    else if (cursor.accept('distinct', 'from')) tested = isDistinct(tested, parseComparison(cursor), negated)
    else return notUnderstood()
  }
  return tested
}

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const satisfies readonly ComparisonOperator[]

function parseComparison(cursor: TokenCursor): Expression {
  const left = parseOperators(cursor)
  if (seesQuery(cursor, 2) && cursor.accept('in', '(')) return parseMembership(cursor, left)
  const comparison = cursor.acceptOneOf(COMPARISONS)
  if (comparison === '<>' && seesQuery(cursor, 2) && cursor.accept('all', '(')) {
    return negate(parseMembership(cursor, left))
  }
  if (comparison !== undefined) {
    const ofAll = (right: Expression) =>
      compareConditions(comparison, left, right) ?? compareParts(comparison, asValue(left), asValue(right))
    return parseQuantified(cursor, ofAll) ?? ofAll(parseOperators(cursor))
  }
  const matching = cursor.acceptOneOf(MATCH_OPERATORS)
  if (matching !== undefined) {
    return match(matching, asValue(left), literalText(parseOperators(cursor)) ?? notUnderstood())
  }
  const operator = cursor.acceptOneOf(LIKE_OPERATORS)
  if (operator === undefined) return left
  const each = (pattern: Expression) => like(operator, left, patternOf(pattern))
  return parseQuantified(cursor, each) ?? like(operator, left, parsePattern(cursor, parseOperators))
}

/** `= ANY (ARRAY[…])` is a chain of `or`, `<> ALL (ARRAY[…])` one of `and`. */
function parseQuantified(cursor: TokenCursor, one: (element: Expression) => Expression): Expression | undefined {
  const quantifier = cursor.acceptOneOf(['any', 'all'])
  if (quantifier === undefined) return undefined
  cursor.expect('(')
  const elements = parseElements(cursor, parseExpressionAt)
  cursor.expect(')')
  if (elements.length === 0) return notUnderstood()
  return join(quantifier === 'any' ? 'or' : 'and', ...elements.map(one))
}

const OPERATORS: Readonly<Record<string, ArithmeticOperator>> = { '||': '+', '&': '&', '|': '|', '#': '^' }

function parseOperators(cursor: TokenCursor): Expression {
  let left = parseSum(cursor)
  for (let found = cursor.acceptOneOf(Object.keys(OPERATORS)); found !== undefined; ) {
    const right = parseSum(cursor)
    left = found === '||' ? joined(left, right) : arithmetic(OPERATORS[found]!, left, right)
    found = cursor.acceptOneOf(Object.keys(OPERATORS))
  }
  return left
}

/** In the tree `+` adds numbers; what is joined is made a text. */
function joined(left: Expression, right: Expression): Expression {
  return arithmetic('+', asText(left), asText(right))
}

function asText(expression: Expression): Expression {
  return literalText(expression) === undefined ? convert(asValue(expression), ANY_TEXT) : expression
}

function arithmetic(operator: ArithmeticOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left: asValue(left), right: asValue(right) }
}

function parseSum(cursor: TokenCursor): Expression {
  let left = parseProduct(cursor)
  for (let operator = cursor.acceptOneOf(['+', '-']); operator !== undefined; ) {
    const interval = acceptInterval(cursor)
    left =
      interval === undefined
        ? arithmetic(operator, left, parseProduct(cursor))
        : shift(left, interval, operator === '+' ? 1 : -1)
    operator = cursor.acceptOneOf(['+', '-'])
  }
  return left
}

function parseProduct(cursor: TokenCursor): Expression {
  let left = parseZoned(cursor)
  for (let operator = cursor.acceptOneOf(['*', '/', '%']); operator !== undefined; ) {
    left = arithmetic(operator, left, parseZoned(cursor))
    operator = cursor.acceptOneOf(['*', '/', '%'])
  }
  return left
}

/** A collation of plain characters changes neither what is equal nor what a pattern matches. */
const PLAIN_COLLATIONS: readonly string[] = ['C', 'POSIX', 'ucs_basic']

function parseZoned(cursor: TokenCursor): Expression {
  let operand = parseSigned(cursor)
  for (;;) {
    if (cursor.accept('at', 'time', 'zone')) operand = atTimeZone(parseSigned(cursor), operand)
    else if (!cursor.accept('collate')) return operand
    else skipCollation(cursor)
  }
}

function skipCollation(cursor: TokenCursor): void {
  if (cursor.accept('pg_catalog')) cursor.expect('.')
  const { kind, text } = cursor.take()
  if ((kind !== 'name' && kind !== 'word') || !PLAIN_COLLATIONS.includes(text)) notUnderstood()
}

function parseSigned(cursor: TokenCursor): Expression {
  const operator = cursor.acceptOneOf(['-', '+', '~'])
  if (operator === undefined) return parseCast(cursor)
  return { kind: 'unary', operator, operand: asValue(cursor.nested(() => parseSigned(cursor))) }
}

function parseCast(cursor: TokenCursor): Expression {
  let operand = parsePrimary(cursor, parseExpressionAt)
  while (cursor.accept('::')) operand = cast(operand, parseTypeName(cursor))
  return operand
}
