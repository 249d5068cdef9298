import type { LogicalType, LogicalTypeOf, TextType } from '@albackup/core'
import { type ExpressionType, operand, refuse, whole } from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { ExpressionContext } from './context.ts'
import { asOperand } from './convert.ts'
import { cast, type Printed } from './printed.ts'
import { readInStyle } from './read-in-style.ts'

const TIMES = { time: 'HH24:MI:SS', iso: 'YYYY-MM-DD HH24:MI:SS', exact: 'YYYY-MM-DD HH24:MI:SS.MS' } as const

/** Drops a fraction that is zero: of a time it is known up to the second. */
const ISO_8601 = 126

/** The same in UTC, with a Z. */
const ISO_8601_UTC = 127

/** How a text writes a moment, by the numbers of T-SQL ("CAST and CONVERT", date and time styles), in the words of `to_char`. */
export const STYLES: ReadonlyMap<number, string> = new Map([
  [8, TIMES.time],
  [20, TIMES.iso],
  [21, TIMES.exact],
  [23, 'YYYY-MM-DD'],
  [24, TIMES.time],
  [25, TIMES.exact],
  [101, 'MM/DD/YYYY'],
  [102, 'YYYY.MM.DD'],
  [103, 'DD/MM/YYYY'],
  [104, 'DD.MM.YYYY'],
  [105, 'DD-MM-YYYY'],
  [108, TIMES.time],
  [110, 'MM-DD-YYYY'],
  [111, 'YYYY/MM/DD'],
  [112, 'YYYYMMDD'],
  [114, 'HH24:MI:SS:MS'],
  [120, TIMES.iso],
  [121, TIMES.exact],
  [ISO_8601, 'YYYY-MM-DD"T"HH24:MI:SS'],
  [ISO_8601_UTC, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'],
])

const ONLY_DIGITS = /^(YYYY|MM|DD|HH24|MI|SS|MS)+$/

/** What a conversion with a style gives. */
export function convertInStyle(
  printed: Printed,
  type: LogicalType,
  style: number,
  context: ExpressionContext,
): Printed {
  if (isUnstyled(printed.type) && isUnstyled(type)) return asOperand(printed, type)
  const pattern = STYLES.get(style)
  if (pattern === undefined) return refuse(`a conversion has style ${style}`)
  if (type.kind === 'text') {
    if (style === ISO_8601_UTC) return refuse(`a conversion has style ${style}`)
    if (style === ISO_8601 && printed.type.kind === 'timestamp') requireNoFraction(type, pattern)
    return toText(printed, type, pattern, context)
  }
  if (printed.constant?.type !== 'text') return refuse(`a conversion has style ${style}`)
  return readInStyle(printed.constant.text, type, { style, pattern })
}

/** Whether a style says anything: it is about texts and bytes. */
function isUnstyled({ kind }: ExpressionType): boolean {
  return kind !== 'text' && kind !== 'binary'
}

function toText(printed: Printed, type: TextType, given: string, context: ExpressionContext): Printed {
  const from = printed.type
  if (from.kind !== 'date' && from.kind !== 'timestamp') return refuse(`a ${from.kind} is written in a style`)
  const pattern = from.kind === 'date' ? withoutTime(given) : given
  const length = lengthOf(pattern)
  const shorter = type.length !== null && type.length < length ? type.length : null
  if (type.fixed && (type.length === null || type.length > length)) refuse('a value is padded with blanks')
  const begin = shorter === null ? pattern : beginOf(pattern, shorter)
  requireParts(from, begin, printed.ambient)
  const text = immutable(context) ? joinParts(printed, begin) : `to_char(${timestamp(printed)}, ${quoted(begin)})`
  return {
    // It is as long as its type, so that nothing is padded.
    ...whole(begin === pattern && shorter !== null ? `left(${text}, ${shorter})` : text, { ...type, fixed: false }),
    sized: true,
    ascii: true,
    ...(ONLY_DIGITS.test(begin) && { symbols: 'digits' }),
  }
}

function requireNoFraction({ length }: TextType, pattern: string): void {
  if (length === null || length > lengthOf(pattern)) refuse(`a conversion has style ${ISO_8601}`)
}

export function withoutTime(pattern: string): string {
  return pattern.replace(/( |"T")HH24.*$/, '')
}

/** Of the text that is written so. */
export function lengthOf(pattern: string): number {
  return pattern.replaceAll('"', '').replace('HH24', 'HH').replace('MS', 'MMM').length
}

/** The pattern of the first characters; all of it where they end within a part. */
function beginOf(pattern: string, length: number): string {
  const pieces = piecesOf(pattern)
  const begins = pieces.map((_, end) => pieces.slice(0, end + 1).join(''))
  return begins.find((begin) => lengthOf(begin) === length) ?? pattern
}

function piecesOf(pattern: string): readonly string[] {
  return pattern.split(/(YYYY|MM|DD|HH24|MI|SS|MS)/).filter((piece) => piece !== '')
}

/** Refuses what a type has not, and what the source may round; of the clock one second is as good as the next. */
function requireParts(from: LogicalTypeOf<'date' | 'timestamp'>, pattern: string, ambient = false): void {
  const time = pattern.includes('HH24')
  if (from.kind === 'date' && time) refuse('a date has no time of day')
  if (from.kind !== 'timestamp' || !time) return
  const whole = (ambient || from.precision === 0) && !pattern.includes('MS')
  const exact = whole || from.step === '1/300 second'
  if (!exact) refuse('the time of a datetime2 is written in a style')
}

/** What PostgreSQL computes once and keeps may not use `to_char`, which could depend on a setting. */
function immutable({ purpose }: ExpressionContext): boolean {
  return purpose === 'computed' || purpose === 'filter'
}

function timestamp(printed: Printed): string {
  return printed.type.kind === 'date' ? cast(printed, 'timestamp', printed.type).sql : printed.sql
}

function quoted(text: string): string {
  return quoteText(text).trimStart()
}

function joinParts(printed: Printed, pattern: string): string {
  const value = operand(printed)
  const padded = (digits: number, number: string) => `lpad(${number}::text, ${digits}, '0')`
  const parts: Readonly<Record<string, string>> = {
    YYYY: padded(4, `extract(year from ${value})`),
    MM: padded(2, `extract(month from ${value})`),
    DD: padded(2, `extract(day from ${value})`),
    HH24: padded(2, `extract(hour from ${value})`),
    MI: padded(2, `extract(minute from ${value})`),
    SS: padded(2, `floor(extract(second from ${value}))`),
    MS: padded(3, `(floor(extract(milliseconds from ${value}))::integer % 1000)`),
  }
  const pieces = piecesOf(pattern).map((piece) => parts[piece] ?? quoted(piece.replaceAll('"', '')))
  return `(${pieces.join(' || ')})`
}
