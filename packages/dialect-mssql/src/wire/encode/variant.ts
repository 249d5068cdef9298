import { AvroReader, AvroWriter, type Cell, decodeUtf8, type LogicalType, writeCell } from '@albackup/core'
import { formatCollation } from '../../collation.ts'
import { describeType } from '../../types.ts'
import { TYPE } from '../protocol.ts'
import { avroBytes } from './avro-bytes.ts'
import { parseDeclaration } from './declaration.ts'
import { sentType } from './sent-type.ts'
import { TdsWriter } from './tds-writer.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

type ColumnEncoder = (logical: LogicalType, type: ReturnType<typeof sentType>, report: ColumnReport) => ValueEncoder

/** The length, the base type and the number of its properties, and the most of those. */
const HEAD = 4 + 2 + 7

/** The longest value, as text of hexadecimal digits, is shorter. */
const SCRATCH_BYTES = 1 << 15

/** SQL_Latin1_General_CP1_CI_AS, for texts of another engine's variants. */
const DEFAULT_COLLATION = Buffer.from('0904d00034', 'hex')

/** The base types whose values have a fixed length ([MS-TDS] 2.2.5.5.4): within a variant they go by other numbers. */
const FIXED: ReadonlyMap<string, number> = new Map([
  ['bit', TYPE.BIT],
  ['tinyint', TYPE.INT1],
  ['smallint', TYPE.INT2],
  ['int', TYPE.INT4],
  ['bigint', TYPE.INT8],
  ['real', TYPE.FLT4],
  ['float', TYPE.FLT8],
  ['smallmoney', TYPE.MONEY4],
  ['money', TYPE.MONEY],
  ['smalldatetime', TYPE.DATETIM4],
  ['datetime', TYPE.DATETIME],
])

/** How values of one base type are written. */
interface VariantType {
  readonly logical: LogicalType
  readonly encoder: ValueEncoder
  /** The base type and its properties. */
  readonly head: Buffer
  /** The declaration as it is read back, where it is not that of the backup. */
  readonly held: Uint8Array | null
  /** The bytes of the length that `encoder` puts in front, which a variant does not have. */
  readonly prefix: 1 | 2
}

/** sql_variant: the record of a declaration and a text becomes the value itself; the inverse of decode/variant.ts. */
export function variantEncoder(columnEncoder: ColumnEncoder, report: ColumnReport): ValueEncoder {
  const types = new Map<string, VariantType>()
  const cells = new AvroWriter(SCRATCH_BYTES)
  const value = new TdsWriter(SCRATCH_BYTES)
  return {
    bound: HEAD,
    encode(from, to) {
      const valueBegin = from.offset
      const declaration = readText(from)
      const declarationEnd = from.offset
      const text = readText(from)
      const type = types.get(declaration) ?? variantType(declaration, columnEncoder, report)
      types.set(declaration, type)
      cells.offset = 0
      cells.reserve(text.length * 3 + 64)
      writeCell(cells, type.logical, cellOf(text, type.logical))
      value.offset = 0
      type.encoder.encode(new AvroReader(cells.bytes.subarray(0, cells.offset)), value)
      to.reserve(value.offset)
      to.writeInt32(type.head.length + value.offset - type.prefix)
      to.writeBytes(type.head)
      to.writeBytes(value.bytes, type.prefix, value.offset)
      if (type.held !== null) report.changed(valueBegin, declarationEnd, type.held)
    },
  }
}

function variantType(declaration: string, columnEncoder: ColumnEncoder, report: ColumnReport): VariantType {
  const parsed = parseDeclaration(declaration)
  const described = parsed === undefined ? undefined : describeType(parsed)
  if (parsed === undefined || described === undefined) throw report.refuse(`it is of the type ${declaration}`)
  const { logical } = described
  const isWithoutCollation = logical.kind === 'text' && parsed.collation === null
  const type = sentType(parsed, isWithoutCollation ? DEFAULT_COLLATION : parsed.collation)
  const properties = propertiesOf(parsed.type, type)
  return {
    logical,
    encoder: columnEncoder(logical, type, report),
    held: isWithoutCollation
      ? avroBytes(Buffer.from(`${declaration} collate ${formatCollation(DEFAULT_COLLATION)}`))
      : null,
    head: Buffer.from([baseType(parsed.type, type.id), properties.length, ...properties]),
    prefix: logical.kind === 'text' || logical.kind === 'binary' ? 2 : 1,
  }
}

function baseType(name: string, id: number): number {
  return name === 'numeric' ? TYPE.NUMERICN : (FIXED.get(name) ?? id)
}

function propertiesOf(name: string, { size, precision, scale, collation }: ReturnType<typeof sentType>): number[] {
  const length = [size & 0xff, size >> 8]
  switch (name) {
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return [scale]
    case 'decimal':
    case 'numeric':
      return [precision, scale]
    case 'binary':
    case 'varbinary':
      return length
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return [...collation!, ...length]
    default:
      return []
  }
}

function cellOf(text: string, logical: LogicalType): Exclude<Cell, null> {
  switch (logical.kind) {
    case 'boolean':
      return text === '1'
    case 'integer':
      return logical.bits === 64 ? BigInt(text) : Number(text)
    case 'float':
      return Number(text)
    case 'binary':
      return Buffer.from(text.slice(2), 'hex')
    default:
      return text
  }
}

function readText(from: AvroReader): string {
  const end = endOfValue(from, from.readInt())
  const text = decodeUtf8(from.bytes.subarray(from.offset, end))
  from.offset = end
  return text
}
