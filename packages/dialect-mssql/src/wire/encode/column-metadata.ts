import { FRAMING, TOKEN, TYPE } from '../protocol.ts'
import type { TypeInfo } from '../type-info.ts'
import type { TargetColumn } from './target-column.ts'

/** Bits of a column's flags ([MS-TDS] 2.2.7.4). A column that is sent may be written. */
const FLAG = { NULLABLE: 0x01, WRITABLE: 0x08, IDENTITY: 0x10 } as const

/** The COLMETADATA token that begins a bulk load. */
export function columnMetadata(columns: readonly TargetColumn[]): Buffer {
  const count = Buffer.alloc(3)
  count[0] = TOKEN.COLMETADATA
  count.writeUInt16LE(columns.length, 1)
  return Buffer.concat([count, ...columns.flatMap(describe)])
}

function describe({ name, type, nullable, identity }: TargetColumn): readonly Buffer[] {
  // A user type of four bytes, which is not looked at, and the flags.
  const head = Buffer.alloc(6)
  head.writeUInt16LE((nullable ? FLAG.NULLABLE : 0) | FLAG.WRITABLE | (identity ? FLAG.IDENTITY : 0), 4)
  const text = Buffer.from(name, 'utf16le')
  return [head, typeInfo(type), Buffer.of(text.length / 2), text]
}

/** TYPE_INFO of the types that sent-type.ts gives; the inverse of `readTypeInfo`. */
function typeInfo({ id, framing, size, precision, scale, collation }: TypeInfo): Buffer {
  if (framing === FRAMING.LONG_LENGTH)
    return Buffer.of(id, size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >>> 24)
  if (framing !== FRAMING.BYTE_LENGTH) return Buffer.from([id, size & 0xff, size >> 8, ...(collation ?? [])])
  switch (id) {
    case TYPE.DATEN:
      return Buffer.of(id)
    case TYPE.TIMEN:
    case TYPE.DATETIME2N:
    case TYPE.DATETIMEOFFSETN:
      return Buffer.of(id, scale)
    case TYPE.DECIMALN:
      return Buffer.of(id, size, precision, scale)
    default:
      return Buffer.of(id, size)
  }
}

/** DONE with nothing to say, which ends a bulk load. */
export function bulkDone(): Buffer {
  const done = Buffer.alloc(13)
  done[0] = TOKEN.DONE
  return done
}
