import type { Finding } from '../dialect/dialect.ts'
import type { AvroReader } from '../row/avro-reader.ts'

/** One row as the target would get it; its memory holds the next row afterwards. Columns are places in the planned table. */
export interface InspectedRow {
  /** Reads the row at the reader's cursor; the row before is gone. Throws a CannotCarryError for a value that ends the load. */
  encode(from: AvroReader): void
  /** How many bytes the value has as the server gets it; -1 for NULL. */
  lengthOf(column: number): number
  /** Equal for values that the target takes for the same; `folded`: whatever their upper and lower case. Not for NULL. */
  keyOf(column: number, folded: boolean): Uint8Array
  /** The value in the backup, for people. */
  textOf(column: number): string
}

/** Something that is looked for in every row. */
export interface RowCheck {
  take(row: InspectedRow): void
  findings(): readonly Finding[]
}
