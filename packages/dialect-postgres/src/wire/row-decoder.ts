import { AlbackupError, type AvroWriter, CannotCarryError, type Column, type Input, SourceError } from '@albackup/core'
import { quote } from '../quote.ts'
import { TEXT_GROWTH, type TextForm } from './decode/bytes.ts'
import { columnDecoder } from './decode/column-decoder.ts'
import type { ValueDecoder, WriteValue } from './decode/value-decoder.ts'
import { plainColumns } from './plain-columns.ts'
import { PlainDecoder } from './plain-decoder.ts'
import { takePlainMemory } from './plain-memory.ts'

const CHANGED = 'Was the table changed while it was dumped? Dump again.'

/** Writes the rows of a binary COPY as Avro: one decoder for each column, chosen once. */
export class RowDecoder {
  private readonly columns: readonly Column[]
  private readonly decoders: readonly ValueDecoder[]
  private readonly nullable: Uint8Array
  private readonly writes: readonly WriteValue[]
  private readonly growth: number
  private readonly overhead: number
  private readonly writer: AvroWriter

  /** Throws a SourceError for a column that PostgreSQL cannot have. */
  constructor(columns: readonly Column[], texts: TextForm, writer: AvroWriter) {
    const decoders = columns.map((column) => {
      const found = columnDecoder(column, texts, writer)
      if (found !== undefined) return found
      throw new SourceError(`column ${quote(column.name)} is ${column.logical.kind}, which PostgreSQL does not have`)
    })
    this.columns = columns
    this.decoders = decoders
    this.nullable = Uint8Array.from(columns, (column) => (column.nullable ? 1 : 0))
    this.writes = decoders.map(({ write }) => write)
    this.growth = TEXT_GROWTH[texts]
    this.overhead = decoders.reduce((sum, { overhead }) => sum + overhead, 0)
    this.writer = writer
  }

  /** undefined where a column has values of another form. */
  plain(): PlainDecoder | undefined {
    const steps = this.decoders.map((found, i) => ({ ...found, nulls: this.nullable[i]! }))
    const columns = plainColumns(steps)
    const memory = columns && takePlainMemory()
    return memory && new PlainDecoder(memory, columns, this.overhead)
  }

  /** Writes the row that stands in `input` from `begin`, its field count, to `end`. */
  decode(input: Input, begin: number, end: number): void {
    const { nullable, writes, writer } = this
    const { view } = input
    const fields = view.getInt16(begin)
    if (fields !== writes.length) {
      throw new SourceError(`${fields} columns arrive where ${writes.length} were asked for`, { hint: CHANGED })
    }
    writer.reserve((end - begin) * this.growth + this.overhead)
    let at = begin + 2
    let i = 0
    try {
      for (; i < fields; i++) {
        const length = view.getInt32(at)
        at += 4
        if (length < 0) {
          if (nullable[i] === 0) throw new SourceError('it holds NULL, which the schema does not allow')
          writer.writeNull()
          continue
        }
        const next = at + length
        if (next > end) throw new SourceError('a value runs beyond its row')
        if (nullable[i] === 1) writer.writePresent()
        writes[i]!(input, at, next)
        at = next
      }
    } catch (error) {
      throw inColumn(this.columns[i]!, error)
    }
    if (at !== end) throw new SourceError(`a row of ${end - begin} bytes ends at ${at - begin}`)
    writer.endRow()
  }
}

/** An expected failure of a value, with the name of its column; anything else is a bug and stays as it is. */
function inColumn(column: Column, error: unknown): unknown {
  if (!(error instanceof AlbackupError)) return error
  const details = { cause: error, ...(error.hint !== undefined && { hint: error.hint }) }
  const message = `column ${quote(column.name)}: ${error.message}`
  return error instanceof CannotCarryError ? new CannotCarryError(message, details) : new SourceError(message, details)
}
