import type { ArithmeticOperator, ComparisonOperator, Expression, LogicalOperator } from '@albackup/core'
import { parsePrimary } from './primary.ts'
import { parseSubquery, seesQuery } from './query-parts.ts'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'

/**
 * Operators from the loosest to the tightest (Transact-SQL reference, "Operator precedence"): or, and, not, the predicates,
 * `+ - & ^ |`, `* / %`, signs and `~`. A sign binds tighter here than there, which changes no value.
 */
export function parseExpressionAt(cursor: TokenCursor): Expression {
  return cursor.nested(() => parseLogical(cursor, 'or', parseConjunction))
}

function parseConjunction(cursor: TokenCursor): Expression {
  return parseLogical(cursor, 'and', parseNegation)
}

function parseLogical(
  cursor: TokenCursor,
  operator: LogicalOperator,
  parseOperand: (cursor: TokenCursor) => Expression,
): Expression {
  const operands = [parseOperand(cursor)]
  while (cursor.accept(operator)) operands.push(parseOperand(cursor))
  return joined(operator, operands)
}

/** However many there are, the tree is no deeper than it must be: their order is kept, and their grouping means nothing. */
function joined(operator: LogicalOperator, operands: readonly Expression[]): Expression {
  if (operands.length === 1) return operands[0]!
  const middle = Math.ceil(operands.length / 2)
  const [left, right] = [operands.slice(0, middle), operands.slice(middle)].map((half) => joined(operator, half))
  return { kind: 'binary', operator, left: left!, right: right! }
}

function parseNegation(cursor: TokenCursor): Expression {
  if (!cursor.accept('not')) return parsePredicate(cursor)
  return { kind: 'unary', operator: 'not', operand: cursor.nested(() => parseNegation(cursor)) }
}

function parseSum(cursor: TokenCursor): Expression {
  return parseChain(cursor, ['+', '-', '&', '|', '^'], parseProduct)
}

function parseProduct(cursor: TokenCursor): Expression {
  return parseChain(cursor, ['*', '/', '%'], parseSigned)
}

function parseChain(
  cursor: TokenCursor,
  operators: readonly ArithmeticOperator[],
  parseOperand: (cursor: TokenCursor) => Expression,
): Expression {
  let left = parseOperand(cursor)
  for (let operator = cursor.acceptOneOf(operators); operator !== undefined; ) {
    left = { kind: 'binary', operator, left, right: parseOperand(cursor) }
    operator = cursor.acceptOneOf(operators)
  }
  return left
}

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '!>': '<=',
  '<=': '<=',
  '>': '>',
  '!<': '>=',
  '>=': '>=',
}

function parsePredicate(cursor: TokenCursor): Expression {
  const operand = parseSum(cursor)
  const comparison = cursor.acceptOneOf(Object.keys(COMPARISONS))
  if (comparison !== undefined) return compare(COMPARISONS[comparison]!, operand, parseSum(cursor))
  if (cursor.accept('is')) {
    const negated = cursor.accept('not')
    cursor.expect('null')
    return { kind: 'is-null', operand, negated }
  }
  const negated = cursor.accept('not')
  if (cursor.accept('like')) return parseLike(cursor, operand, negated)
  if (cursor.accept('in')) return negate(parseIn(cursor, operand), negated)
  if (cursor.accept('between')) return negate(parseBetween(cursor, operand), negated)
  if (negated) throw new NotUnderstood()
  return operand
}

function parseLike(cursor: TokenCursor, operand: Expression, negated: boolean): Expression {
  const pattern = parseSum(cursor)
  if (!cursor.accept('escape')) return { kind: 'like', operand, pattern, escape: null, negated }
  const character = cursor.take()
  if (character.kind !== 'text' || character.text.length !== 1) throw new NotUnderstood()
  return { kind: 'like', operand, pattern, escape: character.text, negated }
}

/** `a in (1, 2)` is `a = 1 or a = 2`, which is also how SQL Server's catalog writes it. */
function parseIn(cursor: TokenCursor, operand: Expression): Expression {
  cursor.expect('(')
  if (seesQuery(cursor)) return { kind: 'in', operand, query: parseSubquery(cursor) }
  const equalities = cursor.list(() => compare('=', operand, parseSum(cursor)))
  if (equalities.length === 0) throw new NotUnderstood()
  return joined('or', equalities)
}

function parseBetween(cursor: TokenCursor, operand: Expression): Expression {
  const left = compare('>=', operand, parseSum(cursor))
  cursor.expect('and')
  return { kind: 'binary', operator: 'and', left, right: compare('<=', operand, parseSum(cursor)) }
}

function compare(operator: ComparisonOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right }
}

function negate(operand: Expression, negated: boolean): Expression {
  return negated ? { kind: 'unary', operator: 'not', operand } : operand
}

function parseSigned(cursor: TokenCursor): Expression {
  const operator = cursor.acceptOneOf(['-', '+', '~'])
  if (operator === undefined) {
    const operand = parsePrimary(cursor, parseExpressionAt)
    if (cursor.sees('collate')) throw new NotUnderstood('it has COLLATE')
    return operand
  }
  return { kind: 'unary', operator, operand: cursor.nested(() => parseSigned(cursor)) }
}
