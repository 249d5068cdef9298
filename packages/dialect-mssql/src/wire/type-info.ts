import { SourceError } from '@albackup/core'
import type { ByteCursor } from './byte-cursor.ts'
import { FRAMING, TYPE } from './protocol.ts'
import { timeLength } from './time-length.ts'

/** TYPE_INFO: [MS-TDS] section 2.2.5.6. */
export interface TypeInfo {
  readonly id: number
  /** A length, or one of FRAMING. */
  readonly framing: number
  /** The greatest length of a value in bytes; 0 when the type does not tell. */
  readonly size: number
  readonly precision: number
  readonly scale: number
  /** The 5 bytes of a COLLATION, for char, varchar, text and their national twins. */
  readonly collation: Buffer | null
}

const PLAIN = { size: 0, precision: 0, scale: 0, collation: null } as const

/** A length of 0xFFFF says (max). */
const MAX = 0xffff

const FIXED_LENGTHS = new Map<number, number>([
  [TYPE.INT1, 1],
  [TYPE.BIT, 1],
  [TYPE.INT2, 2],
  [TYPE.INT4, 4],
  [TYPE.DATETIM4, 4],
  [TYPE.FLT4, 4],
  [TYPE.MONEY4, 4],
  [TYPE.MONEY, 8],
  [TYPE.DATETIME, 8],
  [TYPE.FLT8, 8],
  [TYPE.INT8, 8],
])

/** Reads a TYPE_INFO. What it gives has no meaning when the cursor has overrun. Throws when the type is unknown. */
export function readTypeInfo(cursor: ByteCursor): TypeInfo {
  const id = cursor.uint8()
  const fixed = FIXED_LENGTHS.get(id)
  if (fixed !== undefined) return { ...PLAIN, id, framing: fixed, size: fixed }
  switch (id) {
    case TYPE.DATEN:
      return { ...PLAIN, id, framing: FRAMING.BYTE_LENGTH, size: 3 }
    case TYPE.TIMEN:
    case TYPE.DATETIME2N:
    case TYPE.DATETIMEOFFSETN:
      return readTime(cursor, id)
    case TYPE.GUID:
    case TYPE.INTN:
    case TYPE.BITN:
    case TYPE.FLTN:
    case TYPE.MONEYN:
    case TYPE.DATETIMN:
      return { ...PLAIN, id, framing: FRAMING.BYTE_LENGTH, size: cursor.uint8() }
    case TYPE.DECIMALN:
    case TYPE.NUMERICN:
      return { ...PLAIN, id, framing: FRAMING.BYTE_LENGTH, ...readDecimal(cursor) }
    case TYPE.BIGBINARY:
    case TYPE.BIGVARBINARY: {
      const size = cursor.uint16()
      return { ...PLAIN, id, framing: framingOf(size), size }
    }
    case TYPE.BIGCHAR:
    case TYPE.BIGVARCHAR:
    case TYPE.NCHAR:
    case TYPE.NVARCHAR: {
      const size = cursor.uint16()
      return { ...PLAIN, id, framing: framingOf(size), size, collation: cursor.copy(5) }
    }
    case TYPE.TEXT:
    case TYPE.NTEXT:
      return { ...PLAIN, id, framing: FRAMING.TEXT_POINTER, size: cursor.uint32(), collation: cursor.copy(5) }
    case TYPE.IMAGE:
      return { ...PLAIN, id, framing: FRAMING.TEXT_POINTER, size: cursor.uint32() }
    case TYPE.SSVARIANT:
      return { ...PLAIN, id, framing: FRAMING.LONG_LENGTH, size: cursor.uint32() }
    case TYPE.XML:
      skipXmlInfo(cursor)
      return { ...PLAIN, id, framing: FRAMING.PARTS }
    case TYPE.UDT:
      return readUdtInfo(cursor, id)
    default:
      if (cursor.overrun) return { ...PLAIN, id, framing: 1 }
      throw new SourceError(`the server sent a value of the unknown type 0x${id.toString(16)}`)
  }
}

function framingOf(size: number): number {
  return size === MAX ? FRAMING.PARTS : FRAMING.SHORT_LENGTH
}

/** The type tells its fractional digits; the bytes of a value follow from them. */
function readTime(cursor: ByteCursor, id: number): TypeInfo {
  const scale = cursor.uint8()
  const more = id === TYPE.TIMEN ? 0 : id === TYPE.DATETIME2N ? 3 : 5
  return { ...PLAIN, id, framing: FRAMING.BYTE_LENGTH, scale, size: timeLength(scale) + more }
}

function readDecimal(cursor: ByteCursor): { size: number; precision: number; scale: number } {
  return { size: cursor.uint8(), precision: cursor.uint8(), scale: cursor.uint8() }
}

/** XML_INFO: section 2.2.5.5.3. */
function skipXmlInfo(cursor: ByteCursor): void {
  const schemaPresent = cursor.uint8()
  if (schemaPresent === 0) return
  cursor.shortText()
  cursor.shortText()
  cursor.longText()
}

/** UDT_INFO in COLMETADATA: section 2.2.5.5.2. Values are always sent in parts. */
function readUdtInfo(cursor: ByteCursor, id: number): TypeInfo {
  const size = cursor.uint16()
  cursor.shortText()
  cursor.shortText()
  cursor.shortText()
  cursor.longText()
  return { ...PLAIN, id, framing: FRAMING.PARTS, size }
}
