import type { DatePart, LogicalTypeOf } from '@albackup/core'
import { DATE, INT, literalDatePart, loose, operand, refuse, whole } from '@albackup/core/printing'
import { convert } from './convert.ts'
import { DATETIME, keepAmbient, type Printed } from './printed.ts'

type LocalType = LogicalTypeOf<'date' | 'timestamp'>

const OF_A_DAY: readonly DatePart[] = ['hour', 'minute', 'second']

/** A date or timestamp without a zone; the literal of a text and any whole number is a datetime. */
function local(printed: Printed): Printed & { readonly type: LocalType } {
  const isDatetime = printed.constant?.type === 'text' || printed.type.kind === 'integer'
  const value = isDatetime ? convert(printed, DATETIME) : printed
  const { type } = value
  if (type.kind === 'date' || type.kind === 'timestamp') return { ...value, type }
  return refuse(`${type.kind} stands for a date`)
}

const FIELDS: Readonly<Partial<Record<DatePart, string>>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  dayofyear: 'doy',
  day: 'day',
  'iso-week': 'week',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
}

export function printDatePart([name, date]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const ofTime = date!.type.kind === 'time' && OF_A_DAY.includes(part)
  const value = ofTime ? date! : local(date!)
  if (value.type.kind === 'date') requireTime(part, value.type)
  const field = FIELDS[part] ?? refuse(`${part} is no part to read`)
  const extracted = `extract(${field} from ${value.sql})`
  // A second has a fraction in PostgreSQL.
  return whole(part === 'second' ? `floor(${extracted})::integer` : `${extracted}::integer`, INT)
}

function requireTime(part: DatePart, type: LocalType): void {
  if (type.kind === 'date' && OF_A_DAY.includes(part)) refuse('a date has no time of day')
}

/** Months and years keep to the end of a shorter month on both sides. */
export function printDateAdd([name, count, date]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const value = local(date!)
  requireTime(part, value.type)
  const minutes = value.type.kind === 'timestamp' && value.type.precision === 0
  if (part === 'iso-week' || (part === 'second' && minutes)) refuse(`${part} is added`)
  if (count!.type.kind !== 'integer') refuse('what is added is no integer')
  const sum = `${operand(value)} + ${interval(part, count!)}`
  return keepAmbient(value, value.type.kind === 'date' ? whole(`(${sum})::date`, DATE) : loose(sum, value.type))
}

function interval(part: DatePart, count: Printed): string {
  const [unit, each] = part === 'quarter' ? ['month', 3] : [part, 1]
  if (count.constant?.type === 'integer')
    return `interval '${plural(Number(count.constant.digits) * Number(each), String(unit))}'`
  return `${operand(count)} * interval '${each} ${unit}'`
}

export function plural(count: number, unit: string): string {
  return `${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`
}

/** Counts how many boundaries of the part lie between, as DATEDIFF does: one year from 31 December to 1 January. */
export function printDateDiff([name, from, to]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const [begin, end] = [local(from!), local(to!)]
  const year = (value: Printed) => `extract(year from ${value.sql})::integer`
  const within = (field: string, value: Printed) => `extract(${field} from ${value.sql})::integer`
  const count = (field: string, perYear: number) =>
    loose(
      `(${year(end)} * ${perYear} + ${within(field, end)}) - (${year(begin)} * ${perYear} + ${within(field, begin)})`,
      INT,
    )
  switch (part) {
    case 'year':
      return loose(`${year(end)} - ${year(begin)}`, INT)
    case 'quarter':
      return count('quarter', 4)
    case 'month':
      return count('month', 12)
    case 'day':
      return loose(`${operand(convert(end, DATE))} - ${operand(convert(begin, DATE))}`, INT)
    case 'week':
      return loose(`${sundays(end)} - ${sundays(begin)}`, INT)
    case 'hour':
      return boundaries(part, 3600, begin, end)
    case 'minute':
      return boundaries(part, 60, begin, end)
    case 'second':
      return boundaries(part, 1, begin, end)
    default:
      return refuse(`${part} is counted`)
  }
}

/** How many Sundays there were since the first week of the year 1. */
function sundays(value: Printed): string {
  return `(${operand(convert(value, DATE))} - '0001-01-07'::date + 7) / 7`
}

function boundaries(part: string, seconds: number, begin: Printed, end: Printed): Printed {
  const from = (value: Printed) =>
    `date_trunc('${part}', ${value.type.kind === 'date' ? `${operand(value)}::timestamp` : value.sql})`
  const elapsed = `extract(epoch from ${from(end)} - ${from(begin)})`
  return whole(seconds === 1 ? `${elapsed}::integer` : `(${elapsed} / ${seconds})::integer`, INT)
}

export function printDateFromParts(args: readonly Printed[]): Printed {
  if (args.some((each) => each.type.kind !== 'integer' || each.type.bits === 64)) refuse('a part of a date is no int')
  return whole(`make_date(${args.map((each) => each.sql).join(', ')})`, DATE)
}

export function printMonthEnd([date]: readonly Printed[]): Printed {
  const value = local(date!)
  const timestamp = value.type.kind === 'date' ? `${operand(value)}::timestamp` : value.sql
  return whole(`(date_trunc('month', ${timestamp}) + interval '1 month -1 day')::date`, DATE)
}
