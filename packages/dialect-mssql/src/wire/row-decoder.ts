import { AlbackupError, type AvroWriter, CannotCarryError, type Column, SourceError } from '@albackup/core'
import { quote } from '../quote.ts'
import type { WireColumn } from './column-metadata.ts'
import { columnDecoder } from './decode/column-decoder.ts'
import type { ValueDecoder, WriteValue } from './decode/value-decoder.ts'
import type { Input } from './input.ts'
import { joinParts, PART_HEADER } from './parts.ts'
import { FRAMING } from './protocol.ts'
import { NULL, RowFraming } from './row-framing.ts'

/** Writes the rows of one result as Avro: one decoder for each column, chosen once. */
export class RowDecoder {
  readonly framing: RowFraming
  private readonly columns: readonly Column[]
  private readonly writes: readonly WriteValue[]
  private readonly nullable: readonly boolean[]
  private readonly inParts: readonly boolean[]
  private readonly growth: number
  private readonly overhead: number
  private readonly writer: AvroWriter

  /** Throws a SourceError when the columns that arrive are not those of the model. */
  constructor(columns: readonly Column[], wire: readonly WireColumn[], writer: AvroWriter) {
    const decoders = matchColumns(columns, wire, writer)
    this.framing = new RowFraming(wire.map((column) => column.type.framing))
    this.columns = columns
    this.writes = decoders.map((decoder) => decoder.write)
    this.nullable = columns.map((column) => column.nullable)
    this.inParts = wire.map((column) => column.type.framing === FRAMING.PARTS)
    this.growth = decoders.reduce((growth, decoder) => Math.max(growth, decoder.growth), 1)
    this.overhead = decoders.reduce((overhead, decoder) => overhead + decoder.overhead, 0)
    this.writer = writer
  }

  /** Writes the row that `framing` has found to be `length` bytes from `input.begin` on. */
  decode(input: Input, length: number): void {
    const { framing, writer } = this
    writer.reserve(Math.ceil(length * this.growth) + this.overhead)
    const base = input.begin
    let i = 0
    try {
      for (; i < this.writes.length; i++) {
        const begin = framing.begins[i]!
        if (begin === NULL) this.writeNull(i)
        else {
          if (this.nullable[i]) writer.writePresent()
          if (this.inParts[i]) this.writes[i]!(input, base + begin + PART_HEADER, joinParts(input, base + begin))
          else this.writes[i]!(input, base + begin, base + framing.ends[i]!)
        }
      }
    } catch (error) {
      throw inColumn(this.columns[i]!, error)
    }
    writer.endRow()
  }

  private writeNull(column: number): void {
    if (!this.nullable[column]) throw new SourceError('it holds NULL, which it must not')
    this.writer.writeNull()
  }
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
