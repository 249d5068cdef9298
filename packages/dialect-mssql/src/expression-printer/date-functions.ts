import type { DatePart, LogicalTypeOf, TimestampType } from '@albackup/core'
import { DATE, INT, literalDatePart, loose, refuse, whole } from '@albackup/core/printing'
import { foreignType } from '../plan/foreign-types.ts'
import { shownLocally } from './clock.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { cast, type Printed } from './printed.ts'

type LocalType = LogicalTypeOf<'date' | 'time' | 'timestamp'>

const OF_A_DAY: readonly DatePart[] = ['hour', 'minute', 'second']

/** A date, a time or both without a zone; `allowed`: the kinds that the function knows. */
function local(printed: Printed, ...allowed: readonly LocalType['kind'][]): LocalType {
  const { type } = printed
  if ((type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp') && allowed.includes(type.kind))
    return type
  return refuse(
    type.kind === 'instant' ? 'the date of an instant depends on the session' : `${type.kind} stands for a date`,
  )
}

const WORDS: Readonly<Record<Exclude<DatePart, 'weekday'>, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  dayofyear: 'dayofyear',
  day: 'day',
  week: 'week',
  'iso-week': 'iso_week',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
}

/** The day of the week by DATEPART depends on the session's DATEFIRST; the first day of the year 1 was a Monday. */
export function printDatePart([name, of]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const date = shownLocally(of!)
  const { kind } = local(date, 'date', 'time', 'timestamp')
  requirePart(part, kind)
  if (part === 'weekday') return loose(`(datediff(day, datefromparts(1, 1, 1), ${date.sql}) + 1) % 7`, INT)
  return part === 'week' ? refuse('a week begins on another day') : whole(`datepart(${WORDS[part]}, ${date.sql})`, INT)
}

function requirePart(part: DatePart, kind: LocalType['kind']): void {
  if (kind === 'date' && OF_A_DAY.includes(part)) refuse('a date has no time of day')
  if (kind === 'time' && !OF_A_DAY.includes(part)) refuse('a time has no date')
}

/** Of a date its midnight, as fine as the source's timestamps; all else as it is. */
export function printAsTimestamp(date: Printed): Printed {
  if (date.type.kind !== 'date') return date
  const timestamp = { kind: 'timestamp', precision: 6 } as const
  return cast(date, foreignType(timestamp).declaration, timestamp)
}

/** Months and years keep to the end of a shorter month on both sides. Of an instant a day is 24 hours on a clock in UTC alone. */
export function printDateAdd([name, count, date]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const { type, clock } = date!
  const isSteady = type.kind === 'instant' && (clock !== undefined || OF_A_DAY.includes(part))
  if (!isSteady) requirePart(part, local(date!, 'date', 'timestamp').kind)
  if (part === 'iso-week' || part === 'weekday') return refuse(`a ${part} is added`)
  if (count!.type.kind !== 'integer' || count!.type.bits === 64) return refuse('what is added is no integer')
  const shifted = (sql: string) => `dateadd(${WORDS[part]}, ${count!.sql}, ${sql})`
  const shiftedClock = clock === undefined ? {} : { clock: { local: shifted(clock.local) } }
  return { ...whole(shifted(date!.sql), type), ...shiftedClock }
}

/** Counts how many boundaries of the part lie between. */
export function printDateDiff([name, from, to]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  for (const date of [from!, to!]) requirePart(part, local(date, 'date', 'timestamp').kind)
  if (part === 'iso-week' || part === 'weekday') return refuse(`a ${part} is counted`)
  return whole(`datediff(${WORDS[part]}, ${from!.sql}, ${to!.sql})`, INT)
}

export function printDateFromParts(args: readonly Printed[]): Printed {
  if (args.some(({ type }) => type.kind !== 'integer' || type.bits === 64))
    return refuse('a part of a date is no integer')
  return whole(`datefromparts(${args.map(({ sql }) => sql).join(', ')})`, DATE)
}

export function printMonthEnd([date]: readonly Printed[]): Printed {
  local(date!, 'date', 'timestamp')
  return whole(`eomonth(${date!.sql})`, DATE)
}

/** The beginning of the part of time that the timestamp lies in; built of its parts, for DATETRUNC is of 2022. */
export function printDateTruncate([name, clockOrDate]: readonly Printed[]): Printed {
  const part = literalDatePart(name!)
  const date = shownLocally(clockOrDate!)
  const type = local(date, 'timestamp') as TimestampType
  const of = (field: keyof typeof WORDS) => `datepart(${WORDS[field]}, ${date.sql})`
  const begin = (day: string) => cast({ sql: day }, foreignType(type).declaration, type)
  const midnight = begin(`cast(${date.sql} as date)`)
  switch (part) {
    case 'year':
      return begin(`datefromparts(${of('year')}, 1, 1)`)
    case 'quarter':
      return begin(`datefromparts(${of('year')}, ${of('quarter')} * 3 - 2, 1)`)
    case 'month':
      return begin(`datefromparts(${of('year')}, ${of('month')}, 1)`)
    case 'day':
      return midnight
    case 'hour':
      return whole(`dateadd(hour, ${of('hour')}, ${midnight.sql})`, type)
    case 'minute':
      return whole(`dateadd(minute, ${of('hour')} * 60 + ${of('minute')}, ${midnight.sql})`, type)
    case 'second':
      return whole(
        `dateadd(second, (${of('hour')} * 60 + ${of('minute')}) * 60 + ${of('second')}, ${midnight.sql})`,
        type,
      )
    default:
      return refuse(`a ${part} has no beginning`)
  }
}

/** An instant as the timestamp that it is in UTC, and the other way round. */
export function printAtUtc([date]: readonly Printed[], context: ExpressionContext): Printed {
  const { type, sql } = date!
  if (type.kind === 'instant') {
    const timestamp: TimestampType = { kind: 'timestamp', precision: type.precision }
    return cast({ sql: `switchoffset(${sql}, 0)` }, foreignType(timestamp).declaration, timestamp)
  }
  if (type.kind !== 'timestamp' || date!.constant !== undefined) return refuse(`${type.kind} is seen in UTC`)
  const instant = { kind: 'instant', precision: Math.min(type.precision, 6) } as const
  return asType(whole(`todatetimeoffset(${sql}, 0)`, instant), instant, context)
}
