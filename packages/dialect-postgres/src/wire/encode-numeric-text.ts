import type { CopyWriter } from './copy-writer.ts'
import { type ColumnLosses, type Encoder, endOfValue } from './encoder.ts'

/** Number of groups, weight of the first, sign, scale (numeric.c, "numeric_send"). */
const HEADER = 8
const DIGITS_PER_GROUP = 4
const NEGATIVE = 0x4000
/** Sign, and what the server sends as the scale: bits of the same word. */
const SPECIAL: Readonly<Record<string, readonly [sign: number, scale: number]>> = {
  NaN: [0xc000, 0],
  Infinity: [0xd000, 32],
  '-Infinity': [0xf000, 32],
}

/** The text of a number of any length, as PostgreSQL prints it, as numeric. */
export function numericTextEncoder(losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4 + HEADER,
    encode(from, to) {
      const end = endOfValue(from, from.readInt())
      const text = from.bytes.toString('latin1', from.offset, end)
      from.offset = end
      const special = SPECIAL[text]
      if (special === undefined) writeNumber(text, to, losses)
      else writeNumeric(to, [], 0, ...special)
    },
  }
}

/** A number in plain digits; as many after the point as the column keeps. */
export function writeNumber(text: string, to: CopyWriter, losses: ColumnLosses): void {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) throw losses.refuse(`${JSON.stringify(text.slice(0, 40))} is no number`)
  const [, sign, whole = '', fraction = ''] = match
  const integer = whole.replace(/^0+/, '')
  const lead = (DIGITS_PER_GROUP - (integer.length % DIGITS_PER_GROUP)) % DIGITS_PER_GROUP
  const digits = integer.padStart(integer.length + lead, '0') + fraction
  const groups: number[] = []
  for (let at = 0; at < digits.length; at += DIGITS_PER_GROUP) {
    groups.push(Number(digits.slice(at, at + DIGITS_PER_GROUP).padEnd(DIGITS_PER_GROUP, '0')))
  }
  let weight = (integer.length + lead) / DIGITS_PER_GROUP - 1
  while (groups.length > 0 && groups.at(-1) === 0) groups.pop()
  const first = groups.findIndex((group) => group !== 0)
  if (first > 0) {
    groups.splice(0, first)
    weight -= first
  }
  const isZero = groups.length === 0
  writeNumeric(to, groups, isZero ? 0 : weight, sign === '-' && !isZero ? NEGATIVE : 0, fraction.length)
}

function writeNumeric(to: CopyWriter, groups: readonly number[], weight: number, sign: number, scale: number): void {
  to.reserve(2 * groups.length)
  const { view } = to
  let at = to.offset
  view.setInt32(at, HEADER + 2 * groups.length)
  view.setInt16(at + 4, groups.length)
  view.setInt16(at + 6, weight)
  view.setUint16(at + 8, sign)
  view.setInt16(at + 10, scale)
  at += 4 + HEADER
  for (const group of groups) {
    view.setInt16(at, group)
    at += 2
  }
  to.offset = at
}
