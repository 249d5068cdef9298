import type { ByteCursor } from './byte-cursor.ts'
import { TYPE } from './protocol.ts'
import { readTypeInfo, type TypeInfo } from './type-info.ts'

/** One column of a COLMETADATA token. */
export interface WireColumn {
  readonly name: string
  readonly type: TypeInfo
}

/** A count that says there is no metadata. */
const NO_METADATA = 0xffff

/** Reads a COLMETADATA token behind its type byte ([MS-TDS] 2.2.7.4); no meaning when the cursor has overrun. */
export function readColumnMetadata(cursor: ByteCursor): readonly WireColumn[] {
  const count = cursor.uint16()
  const columns: WireColumn[] = []
  if (count === NO_METADATA) return columns
  while (columns.length < count && !cursor.overrun) {
    // User type, and flags that the model knows better.
    cursor.skip(6)
    const type = readTypeInfo(cursor)
    if (type.id === TYPE.TEXT || type.id === TYPE.NTEXT || type.id === TYPE.IMAGE) skipTableName(cursor)
    columns.push({ name: cursor.shortText(), type })
  }
  return columns
}

function skipTableName(cursor: ByteCursor): void {
  const parts = cursor.uint8()
  for (let i = 0; i < parts; i++) cursor.longText()
}
