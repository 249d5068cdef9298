import { type AvroWriter, type Input, SourceError } from '@albackup/core'
import { notANumber } from '../not-a-number.ts'
import type { PlainForm } from '../plain-columns.ts'
import { DECIMAL } from '../plain-forms.ts'
import { decoder, type ValueDecoder } from './value-decoder.ts'

/** `numeric` travels in digits of base 10000, the decimal point between two of them (numeric.c, "numeric_send"). */
const BASE = 10000
const DIGITS_PER_GROUP = 4
const HEADER = 8
const NEGATIVE = 0x4000
const NAN = 0xc000

/** So many groups make a number below 2^53. */
const GROUPS_IN_DOUBLES = 3

/** numeric(precision,scale) as an Avro decimal; NaN as the number that docs/format.md keeps for it. */
export function numericDecoder(precision: number, scale: number, writer: AvroWriter): ValueDecoder {
  const numbers = new NumericReader(precision, scale, writer)
  const plain: PlainForm | undefined = scale < 0 ? undefined : [DECIMAL, 0n, BigInt(scale)]
  return decoder((input, begin, end) => numbers.read(input, begin, end), plain, precision)
}

class NumericReader {
  private readonly scale: number
  private readonly groupsAfterPoint: number
  /** The last group has that many digits beyond the scale, all of them 0: 1, 10, 100 or 1000. */
  private readonly surplus: number
  private readonly nan: Uint8Array
  /** The magnitude, least significant byte first. */
  private readonly magnitude: Uint8Array
  private readonly writer: AvroWriter

  constructor(precision: number, scale: number, writer: AvroWriter) {
    this.scale = scale
    this.groupsAfterPoint = Math.ceil(scale / DIGITS_PER_GROUP)
    this.surplus = 10 ** (this.groupsAfterPoint * DIGITS_PER_GROUP - scale)
    this.nan = notANumber(precision)
    this.magnitude = new Uint8Array(Math.ceil(((precision + 2 * DIGITS_PER_GROUP) * Math.log2(10)) / 8) + 2)
    this.writer = writer
  }

  read(input: Input, begin: number, end: number): void {
    const { view } = input
    if (end - begin < HEADER) throw new SourceError(`a number has only ${end - begin} bytes`)
    const count = view.getInt16(begin)
    const weight = view.getInt16(begin + 2)
    const sign = view.getUint16(begin + 4)
    if (sign === NAN) {
      this.writer.writeBytes(this.nan)
      return
    }
    if (sign !== 0 && sign !== NEGATIVE) throw new SourceError('an infinite number stands in a column of finite ones')
    if (end - begin !== HEADER + 2 * count || view.getInt16(begin + 6) > this.scale) {
      throw new SourceError(`a number has more than ${this.scale} digits after the point`)
    }
    const length = count === 0 ? 0 : this.collect(input, begin + HEADER, count, weight + 1 + this.groupsAfterPoint)
    // The memory still holds the number before.
    if (length === 0) this.magnitude[0] = 0
    this.writer.writeDecimal(sign === NEGATIVE, this.magnitude, 0, Math.max(1, length))
  }

  /** Fills `magnitude` with the unscaled number of `total` groups, those that are not sent being 0; returns its length. */
  private collect({ view }: Input, begin: number, count: number, total: number): number {
    this.magnitude[0] = 0
    let small = 0
    let i = 0
    const doubles = Math.min(GROUPS_IN_DOUBLES, total)
    for (; i < doubles; i++) small = this.append(small, i < count ? view.getInt16(begin + 2 * i) : 0, i === total - 1)
    let length = this.store(small)
    for (; i < total; i++) {
      const group = i < count ? view.getInt16(begin + 2 * i) : 0
      length =
        i === total - 1
          ? this.multiplyAdd(length, BASE / this.surplus, group / this.surplus)
          : this.multiplyAdd(length, BASE, group)
    }
    return length
  }

  private append(value: number, group: number, last: boolean): number {
    return last ? value * (BASE / this.surplus) + group / this.surplus : value * BASE + group
  }

  private store(value: number): number {
    const { magnitude } = this
    let rest = value
    let length = 0
    while (rest >= 0x7fffffff) {
      magnitude[length++] = rest % 256
      rest = Math.floor(rest / 256)
    }
    for (let bits = rest | 0; bits !== 0; bits >>>= 8) magnitude[length++] = bits & 0xff
    return length
  }

  private multiplyAdd(length: number, factor: number, summand: number): number {
    const { magnitude } = this
    let carry = summand
    for (let i = 0; i < length; i++) {
      const product = magnitude[i]! * factor + carry
      magnitude[i] = product & 0xff
      carry = product >>> 8
    }
    let top = length
    for (; carry !== 0; carry >>>= 8) magnitude[top++] = carry & 0xff
    return top
  }
}
