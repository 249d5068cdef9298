import type { AvroReader } from '@albackup/core'
import type { CopyWriter } from './copy-writer.ts'
import { type Encoder, endOfValue } from './encoder.ts'
import { notANumber } from './not-a-number.ts'
import type { PlainForm } from './plain-columns.ts'
import { DECIMAL } from './plain-forms.ts'

/** `numeric` travels in digits of base 10000, the decimal point between two of them (numeric.c, "numeric_recv"). */
const BASE = 10000
const DIGITS_PER_GROUP = 4
const NEGATIVE = 0x4000
const NAN = 0xc000

/** Below this, dividing a double by 10000 and rounding down gives the exact quotient. */
const EXACT_IN_DOUBLES = 2 ** 50

/**
 * An Avro decimal (big-endian two's complement) as numeric: number of groups, weight of the first, sign, scale, groups. Groups
 * that are zero at either end are left out, as the server does, so that what is read back is what was sent.
 */
export function decimalEncoder(precision: number, scale: number): Encoder {
  const padding = (DIGITS_PER_GROUP - (scale % DIGITS_PER_GROUP)) % DIGITS_PER_GROUP
  const converter = new DecimalConverter(precision, scale, 10 ** padding)
  return {
    fields: 1,
    bound: 12 + 2 * converter.groups.length,
    ...(scale >= 0 && { plain: plainDecimal(precision, scale) }),
    encode: (from, to) => converter.convert(from, to),
  }
}

/** Numbers that are plain have at most 64 bits; what stands for NaN has more where the precision is greater. */
const MOST_PLAIN_DIGITS = 18

function plainDecimal(precision: number, scale: number): PlainForm {
  return [DECIMAL, precision > MOST_PLAIN_DIGITS ? 0n : 10n ** BigInt(precision), BigInt(scale)]
}

class DecimalConverter {
  /** Base-10000 groups, least significant first. */
  readonly groups: Uint16Array
  /** The magnitude in base 65536, least significant first. */
  private readonly limbs: Uint16Array
  private readonly nan: Uint8Array
  private readonly scale: number
  private readonly groupsAfterPoint: number
  /** 1, 10, 100 or 1000: aligns the decimal point with a border between groups. */
  private readonly alignment: number

  constructor(precision: number, scale: number, alignment: number) {
    this.nan = notANumber(precision)
    this.scale = scale
    this.groupsAfterPoint = Math.ceil(scale / DIGITS_PER_GROUP)
    this.alignment = alignment
    const digits = Math.max(precision, scale) + DIGITS_PER_GROUP
    this.limbs = new Uint16Array(Math.ceil((digits * Math.log2(10)) / 16) + 1)
    this.groups = new Uint16Array(Math.ceil((this.limbs.length * 16 * Math.log10(2)) / DIGITS_PER_GROUP) + 1)
  }

  convert(from: AvroReader, to: CopyWriter): void {
    const end = endOfValue(from, from.readInt())
    const begin = from.offset
    from.offset = end
    const { bytes } = from
    if (end - begin === this.nan.length && this.nan.every((byte, i) => byte === bytes[begin + i])) {
      this.writeNan(to)
      return
    }
    const negative = bytes[begin]! >= 0x80 && end > begin
    let count = -1
    if (end - begin <= 7) {
      let value = negative ? -1 : 0
      for (let at = begin; at < end; at++) value = value * 256 + bytes[at]!
      const magnitude = (negative ? -value : value) * this.alignment
      if (magnitude < EXACT_IN_DOUBLES) count = this.splitNumber(magnitude)
    }
    if (count < 0) count = this.splitBytes(bytes, begin, end, negative)
    this.write(to, negative, count)
  }

  /** Fills `groups` from an integer below 2^50; returns how many there are. */
  private splitNumber(value: number): number {
    const { groups } = this
    let rest = value
    let count = 0
    while (rest >= 0x7fffffff) {
      const quotient = Math.floor(rest / BASE)
      groups[count++] = rest - quotient * BASE
      rest = quotient
    }
    for (let small = rest | 0; small !== 0; ) {
      const quotient = (small / BASE) | 0
      groups[count++] = small - quotient * BASE
      small = quotient
    }
    return count
  }

  /** The same for any length, by division of base-65536 limbs. */
  private splitBytes(bytes: Buffer, begin: number, end: number, negative: boolean): number {
    const { groups, limbs } = this
    let top = this.loadMagnitude(bytes, begin, end, negative)
    let count = 0
    while (top > 0) {
      let rest = 0
      for (let i = top - 1; i >= 0; i--) {
        const part = rest * 65536 + limbs[i]!
        limbs[i] = (part / BASE) | 0
        rest = part % BASE
      }
      groups[count++] = rest
      while (top > 0 && limbs[top - 1] === 0) top--
    }
    return count
  }

  /** Fills `limbs` with the aligned magnitude; returns how many there are. */
  private loadMagnitude(bytes: Buffer, begin: number, end: number, negative: boolean): number {
    const { limbs } = this
    if (end - begin > 2 * limbs.length - 2) throw new RangeError(`a decimal of ${end - begin} bytes is too long`)
    let top = 0
    let negation = 1
    let carry = 0
    for (let at = end - 1; at >= begin; at -= 2) {
      const high = at > begin ? bytes[at - 1]! : negative ? 0xff : 0
      let limb = (high << 8) | bytes[at]!
      if (negative) {
        limb = (~limb & 0xffff) + negation
        negation = limb >> 16
        limb &= 0xffff
      }
      const product = limb * this.alignment + carry
      limbs[top++] = product & 0xffff
      carry = product >>> 16
    }
    limbs[top++] = carry
    while (top > 0 && limbs[top - 1] === 0) top--
    return top
  }

  private writeNan(to: CopyWriter): void {
    to.view.setInt32(to.offset, 8)
    to.view.setInt32(to.offset + 4, 0)
    to.view.setUint16(to.offset + 8, NAN)
    to.view.setInt16(to.offset + 10, 0)
    to.offset += 12
  }

  private write(to: CopyWriter, negative: boolean, count: number): void {
    const { groups } = this
    let first = 0
    while (first < count && groups[first] === 0) first++
    const length = count - first
    const { bytes, view } = to
    let at = to.offset
    view.setInt32(at, 8 + 2 * length)
    const weight = length === 0 ? 0 : count - 1 - this.groupsAfterPoint
    view.setInt32(at + 4, (length << 16) | (weight & 0xffff))
    view.setInt32(at + 8, ((negative ? NEGATIVE : 0) << 16) | (this.scale & 0xffff))
    at += 12
    for (let i = count - 1; i >= first; i--) {
      const group = groups[i]!
      bytes[at++] = group >> 8
      bytes[at++] = group
    }
    to.offset = at
  }
}
