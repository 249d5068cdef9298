import type { LogicalType } from '../model/logical-type.ts'
import { storedColumns, type Table } from '../model/schema-model.ts'
import { AvroReader } from './avro-reader.ts'
import { AvroWriter, utf8Bound } from './avro-writer.ts'
import { decimalCell, parseDecimal } from './decimal-text.ts'
import type { RowBlock, RowBytes } from './row-block.ts'
import { parseTemporal, temporalText } from './temporal-text.ts'
import { decodeUtf8, encodeUtf8 } from './wtf8.ts'

/**
 * One value on the easy path: what a dialect may use that does not write Avro bytes itself.
 *
 * | kind | cell |
 * |---|---|
 * | boolean | boolean |
 * | integer 8, 16, 32 | number |
 * | integer 64 | bigint |
 * | decimal | text with all digits of the scale: '-123.4500'; 'NaN' |
 * | float | number |
 * | date, time, timestamp | text: '2026-04-27', '15:33:00.1234567', '2026-04-27 15:33:00.123', as many digits as the precision; 'infinity', '-infinity' (not for time) |
 * | timestamp-offset | local time and offset: '2026-04-27 15:33:00.1234567 +02:00' |
 * | instant | UTC: '2026-04-27 13:33:00.123456Z' |
 * | uuid | lower-case text |
 * | text, xml, json | string; a lone surrogate is kept |
 * | binary, rowversion | Uint8Array |
 * | variant | JSON text of { type, value } |
 */
export type Cell = null | boolean | number | bigint | string | Uint8Array

/** Rows of cells, in the order of the table's stored columns, as blocks. Throws a RangeError for a cell its column cannot hold. */
export async function* encodeRows(
  table: Table,
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
): AsyncIterable<RowBlock> {
  const columns = storedColumns(table)
  const writer = new AvroWriter()
  for await (const row of rows) {
    if (row.length !== columns.length) {
      throw new RangeError(`a row of ${table.schema}.${table.name} has ${row.length} cells, not ${columns.length}`)
    }
    for (const [i, column] of columns.entries()) {
      const cell = row[i]!
      if (cell === null && !column.nullable) {
        throw new RangeError(`column ${table.schema}.${table.name}.${column.name} cannot be null`)
      }
      writer.reserve(
        64 + (typeof cell === 'string' ? utf8Bound(cell.length) : cell instanceof Uint8Array ? cell.length : 0),
      )
      if (cell === null) writer.writeNull()
      else {
        if (column.nullable) writer.writePresent()
        writeCell(writer, column.logical, cell)
      }
    }
    writer.endRow()
    if (writer.full) yield writer.takeBlock()
  }
  if (writer.rows > 0) yield writer.takeBlock()
}

/** The cells of blocks, row by row. */
export async function* decodeRows(
  table: Table,
  blocks: Iterable<RowBytes> | AsyncIterable<RowBytes>,
): AsyncIterable<Cell[]> {
  const columns = storedColumns(table)
  for await (const block of blocks) {
    const reader = new AvroReader(block.bytes)
    for (let i = 0; i < block.rows; i++) {
      yield columns.map((column) =>
        column.nullable && !reader.readPresent() ? null : readCell(reader, column.logical),
      )
    }
    if (reader.offset !== reader.end) {
      throw new RangeError(
        `a block of ${table.schema}.${table.name} has ${reader.end} bytes, its rows ${reader.offset}`,
      )
    }
  }
}

/** Writes the value at the writer's cursor, where there is room for it; a RangeError when its column cannot hold it. */
export function writeCell(writer: AvroWriter, type: LogicalType, cell: Exclude<Cell, null>): void {
  switch (type.kind) {
    case 'boolean':
      writer.writeBoolean(expectType(cell, 'boolean', type))
      break
    case 'integer':
      if (type.bits === 64) writer.writeBigLong(expectLong(expectType(cell, 'bigint', type)))
      else writer.writeInt(expectInteger(expectType(cell, 'number', type), type.bits, type.signed))
      break
    case 'decimal': {
      const { negative, magnitude } = parseDecimal(expectType(cell, 'string', type), type.precision, type.scale)
      writer.writeDecimal(negative, magnitude, 0, magnitude.length)
      break
    }
    case 'float':
      if (type.bits === 32) writer.writeFloat(expectType(cell, 'number', type))
      else writer.writeDouble(expectType(cell, 'number', type))
      break
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
      writer.writeBigLong(parseTemporal(type, expectType(cell, 'string', type)).value)
      break
    case 'timestamp-offset': {
      const { value, offset } = parseTemporal(type, expectType(cell, 'string', type))
      writer.writeBigLong(value)
      writer.writeInt(offset)
      break
    }
    case 'uuid':
      writer.writeFixed(Buffer.from(expectUuid(expectType(cell, 'string', type)), 'hex'))
      break
    case 'text':
    case 'xml':
    case 'json':
      writer.writeBytes(encodeUtf8(expectType(cell, 'string', type)))
      break
    case 'binary':
      writer.writeBytes(expectBytes(cell, type))
      break
    case 'rowversion':
      writer.writeFixed(expectBytes(cell, type, 8))
      break
    case 'variant':
      writeVariant(writer, JSON.parse(expectType(cell, 'string', type)))
      break
  }
}

function writeVariant(writer: AvroWriter, variant: { readonly type: string; readonly value: string }): void {
  for (const part of [variant.type, variant.value]) {
    const bytes = encodeUtf8(part)
    writer.reserve(bytes.length + 16)
    writer.writeBytes(bytes)
  }
}

/** Reads the value at the reader's cursor; see `Cell` for its form. */
export function readCell(reader: AvroReader, type: LogicalType): Exclude<Cell, null> {
  switch (type.kind) {
    case 'boolean':
      return reader.readBoolean()
    case 'integer':
      return type.bits === 64 ? reader.readBigLong() : reader.readInt()
    case 'decimal':
      return decimalCell(reader.readBytes(), type.precision, type.scale)
    case 'float':
      return type.bits === 32 ? reader.readFloat() : reader.readDouble()
    case 'date':
      return temporalText(type, BigInt(reader.readInt()))
    case 'time':
    case 'timestamp':
    case 'instant':
      return temporalText(type, reader.readBigLong())
    case 'timestamp-offset': {
      const utc = reader.readBigLong()
      return temporalText(type, utc, reader.readInt())
    }
    case 'uuid': {
      const hex = reader.readFixed(16).toString('hex')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    }
    case 'text':
    case 'xml':
    case 'json':
      return decodeUtf8(reader.readBytes())
    case 'binary':
      return Uint8Array.from(reader.readBytes())
    case 'rowversion':
      return Uint8Array.from(reader.readFixed(8))
    case 'variant': {
      const declaration = decodeUtf8(reader.readBytes())
      return JSON.stringify({ type: declaration, value: decodeUtf8(reader.readBytes()) })
    }
  }
}

interface CellTypes {
  boolean: boolean
  number: number
  bigint: bigint
  string: string
}

function expectType<T extends keyof CellTypes>(cell: Exclude<Cell, null>, wanted: T, type: LogicalType): CellTypes[T] {
  if (typeof cell === wanted) return cell as CellTypes[T]
  throw new RangeError(`a cell of kind ${type.kind} is a ${wanted}, not ${typeof cell}`)
}

function expectBytes(cell: Exclude<Cell, null>, type: LogicalType, length?: number): Uint8Array {
  if (cell instanceof Uint8Array && (length === undefined || cell.length === length)) return cell
  throw new RangeError(
    `a cell of kind ${type.kind} is a Uint8Array${length === undefined ? '' : ` of ${length} bytes`}`,
  )
}

function expectInteger(value: number, bits: number, signed: boolean): number {
  const least = signed ? -(2 ** (bits - 1)) : 0
  const greatest = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
  if (Number.isInteger(value) && value >= least && value <= greatest) return value
  throw new RangeError(`${value} is no integer from ${least} to ${greatest}`)
}

function expectLong(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new RangeError(`${value} is no 64-bit integer`)
}

function expectUuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.replaceAll('-', '')
  throw new RangeError(`'${text}' is no uuid`)
}
