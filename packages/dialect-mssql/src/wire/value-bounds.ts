import type { Input } from '@albackup/core'
import { FRAMING } from './protocol.ts'

/** Where the value of a column with a long framing stands, in a row that has arrived whole. */
export class ValueBounds {
  isNull = false
  begin = 0
  end = 0
  /** Where the next column begins. */
  next = 0

  /** `at`: where the column begins; absolute, as all positions here. */
  find(input: Input, framing: number, at: number): void {
    if (framing === FRAMING.PARTS) this.joinParts(input, at)
    else if (framing === FRAMING.LONG_LENGTH) this.set(at + 4, input.view.getUint32(at, true), true)
    else this.findBehindPointer(input, at)
  }

  private set(begin: number, length: number, emptyIsNull: boolean): void {
    this.isNull = emptyIsNull && length === 0
    this.begin = begin
    this.end = begin + length
    this.next = this.end
  }

  private findBehindPointer(input: Input, at: number): void {
    const pointer = input.bytes[at]!
    if (pointer === 0) this.set(at + 1, 0, true)
    else {
      const dataAt = at + 1 + pointer + 8 + 4
      this.set(dataAt, input.view.getUint32(dataAt - 4, true), false)
    }
  }

  /** Joins the parts of a value ([MS-TDS] 2.2.5.2.3) where they stand, so that it is in one piece. */
  private joinParts({ bytes, view }: Input, at: number): void {
    let from = at + 8
    this.isNull = view.getUint32(at, true) === 0xffffffff && view.getUint32(at + 4, true) === 0xffffffff
    this.begin = from + 4
    this.end = this.begin
    this.next = from
    if (this.isNull) return
    for (;;) {
      const length = view.getUint32(from, true)
      from += 4
      if (length === 0) break
      if (from !== this.end) bytes.copyWithin(this.end, from, from + length)
      from += length
      this.end += length
    }
    this.next = from
  }
}
