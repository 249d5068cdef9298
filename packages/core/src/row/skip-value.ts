import type { LogicalType } from '../model/logical-type.ts'
import type { Column } from '../model/schema-model.ts'
import type { AvroReader } from './avro-reader.ts'

/**
 * Moves the cursor from the beginning of a value to its end, without decoding it; beyond `reader.end` when the bytes are cut.
 * Throws a RangeError when the bytes are no value of the column.
 */
export type SkipValue = (reader: AvroReader) => void

/** For the values of a stored column. */
export function skipValue({ logical, nullable }: Column): SkipValue {
  const skip = skipOf(logical)
  return nullable ? skipNullable(skip) : skip
}

function skipOf(type: LogicalType): SkipValue {
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

function skipNullable(skip: SkipValue): SkipValue {
  return (reader) => {
    const branch = reader.bytes[reader.offset]
    if (branch !== 0 && branch !== 2) throw new RangeError(`${branch} is no branch of a nullable value`)
    if (reader.readPresent()) skip(reader)
  }
}

function skipFixed(length: number): SkipValue {
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
