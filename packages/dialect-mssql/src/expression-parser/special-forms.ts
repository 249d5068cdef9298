import type { CaseBranch, Expression, FunctionName } from '@albackup/core'
import { parseDatePart } from './date-parts.ts'
import { parseDeclaredType } from './declared-types.ts'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'

/** Parses an expression at the cursor. */
export type Parse = (cursor: TokenCursor) => Expression

/** What follows the opening parenthesis of functions whose arguments are not all expressions. */
export const SPECIAL_FORMS: ReadonlyMap<string, (cursor: TokenCursor, parse: Parse) => Expression> = new Map([
  ['convert', parseConvert],
  ['cast', parseCast],
  ['dateadd', dateForm('date-add', 2)],
  ['datediff', dateForm('date-diff', 2)],
  ['datepart', dateForm('date-part', 1)],
  ['year', partOf('year')],
  ['month', partOf('month')],
  ['day', partOf('day')],
])

/** `[varchar](10),[a],(120))`. Without a style SQL Server's catalog writes a zero or nothing. */
function parseConvert(cursor: TokenCursor, parse: Parse): Expression {
  const type = parseDeclaredType(cursor)
  cursor.expect(',')
  const operand = parse(cursor)
  const style = cursor.accept(',') ? parseStyle(parse(cursor)) : null
  cursor.expect(')')
  return { kind: 'convert', operand, type, style }
}

function parseStyle(style: Expression): number {
  if (style.kind !== 'literal' || style.value.type !== 'integer') throw new NotUnderstood()
  return Number(style.value.digits)
}

/**
 * SQL Server's catalog always says CONVERT. A CAST to numeric without precision is PostgreSQL's way to print a number of
 * any precision, and T-SQL's for numeric(18,0); it is understood where both mean the same: whole numbers.
 */
function parseCast(cursor: TokenCursor, parse: Parse): Expression {
  const operand = parse(cursor)
  cursor.expect('as')
  const bareNumeric = cursor.sees('numeric') && !cursor.sees('(', 1)
  const type = parseDeclaredType(cursor)
  cursor.expect(')')
  if (bareNumeric && !isWhole(operand)) throw new NotUnderstood()
  return { kind: 'convert', operand, type, style: null }
}

function isWhole(expression: Expression): boolean {
  if (expression.kind !== 'literal') return false
  const { value } = expression
  return value.type === 'integer' || (value.type === 'text' && /^-?\d{1,18}$/.test(value.text))
}

function dateForm(name: FunctionName, operands: number) {
  return (cursor: TokenCursor, parse: Parse): Expression => {
    const part = parseDatePart(cursor)
    cursor.expect(',')
    const rest = cursor.list(() => parse(cursor))
    // The number of a week depends on the session's DATEFIRST; how many lie between does not.
    const session = name === 'date-part' && part === 'week'
    if (session || rest.length !== operands) throw new NotUnderstood()
    // To add or to count days of the year is to add or to count days.
    return onDatePart(name, name !== 'date-part' && part === 'dayofyear' ? 'day' : part, rest)
  }
}

function partOf(part: string) {
  return (cursor: TokenCursor, parse: Parse): Expression => {
    const operand = parse(cursor)
    cursor.expect(')')
    return onDatePart('date-part', part, [operand])
  }
}

function onDatePart(name: FunctionName, part: string, rest: readonly Expression[]): Expression {
  const first: Expression = { kind: 'literal', value: { type: 'text', text: part, unicode: false } }
  return { kind: 'call', name, arguments: [first, ...rest] }
}

/** What follows CASE. A simple CASE compares its operand with each value, as SQL Server itself expands it. */
export function parseCase(cursor: TokenCursor, parse: Parse): Expression {
  const operand = cursor.sees('when') ? undefined : parse(cursor)
  const branches: CaseBranch[] = []
  while (cursor.accept('when')) {
    const tested = parse(cursor)
    cursor.expect('then')
    const when: Expression =
      operand === undefined ? tested : { kind: 'binary', operator: '=', left: operand, right: tested }
    branches.push({ when, result: parse(cursor) })
  }
  if (branches.length === 0) throw new NotUnderstood()
  const otherwise = cursor.accept('else') ? parse(cursor) : null
  cursor.expect('end')
  return { kind: 'case', branches, otherwise }
}

/** What follows NEXT: `VALUE FOR [dbo].[Numbers]`. */
export function parseNextValue(cursor: TokenCursor): Expression {
  cursor.expect('value')
  cursor.expect('for')
  const first = parseName(cursor)
  if (!cursor.accept('.')) return { kind: 'next-value', schema: null, name: first }
  return { kind: 'next-value', schema: first, name: parseName(cursor) }
}

/** A name, with or without quotes. */
export function parseName(cursor: TokenCursor): string {
  const token = cursor.take()
  if (token.kind !== 'name' && token.kind !== 'word') throw new NotUnderstood()
  return token.text
}
