import type { LogicalType } from '@albackup/core'
import { refuse } from '@albackup/core/printing'
import { convertConstant } from './convert-constant.ts'
import type { Printed } from './printed.ts'

/** A style of T-SQL, and how it writes a moment, in the words of `to_char`. */
export interface DateStyle {
  readonly style: number
  readonly pattern: string
}

const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,7}))?)?`
const ISO_TIME = String.raw`T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,7}))?`
const PARTS: Readonly<Record<string, string>> = {
  YYYY: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{1,2})`,
}

/**
 * A literal in the order of the parts that a style has: numbers may go without their leading zeros, and a time may follow a date, whatever
 * the style writes. ISO 8601 is read as it is written.
 */
export function readInStyle(text: string, type: LogicalType, style: DateStyle): Printed {
  const isRead = type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp'
  if (!isRead) return refuse(`a conversion has style ${style.style}`)
  const found = patternOf(style).exec(text)?.groups
  if (found === undefined) return refuse(`the text '${text}' is not written in its style`)
  if (found.utc !== undefined && (type.kind !== 'timestamp' || type.step === undefined))
    return refuse(`the text '${text}' has an offset`)
  // What the style of a date alone means for the older types is not known.
  const literal = style.style === DATE_ALONE ? text : everywhere(found)
  return convertConstant({ type: 'text', text: literal, unicode: false }, type)
}

/** `yyyy-mm-dd`. */
const DATE_ALONE = 23

function patternOf({ pattern }: DateStyle): RegExp {
  const date = pattern.replace(/( |"T")?HH24.*$/, '')
  const words = date.replaceAll('.', '\\.').replace(/YYYY|MM|DD/g, (part) => digitsOf(part, date))
  if (date === '') return new RegExp(`^${TIME}$`)
  const utc = pattern.endsWith('"Z"') ? '(?<utc>Z)?' : ''
  return new RegExp(pattern.includes('"T"') ? `^${words}(?:${ISO_TIME}${utc})?$` : `^${words}(?: ${TIME})?$`)
}

/** Where nothing stands between the parts, and in the order of ISO 8601, each has all its digits. */
function digitsOf(part: string, date: string): string {
  const exact = date === 'YYYYMMDD' || date === 'YYYY-MM-DD'
  return exact ? PARTS[part]!.replace('{1,2}', '{2}') : PARTS[part]!
}

/** The same as it is read in every session. */
function everywhere({
  year,
  month,
  day,
  hour,
  minute,
  second = '00',
  fraction,
}: Record<string, string | undefined>): string {
  const date = year === undefined ? '' : [year, month!.padStart(2, '0'), day!.padStart(2, '0')].join('-')
  if (hour === undefined) return date.replaceAll('-', '')
  const time = `${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}`
  return date === '' ? time : `${date}T${time}`
}
