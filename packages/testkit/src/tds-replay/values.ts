import { ByteBuilder } from './byte-builder.ts'
import { decimalBytes } from './types.ts'

/** The bytes of single values, from their canonical text (MS-TDS 2.2.5.5 "Data Type Details"). */
export const values = {
  bit: (value: boolean): Buffer => Buffer.from([value ? 1 : 0]),
  tinyInt: (value: number): Buffer => Buffer.from([value]),
  smallInt: (value: number): Buffer => integer(BigInt(value), 2),
  int: (value: number): Buffer => integer(BigInt(value), 4),
  bigInt: (value: bigint): Buffer => integer(value, 8),
  real: (value: number): Buffer => Buffer.from(new Uint8Array(Float32Array.of(value).buffer)),
  float: (value: number): Buffer => Buffer.from(new Uint8Array(Float64Array.of(value).buffer)),
  decimal,
  money: (text: string): Buffer => money(unscaled(text, 4)),
  smallMoney: (text: string): Buffer => integer(unscaled(text, 4), 4),
  date: (text: string): Buffer => unsigned(daysFromYear1(text), 3),
  time: (text: string, scale: number): Buffer => unsigned(ticks(text, scale), timeBytes(scale)),
  dateTime2,
  /** `text` is the time in UTC; `offset` in minutes. */
  dateTimeOffset: (text: string, scale: number, offset: number): Buffer =>
    Buffer.concat([dateTime2(text, scale), integer(BigInt(offset), 2)]),
  /** `text` to the millisecond; the server counts in 1/300 s. */
  dateTime,
  smallDateTime,
  guid,
  utf16: (text: string): Buffer => Buffer.from(text, 'utf16le'),
  latin1: (text: string): Buffer => Buffer.from(text, 'latin1'),
  hex: (text: string): Buffer => Buffer.from(text, 'hex'),
  variant,
} as const

/** Little-endian two's complement. */
function integer(value: bigint, length: number): Buffer {
  return unsigned(BigInt.asUintN(length * 8, value), length)
}

function unsigned(value: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0, rest = value; at < length; at++, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
  return bytes
}

/** The digits of a decimal text with exactly `scale` of them after the point, as an integer. */
function unscaled(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  if (fraction.length > scale) throw new Error(`${text} has more than ${scale} fractional digits`)
  const magnitude = BigInt(whole + fraction.padEnd(scale, '0'))
  return text.startsWith('-') ? -magnitude : magnitude
}

function decimal(text: string, precision: number, scale: number): Buffer {
  const value = unscaled(text, scale)
  const magnitude = value < 0n ? -value : value
  return Buffer.concat([Buffer.from([text.startsWith('-') ? 0 : 1]), unsigned(magnitude, decimalBytes(precision) - 1)])
}

/** The upper half comes first. */
function money(value: bigint): Buffer {
  return Buffer.concat([integer(value >> 32n, 4), unsigned(value & 0xffffffffn, 4)])
}

function timeBytes(scale: number): number {
  if (scale <= 2) return 3
  return scale <= 4 ? 4 : 5
}

/** '23:59:59.9999999' in units of 10^-scale seconds. */
function ticks(text: string, scale: number): bigint {
  const [hours = '0', minutes = '0', seconds = '0'] = text.split(':')
  return BigInt(Number(hours) * 3600 + Number(minutes) * 60) * 10n ** BigInt(scale) + unscaled(seconds, scale)
}

const MILLISECONDS_A_DAY = 86_400_000

/** Days since 0001-01-01 in the proleptic Gregorian calendar. */
function daysFromYear1(date: string): bigint {
  return BigInt(Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_A_DAY + 719162)
}

function dateTime2(text: string, scale: number): Buffer {
  const [date = '', time = ''] = text.split(' ')
  return Buffer.concat([unsigned(ticks(time, scale), timeBytes(scale)), unsigned(daysFromYear1(date), 3)])
}

const DAYS_TO_1900 = 693595n

function dateTime(text: string): Buffer {
  const [date = '', time = ''] = text.split(' ')
  const threeHundredths = Math.round((Number(ticks(time, 3)) * 3) / 10)
  return new ByteBuilder()
    .i32(Number(daysFromYear1(date) - DAYS_TO_1900))
    .u32(threeHundredths)
    .build()
}

/** Days since 1900 and minutes of the day. */
function smallDateTime(text: string): Buffer {
  const [date = '', time = ''] = text.split(' ')
  return new ByteBuilder()
    .u16(Number(daysFromYear1(date) - DAYS_TO_1900))
    .u16(Number(ticks(time, 0)) / 60)
    .build()
}

/** The first three groups are little-endian. */
function guid(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex')
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
}

/** A sql_variant: the token of its base type, the properties of that type, and its value (MS-TDS 2.2.5.5.4). */
function variant(baseType: number, properties: Uint8Array, value: Uint8Array): Buffer {
  return new ByteBuilder().u8(baseType).bVarbyte(properties).raw(value).build()
}
