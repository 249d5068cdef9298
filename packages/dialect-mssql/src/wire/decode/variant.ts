import { AvroReader, AvroWriter, type Cell, type LogicalType, readCell, SourceError } from '@albackup/core'
import { formatCollation } from '../../collation.ts'
import { describeType } from '../../types.ts'
import { TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import type { ValueBytes, ValueDecoder } from './value-decoder.ts'

/** Room for the type's declaration and for the text of a number or date. */
const OVERHEAD = 256

/** The longest binary value a variant holds, and the text of its bytes, are 8000 and 16002 bytes; Avro values are shorter. */
const SCRATCH_BYTES = 1 << 15

/** How a variant's values of one type are written. */
interface VariantType {
  readonly declaration: string
  readonly logical: LogicalType
  readonly decoder: ValueDecoder
}

type ColumnDecoder = (logical: LogicalType, wire: TypeInfo, writer: AvroWriter) => ValueDecoder | undefined

/**
 * sql_variant ([MS-TDS] 2.2.5.5.4): a record of the declaration of the value's own type and its text: that of its cell (core's
 * row/cells.ts), a bit as 0 or 1, binary as 0x and hexadecimal digits. char types name the 5 bytes of their collation.
 */
export function variantDecoder(columnDecoder: ColumnDecoder, writer: AvroWriter): ValueDecoder {
  const types = new Map<string, VariantType>()
  const scratch = new AvroWriter(SCRATCH_BYTES)
  return {
    growth: 3,
    overhead: OVERHEAD,
    write: (input, begin, end) => {
      const valueBegin = begin + 2 + (end - begin > 1 ? input.bytes[begin + 1]! : 0)
      if (valueBegin > end) throw new SourceError('a variant ends within its properties')
      const head = input.bytes.toString('latin1', begin, valueBegin)
      const type = types.get(head) ?? readType(input, begin, columnDecoder, writer, scratch)
      types.set(head, type)
      writeAscii(type.declaration, writer)
      if (type.logical.kind === 'text') {
        type.decoder.write(input, valueBegin, end)
        return
      }
      scratch.offset = 0
      type.decoder.write(input, valueBegin, end)
      writeAscii(cellText(readCell(new AvroReader(scratch.bytes), type.logical), type.logical), writer)
    },
  }
}

/** The base type's name in the catalog, and how its properties stand: [MS-TDS] 2.2.5.5.4. */
const BASE_TYPES = new Map<number, readonly [string, 'none' | 'scale' | 'decimal' | 'length' | 'text']>([
  [TYPE.BIT, ['bit', 'none']],
  [TYPE.INT1, ['tinyint', 'none']],
  [TYPE.INT2, ['smallint', 'none']],
  [TYPE.INT4, ['int', 'none']],
  [TYPE.INT8, ['bigint', 'none']],
  [TYPE.FLT4, ['real', 'none']],
  [TYPE.FLT8, ['float', 'none']],
  [TYPE.MONEY4, ['smallmoney', 'none']],
  [TYPE.MONEY, ['money', 'none']],
  [TYPE.DATETIM4, ['smalldatetime', 'none']],
  [TYPE.DATETIME, ['datetime', 'none']],
  [TYPE.DATEN, ['date', 'none']],
  [TYPE.GUID, ['uniqueidentifier', 'none']],
  [TYPE.TIMEN, ['time', 'scale']],
  [TYPE.DATETIME2N, ['datetime2', 'scale']],
  [TYPE.DATETIMEOFFSETN, ['datetimeoffset', 'scale']],
  [TYPE.DECIMALN, ['decimal', 'decimal']],
  [TYPE.NUMERICN, ['numeric', 'decimal']],
  [TYPE.BIGBINARY, ['binary', 'length']],
  [TYPE.BIGVARBINARY, ['varbinary', 'length']],
  [TYPE.BIGCHAR, ['char', 'text']],
  [TYPE.BIGVARCHAR, ['varchar', 'text']],
  [TYPE.NCHAR, ['nchar', 'text']],
  [TYPE.NVARCHAR, ['nvarchar', 'text']],
])

/** The bytes of values whose length their type fixes, where a decoder wants to know it. */
const SIZES = new Map<number, number>([
  [TYPE.INT1, 1],
  [TYPE.INT2, 2],
  [TYPE.INT4, 4],
  [TYPE.INT8, 8],
  [TYPE.FLT4, 4],
  [TYPE.FLT8, 8],
  [TYPE.MONEY4, 4],
  [TYPE.MONEY, 8],
  [TYPE.DATETIM4, 4],
  [TYPE.DATETIME, 8],
])

function readType(
  input: ValueBytes,
  begin: number,
  columnDecoder: ColumnDecoder,
  writer: AvroWriter,
  scratch: AvroWriter,
): VariantType {
  const id = input.bytes[begin]!
  const base = BASE_TYPES.get(id)
  if (base === undefined) throw new SourceError(`a variant holds a value of the unknown type 0x${id.toString(16)}`)
  const [type, form] = base
  const { maxLength, precision, scale, collation } = readProperties(input, begin + 2, form)
  const wire = { id, framing: 0, size: SIZES.get(id) ?? maxLength, precision, scale, collation }
  const described = describeType({ type, maxLength, precision, scale })!
  const { logical } = described
  const declaration =
    collation === null ? described.declaration : `${described.declaration} collate ${formatCollation(collation)}`
  return { declaration, logical, decoder: columnDecoder(logical, wire, logical.kind === 'text' ? writer : scratch)! }
}

function readProperties(
  { bytes, view }: ValueBytes,
  at: number,
  form: 'none' | 'scale' | 'decimal' | 'length' | 'text',
) {
  const none = { maxLength: 0, precision: 0, scale: 0, collation: null }
  switch (form) {
    case 'none':
      return none
    case 'scale':
      return { ...none, scale: bytes[at]! }
    case 'decimal':
      return { ...none, precision: bytes[at]!, scale: bytes[at + 1]! }
    case 'length':
      return { ...none, maxLength: view.getUint16(at, true) }
    case 'text':
      // The collation first, then the greatest length in bytes.
      return { ...none, collation: Buffer.from(bytes.subarray(at, at + 5)), maxLength: view.getUint16(at + 5, true) }
  }
}

function cellText(cell: Cell, logical: LogicalType): string {
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  if (cell instanceof Uint8Array) return `0x${Buffer.from(cell).toString('hex')}`
  if (Object.is(cell, -0)) return '-0'
  return logical.kind === 'float' && logical.bits === 32 ? shortestSingle(Number(cell)) : String(cell)
}

/** The shortest text that reads back as the same single-precision value. */
function shortestSingle(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return String(shorter)
  }
  return String(Number(value.toPrecision(9)))
}

/** A string of characters below U+0080. */
function writeAscii(text: string, writer: AvroWriter): void {
  writer.writeInt(text.length)
  writer.offset += writer.bytes.write(text, writer.offset, 'latin1')
}
