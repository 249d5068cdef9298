import type { LogicalType } from '../model/logical-type.ts'
import { storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import { RowDigest } from './digest.ts'
import type { RowBytes, RowFacts } from './row-block.ts'

/**
 * Walks blocks row by row without decoding the values, and gives the facts of their rows. Throws a RangeError when the
 * bytes are not whole rows of the table's stored columns. For checking what someone else has written.
 */
export class RowWalker {
  private readonly digest = new RowDigest()
  private readonly skips: readonly Skip[]

  constructor(table: Table) {
    this.skips = storedColumns(table).map((column) => {
      const skip = skipOf(column.logical)
      return column.nullable ? nullable(skip) : skip
    })
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

type Skip = (reader: AvroReader) => void

function skipOf(type: LogicalType): Skip {
  switch (type.kind) {
    case 'boolean':
      return skipFixed(1)
    case 'integer':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
      return skipLong
    case 'timestamp-offset':
      return (reader) => {
        skipLong(reader)
        skipLong(reader)
      }
    case 'float':
      return skipFixed(type.bits / 8)
    case 'uuid':
      return skipFixed(16)
    case 'rowversion':
      return skipFixed(8)
    case 'decimal':
    case 'text':
    case 'xml':
    case 'json':
    case 'binary':
      return skipBytes
    case 'variant':
      return (reader) => {
        skipBytes(reader)
        skipBytes(reader)
      }
  }
}

function nullable(skip: Skip): Skip {
  return (reader) => {
    const branch = reader.bytes[reader.offset]
    if (branch !== 0 && branch !== 2) throw new RangeError(`${branch} is no branch of a nullable value`)
    if (reader.readPresent()) skip(reader)
  }
}

function skipFixed(length: number): Skip {
  return (reader) => {
    reader.offset += length
  }
}

function skipLong(reader: AvroReader): void {
  while (reader.bytes[reader.offset++]! >= 0x80);
}

function skipBytes(reader: AvroReader): void {
  const length = reader.readInt()
  if (length < 0) throw new RangeError(`${length} is no length`)
  reader.offset += length
}
