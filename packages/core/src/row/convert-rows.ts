import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import { AvroWriter } from './avro-writer.ts'
import type { RowBytes } from './row-block.ts'
import { skipValue } from './skip-value.ts'
import type { ValueConversion } from './value-conversion.ts'

/** A column as it is in the converted rows, where every column is nullable. */
export interface ConvertedColumn {
  readonly column: Column
  /** The stored column that its values are from, by its name. */
  readonly from: string
  readonly convert: ValueConversion
}

/** An upper bound of what a value takes that is written with no room asked for by its conversion. */
const SHORT_VALUE = 24

/** The rows of the table with these columns alone. A block holds until the next one is asked for. */
export async function* convertRows(
  table: Table,
  columns: readonly ConvertedColumn[],
  blocks: AsyncIterable<RowBytes>,
): AsyncIterable<RowBytes> {
  const stored = storedColumns(table)
  const skips = stored.map(skipValue)
  const wanted = columns.map(({ from, convert }) => {
    const place = stored.findIndex(({ name }) => name === from)
    return { place, convert, nullable: stored[place]!.nullable }
  })
  const begins = new Array<number>(stored.length)
  for await (const block of blocks) {
    const reader = new AvroReader(block.bytes)
    const writer = new AvroWriter()
    for (let row = 0; row < block.rows; row++) {
      skips.forEach((skip, i) => {
        begins[i] = reader.offset
        skip(reader)
      })
      const end = reader.offset
      for (const { place, convert, nullable } of wanted) {
        reader.offset = begins[place]!
        writer.reserve(SHORT_VALUE)
        if (nullable && !reader.readPresent()) {
          writer.writeNull()
          continue
        }
        writer.writePresent()
        convert(reader, writer)
      }
      reader.offset = end
      writer.endRow()
    }
    if (writer.rows > 0) yield writer.takeBlock()
  }
}
