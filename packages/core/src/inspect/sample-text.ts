import type { LogicalType } from '../model/logical-type.ts'
import type { Column } from '../model/schema-model.ts'
import type { AvroReader } from '../row/avro-reader.ts'
import { readCell } from '../row/cells.ts'

const LONGEST_TEXT = 60

/** The value that begins at `begin`, for people; the reader's cursor stays where it is. */
export function sampleText(from: AvroReader, begin: number, { nullable, logical }: Column): string {
  const after = from.offset
  from.offset = begin
  const text = nullable && !from.readPresent() ? 'NULL' : cellText(from, logical)
  from.offset = after
  return text
}

function cellText(from: AvroReader, logical: LogicalType): string {
  const cell = readCell(from, logical)
  const text = cell instanceof Uint8Array ? `0x${Buffer.from(cell).toString('hex')}` : String(cell)
  return JSON.stringify(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
}
