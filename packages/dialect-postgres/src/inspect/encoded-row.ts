import { AvroReader, type InspectedRow, type PlannedTable, sampleText } from '@albackup/core'
import type { CopyWriter } from '../wire/copy-writer.ts'
import type { Encoder } from '../wire/encoder.ts'

/** One row as the load would send it, and where each of its values stands, there and in the backup. */
export class EncodedRow implements InspectedRow {
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

  encode(from: AvroReader): void {
    const { to, encoders } = this
    const { columns } = this.table
    if (to.full) to.recycle(to.takeMessage())
    this.from = from
    to.beginRow(encoders.length)
    for (let i = 0; i < encoders.length; i++) {
      this.origins[i] = from.offset
      this.fields[i] = to.offset
      if (columns[i]!.source.nullable && !from.readPresent()) to.writeNull()
      else encoders[i]!.encode(from, to)
    }
  }

  lengthOf(column: number): number {
    return this.to.view.getInt32(this.fields[column]!)
  }

  /** As the server gets it. */
  keyOf(column: number, folded: boolean): Buffer {
    const begin = this.fields[column]! + 4
    const end = begin + this.lengthOf(column)
    const { bytes } = this.to
    return folded ? Buffer.from(bytes.toString('utf8', begin, end).toLowerCase()) : bytes.subarray(begin, end)
  }

  textOf(column: number): string {
    return sampleText(this.from, this.origins[column]!, this.table.columns[column]!.source)
  }
}
