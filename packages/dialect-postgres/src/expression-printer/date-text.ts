import type { LogicalTypeOf } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { packed } from './date-in-numbers.ts'

type DateTimeType = LogicalTypeOf<'date' | 'time' | 'timestamp' | 'timestamp-offset'>

const DATE = String.raw`(?<year>\d{4})(?:(?<dash>-)(?<month>\d\d)-(?<day>\d\d)|(?<packedMonth>\d\d)(?<packedDay>\d\d))`
const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,7}))?)?`
const OFFSET = String.raw`(?<offset>Z|[-+]\d\d:\d\d)`
const TEXT = new RegExp(`^(?:${DATE})?(?:(?:(?<=\\d)(?<t>[T ]))?${TIME}(?: ?${OFFSET})?)?$`)

interface Parts {
  readonly date: string | undefined
  readonly time: string | undefined
  readonly fraction: string
  readonly offset: string | undefined
}

export interface DateLiteral {
  readonly sql: string
  /** The same as T-SQL understands it in every session: `19681023`, `1968-10-23T12:00:01.5`. */
  readonly text: string
}

/**
 * A literal of that type from a text that means the same in every language and date format of a session: `19681023`,
 * `1968-10-23T12:00:01.5`; for others refused. Where the session's date format decides between day and month, a text is
 * taken only if one of the two readings is no date.
 */
export function printDateText(source: string, type: DateTimeType): DateLiteral {
  const parts = readParts(source, type)
  const date = parts.date ?? '1900-01-01'
  const time = `${parts.time ?? '00:00:00'}${parts.fraction === '' ? '' : `.${parts.fraction}`}`
  const offset = parts.offset ?? '+00:00'
  switch (type.kind) {
    case 'date':
      return { sql: `'${date}'::date`, text: date.replaceAll('-', '') }
    case 'time':
      return { sql: `'${time}'::time`, text: time }
    case 'timestamp':
      return { sql: `'${date} ${time}'::timestamp`, text: `${date}T${time}` }
    case 'timestamp-offset':
      return { sql: `'${date} ${time}${offset}'::timestamptz`, text: `${date}T${time}${offset}` }
  }
}

function readParts(text: string, type: DateTimeType): Parts {
  // The empty text is the first instant of 1900.
  const found = TEXT.exec(text)?.groups ?? TEXT.exec(packed(text))?.groups
  if (found === undefined) refuse(`the text '${text}' depends on the language of a session`)
  const month = found.month ?? found.packedMonth
  const day = found.day ?? found.packedDay
  const date = found.year === undefined ? undefined : `${found.year}-${month}-${day}`
  if (date !== undefined && !isDate(date)) refuse(`'${text}' is no date`)
  if (found.dash !== undefined && found.t !== 'T' && isDatetime(type) && Number(day) <= 12 && day !== month) {
    refuse(`the text '${text}' depends on the date format of a session`)
  }
  if (found.offset !== undefined && type.kind !== 'timestamp-offset') refuse(`the text '${text}' has an offset`)
  return { date, time: readTime(found, text), fraction: readFraction(found, type, text), offset: found.offset }
}

function readTime(found: Record<string, string | undefined>, text: string): string | undefined {
  if (found.hour === undefined) return undefined
  if (Number(found.hour) > 23 || Number(found.minute) > 59 || Number(found.second ?? '0') > 59) {
    refuse(`'${text}' is no time of day`)
  }
  return `${found.hour}:${found.minute}:${found.second ?? '00'}`
}

/** The fraction without zeros at its end; refused where the source's type would round it. */
function readFraction(found: Record<string, string | undefined>, type: DateTimeType, text: string): string {
  const fraction = (found.fraction ?? '').replace(/0+$/, '')
  if (type.kind === 'date') return ''
  const coarse =
    type.kind === 'timestamp' && type.precision === 0 && found.second !== undefined && found.second !== '00'
  const milliseconds = fraction.padEnd(3, '0')
  const offGrid = isDatetime(type) && !/^\d\d[037]$/.test(milliseconds)
  if (fraction.length > Math.min(type.precision, 6) || offGrid || (coarse && isDatetime(type))) {
    refuse(`'${text}' is rounded by its type`)
  }
  return fraction
}

/** Whether the type is one of the two older ones, which read dates with dashes by the session's date format and round to a step. */
export function isDatetime(type: DateTimeType): boolean {
  return type.kind === 'timestamp' && type.step !== undefined
}

function isDate(date: string): boolean {
  const [year, month, day] = date.split('-').map(Number)
  const parsed = new Date(0)
  parsed.setUTCFullYear(year!, month! - 1, day!)
  return year! > 0 && parsed.getUTCMonth() === month! - 1 && parsed.getUTCDate() === day
}
