import { storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import { RowDigest } from './digest.ts'
import type { RowBytes, RowFacts } from './row-block.ts'
import { type SkipValue, skipValue } from './skip-value.ts'

/**
 * Walks blocks row by row without decoding the values, and gives the facts of their rows. Throws a RangeError when the
 * bytes are not whole rows of the table's stored columns. For checking what someone else has written.
 */
export class RowWalker {
  private readonly digest = new RowDigest()
  private readonly skips: readonly SkipValue[]

  constructor(table: Table) {
    this.skips = storedColumns(table).map(skipValue)
  }

  walk(block: RowBytes): void {
    const reader = new AvroReader(block.bytes)
    for (let row = 0; row < block.rows; row++) {
      const begin = reader.offset
      for (const skip of this.skips) {
        skip(reader)
        if (reader.offset > reader.end || reader.offset < begin)
          throw new RangeError(`row ${row} runs beyond its block`)
      }
      this.digest.addRow(reader.view, begin, reader.offset)
    }
    if (reader.offset !== reader.end) throw new RangeError(`${reader.end - reader.offset} bytes follow the last row`)
  }

  get facts(): RowFacts {
    return { rows: this.digest.rows, digest: this.digest.digest }
  }
}
