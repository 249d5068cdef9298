import type { ComparisonOperator, DatePart, Expression } from '@albackup/core'
import { notUnderstood } from './token-cursor.ts'
import { call, compare, convert, literalText, number, text } from './tree.ts'

const FIELDS: Readonly<Record<string, DatePart>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'iso-week',
  day: 'day',
  doy: 'dayofyear',
  dow: 'weekday',
  hour: 'hour',
  minute: 'minute',
}

/** Whole numbers, as the type that PostgreSQL gives them: numeric for EXTRACT, double precision for date_part. */
export function extracted(field: string, date: Expression, type: 'numeric' | 'double'): Expression {
  const part = Object.hasOwn(FIELDS, field) ? FIELDS[field]! : notUnderstood()
  const value = call('date-part', text(part), date)
  return convert(value, type === 'numeric' ? { kind: 'decimal', precision: 10, scale: 0 } : { kind: 'float', bits: 64 })
}

const UTC: readonly string[] = ['utc', 'gmt', 'etc/utc', 'zulu']

export function atTimeZone(zone: Expression, operand: Expression): Expression {
  if (!UTC.includes(literalText(zone)?.toLowerCase() ?? '')) return notUnderstood()
  const isClock = operand.kind === 'call' && operand.name === 'now-offset'
  return isClock ? call('now-utc-fine') : call('at-utc', operand)
}

/** A part of a date beside a whole number is an integer, whatever PostgreSQL makes of both. */
export function compareParts(operator: ComparisonOperator, left: Expression, right: Expression): Expression {
  const part = left.kind === 'convert' ? left.operand : undefined
  const whole = wholeNumber(right.kind === 'convert' ? right.operand : right)
  const isPart = part?.kind === 'call' && part.name === 'date-part' && whole !== undefined
  return isPart ? compare(operator, part, whole) : compare(operator, left, right)
}

function wholeNumber(expression: Expression): Expression | undefined {
  if (expression.kind !== 'literal') return undefined
  const { value } = expression
  const isWhole = (value.type === 'decimal' || value.type === 'integer') && /^\d{1,9}$/.test(value.digits)
  return isWhole ? number('integer', value.digits) : undefined
}
