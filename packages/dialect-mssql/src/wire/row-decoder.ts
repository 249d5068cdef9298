import { AlbackupError, type AvroWriter, CannotCarryError, type Column, type Input, SourceError } from '@albackup/core'
import { quote } from '../quote.ts'
import type { WireColumn } from './column-metadata.ts'
import { columnDecoder } from './decode/column-decoder.ts'
import type { ValueDecoder, WriteValue } from './decode/value-decoder.ts'
import { FRAMING } from './protocol.ts'
import { RowLength } from './row-length.ts'
import { ValueBounds } from './value-bounds.ts'

/** Rows that can be longer than this are measured before they are decoded. */
const LONGEST_UNMEASURED = 16384

/** Writes the rows of one result as Avro: one decoder for each column, chosen once. */
export class RowDecoder {
  /** A row begins behind its token's type. */
  readonly length: RowLength
  private readonly columns: readonly Column[]
  private readonly framings: Int8Array
  private readonly sizes: Uint16Array
  private readonly nullable: Uint8Array
  private readonly writes: readonly WriteValue[]
  private readonly writer: AvroWriter
  private readonly bounds = new ValueBounds()
  private readonly growth: number
  private readonly overhead: number
  /** No row is longer; infinite when that is not known or too much to reserve room for. */
  private readonly longest: number

  /** Throws a SourceError when the columns that arrive are not those of the model. */
  constructor(columns: readonly Column[], wire: readonly WireColumn[], writer: AvroWriter) {
    const decoders = matchColumns(columns, wire, writer)
    this.columns = columns
    this.framings = Int8Array.from(wire, (column) => column.type.framing)
    this.sizes = Uint16Array.from(wire, (column) => column.type.size)
    this.length = new RowLength(this.framings)
    this.nullable = Uint8Array.from(columns, (column) => (column.nullable ? 1 : 0))
    this.writes = decoders.map((decoder) => decoder.write)
    this.writer = writer
    this.growth = decoders.reduce((growth, decoder) => Math.max(growth, decoder.growth), 1)
    this.overhead = decoders.reduce((overhead, decoder) => overhead + decoder.overhead, 0)
    this.longest = longestRow(wire)
  }

  /** True when as many bytes are there as any row has: then its length need not be known. */
  isSurelyWhole(input: Input): boolean {
    return input.end - input.begin >= this.longest
  }

  /** Writes the row at `input.begin`, which is at most `length` bytes long and whole, and steps over it. */
  decode(input: Input, withNullBitmap: boolean, length = this.longest): void {
    this.writer.reserve(length * this.growth + this.overhead)
    input.begin = this.decodeValues(input, withNullBitmap)
    this.writer.endRow()
  }

  /** Returns where the row ends. */
  private decodeValues(input: Input, withNullBitmap: boolean): number {
    const { framings, nullable, writes, writer } = this
    const bytes = input.bytes
    const bitmapAt = input.begin + 1
    let at = withNullBitmap ? bitmapAt + ((framings.length + 7) >> 3) : bitmapAt
    let i = 0
    try {
      for (; i < framings.length; i++) {
        if (withNullBitmap && ((bytes[bitmapAt + (i >> 3)]! >> (i & 7)) & 1) === 1) {
          this.writeNull(i)
          continue
        }
        const framing = framings[i]!
        let begin = at
        if (framing > 0) at += framing
        else if (framing === FRAMING.BYTE_LENGTH) {
          begin++
          at = begin + bytes[at]!
          if (at === begin) {
            this.writeNull(i)
            continue
          }
        } else if (framing === FRAMING.SHORT_LENGTH) {
          const length = bytes[at]! | (bytes[at + 1]! << 8)
          begin += 2
          at = begin
          if (length === 0xffff) {
            this.writeNull(i)
            continue
          }
          if (length > this.sizes[i]!) throw tooLong(length, this.sizes[i]!)
          at += length
        } else {
          at = this.decodeLong(input, i, framing, at)
          continue
        }
        if (nullable[i] === 1) writer.writePresent()
        writes[i]!(input, begin, at)
      }
    } catch (error) {
      throw inColumn(this.columns[i]!, error)
    }
    return at
  }

  /** Returns where the next column begins. */
  private decodeLong(input: Input, column: number, framing: number, at: number): number {
    const { bounds } = this
    bounds.find(input, framing, at)
    if (bounds.isNull) this.writeNull(column)
    else {
      if (this.nullable[column] === 1) this.writer.writePresent()
      this.writes[column]!(input, bounds.begin, bounds.end)
    }
    return bounds.next
  }

  private writeNull(column: number): void {
    if (this.nullable[column] === 0) throw new SourceError('it holds NULL, which the schema does not allow')
    this.writer.writeNull()
  }
}

/**
 * Token type and null bitmap included. A value longer than its type says would end the reading: every decoder of a value with a
 * length of one byte checks it, for those with two it is checked here.
 */
function longestRow(wire: readonly WireColumn[]): number {
  let length = 1 + ((wire.length + 7) >> 3)
  for (const { type } of wire) {
    if (type.framing > 0) length += type.framing
    else if (type.framing === FRAMING.BYTE_LENGTH) length += 1 + type.size
    else if (type.framing === FRAMING.SHORT_LENGTH) length += 2 + type.size
    else return Number.POSITIVE_INFINITY
  }
  return length > LONGEST_UNMEASURED ? Number.POSITIVE_INFINITY : length
}

function tooLong(length: number, size: number): SourceError {
  return new SourceError(`a value has ${length} bytes where its type has ${size}`)
}

function matchColumns(
  columns: readonly Column[],
  wire: readonly WireColumn[],
  writer: AvroWriter,
): readonly ValueDecoder[] {
  if (columns.length !== wire.length) {
    throw new SourceError(`${wire.length} columns arrive where ${columns.length} were asked for`)
  }
  return columns.map((column, i) => {
    const type = wire[i]!.type
    const decoder = decoderOrError(column, () => columnDecoder(column.logical, type, writer))
    if (decoder !== undefined) return decoder
    throw new SourceError(
      `column ${quote(column.name)} is ${column.native.declaration}, but its values arrive as type 0x${type.id.toString(16)}`,
      { hint: 'Was the table changed while it was dumped? Dump again.' },
    )
  })
}

function decoderOrError<T>(column: Column, decoder: () => T): T {
  try {
    return decoder()
  } catch (error) {
    throw inColumn(column, error)
  }
}

/** An expected failure of a value, with the name of its column; anything else is a bug and stays as it is. */
function inColumn(column: Column, error: unknown): unknown {
  if (!(error instanceof AlbackupError)) return error
  const details = { cause: error, ...(error.hint !== undefined && { hint: error.hint }) }
  const message = `column ${quote(column.name)}: ${error.message}`
  return error instanceof CannotCarryError ? new CannotCarryError(message, details) : new SourceError(message, details)
}
