import { AvroReader, type InspectedRow, sampleText } from '@albackup/core'
import { TdsWriter } from '../wire/encode/tds-writer.ts'
import type { ValueEncoder } from '../wire/encode/value-encoder.ts'
import { FRAMING, TYPE } from '../wire/protocol.ts'
import type { TypeInfo } from '../wire/type-info.ts'
import type { InspectedColumn } from './planned-column.ts'

const NULL_LENGTH = -1
/** What stands around the bytes of a value of any length, which is sent as one chunk or more. */
const FRAME = 8 + 4 + 4
const BLANK = 0x20

/** One row as the load would send it, and where each of its values stands, there and in the backup. */
export class EncodedRow implements InspectedRow {
  private readonly columns: readonly InspectedColumn[]
  private readonly encoders: readonly ValueEncoder[]
  private readonly begins: Float64Array
  private readonly lengths: Float64Array
  private readonly origins: Float64Array
  private readonly row: TdsWriter
  /** Values of any length are written here, each over the one before; no key has one. */
  private readonly scratch: TdsWriter
  private from = new AvroReader(new Uint8Array())

  constructor(columns: readonly InspectedColumn[], encoders: readonly ValueEncoder[]) {
    const bound = encoders.reduce((sum, encoder) => sum + Math.max(encoder.bound, 8), 0)
    this.columns = columns
    this.encoders = encoders
    this.begins = new Float64Array(columns.length)
    this.lengths = new Float64Array(columns.length)
    this.origins = new Float64Array(columns.length)
    this.row = new TdsWriter(bound)
    this.scratch = new TdsWriter(bound)
  }

  encode(from: AvroReader): void {
    this.from = from
    this.row.offset = 0
    for (let i = 0; i < this.columns.length; i++) {
      this.origins[i] = from.offset
      const { source, target, isSent } = this.columns[i]!
      if (source.nullable && !from.readPresent()) this.lengths[i] = NULL_LENGTH
      else if (isSent && target.type.framing === FRAMING.PARTS) this.encodeLong(i, from)
      else this.encodeShort(i, from, target.type)
    }
  }

  lengthOf(column: number): number {
    return this.lengths[column]!
  }

  /** Without what does not count at the end: blanks of a text, zeros of bytes. */
  keyOf(column: number, folded: boolean): Buffer {
    const begin = this.begins[column]!
    const value = this.row.bytes.subarray(begin, begin + this.lengths[column]!)
    const { id } = this.columns[column]!.target.type
    if (id === TYPE.NVARCHAR || id === TYPE.NCHAR) return nationalKey(value, folded)
    if (id === TYPE.BIGVARCHAR || id === TYPE.BIGCHAR) return bytesKey(value, folded)
    return id === TYPE.BIGVARBINARY || id === TYPE.BIGBINARY ? withoutEnd(value, 0) : value
  }

  textOf(column: number): string {
    return sampleText(this.from, this.origins[column]!, this.columns[column]!.source)
  }

  private encodeLong(column: number, from: AvroReader): void {
    const { scratch } = this
    const encoder = this.encoders[column]!
    let length = -FRAME
    scratch.offset = 0
    scratch.reserve(0)
    if (encoder.encodeLong === undefined) encoder.encode(from, scratch)
    else {
      for (const _ of encoder.encodeLong(from, scratch)) {
        length += scratch.offset
        scratch.offset = 0
      }
    }
    this.lengths[column] = length + scratch.offset
  }

  private encodeShort(column: number, from: AvroReader, { framing }: TypeInfo): void {
    const { row } = this
    const begin = row.offset
    row.reserve(0)
    this.encoders[column]!.encode(from, row)
    if (row.offset === begin) {
      this.lengths[column] = NULL_LENGTH
      return
    }
    const head = framing === FRAMING.BYTE_LENGTH ? 1 : framing === FRAMING.SHORT_LENGTH ? 2 : 4
    this.begins[column] = begin + head
    const isNull = framing === FRAMING.BYTE_LENGTH && row.bytes[begin] === 0
    this.lengths[column] = isNull ? NULL_LENGTH : row.offset - begin - head
  }
}

function nationalKey(value: Buffer, folded: boolean): Buffer {
  let end = value.length
  while (end >= 2 && value[end - 1] === 0 && value[end - 2] === BLANK) end -= 2
  const text = value.subarray(0, end)
  return folded ? Buffer.from(text.toString('utf16le').toLowerCase()) : text
}

function bytesKey(value: Buffer, folded: boolean): Buffer {
  const text = withoutEnd(value, BLANK)
  return folded ? Buffer.from(text.toString('latin1').toLowerCase()) : text
}

function withoutEnd(value: Buffer, byte: number): Buffer {
  let end = value.length
  while (end > 0 && value[end - 1] === byte) end--
  return value.subarray(0, end)
}
