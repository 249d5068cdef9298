import { AvroReader, type LogicalType, type PlannedTable, readCell } from '@albackup/core'
import type { CopyWriter } from '../wire/copy-writer.ts'
import type { Encoder } from '../wire/encoder.ts'

/** One row as the load would send it, and where each of its values stands, there and in the backup. */
export class EncodedRow {
  /** Of the columns of the planned table. */
  private readonly fields: Float64Array
  private readonly origins: Float64Array
  private readonly table: PlannedTable
  private readonly encoders: readonly Encoder[]
  private readonly to: CopyWriter
  private from = new AvroReader(new Uint8Array())

  constructor(table: PlannedTable, encoders: readonly Encoder[], to: CopyWriter) {
    this.table = table
    this.encoders = encoders
    this.to = to
    this.fields = new Float64Array(encoders.length)
    this.origins = new Float64Array(encoders.length)
  }

  /** Reads the row at the reader's cursor; the row before is gone. */
  encode(from: AvroReader): void {
    const { to, encoders } = this
    const { columns } = this.table
    this.from = from
    to.beginRow(encoders.length)
    for (let i = 0; i < encoders.length; i++) {
      this.origins[i] = from.offset
      this.fields[i] = to.offset
      if (columns[i]!.source.nullable && !from.readPresent()) to.writeNull()
      else encoders[i]!.encode(from, to)
    }
  }

  /** How many bytes the value of a column has as the server gets it; -1 for NULL. */
  lengthOf(column: number): number {
    return this.to.view.getInt32(this.fields[column]!)
  }

  /** Where the value begins in `bytes`. */
  beginOf(column: number): number {
    return this.fields[column]! + 4
  }

  get bytes(): Buffer {
    return this.to.bytes
  }

  /** The text as the server gets it, in lower case. */
  foldedOf(column: number): Buffer {
    const begin = this.beginOf(column)
    return Buffer.from(this.bytes.toString('utf8', begin, begin + this.lengthOf(column)).toLowerCase())
  }

  /** The value in the backup, for people. */
  textOf(column: number): string {
    const { nullable, logical } = this.table.columns[column]!.source
    const { from } = this
    const after = from.offset
    from.offset = this.origins[column]!
    const text = nullable && !from.readPresent() ? 'NULL' : cellText(from, logical)
    from.offset = after
    return text
  }
}

const LONGEST_TEXT = 60

function cellText(from: AvroReader, logical: LogicalType): string {
  const cell = readCell(from, logical)
  const text = cell instanceof Uint8Array ? `0x${Buffer.from(cell).toString('hex')}` : String(cell)
  return JSON.stringify(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
}
