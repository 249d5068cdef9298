import { type ColumnLosses, type Encoder, endOfValue } from './encoder.ts'
import { type HierarchyPath, hierarchyLabels, hierarchyText, readHierarchyId } from './hierarchyid.ts'

/** The version byte that an ltree begins with (ltree_io.c, "ltree_recv"). */
const LTREE_VERSION = 1

/** The path as text. Bytes that SQL Server would not have written are given in hexadecimal, and counted. */
export function hierarchyPathEncoder(losses: ColumnLosses): Encoder {
  return pathEncoder((path, bytes, count) => {
    if (path !== undefined) return Buffer.from(hierarchyText(path))
    count()
    return Buffer.from(`0x${bytes.toString('hex')}`)
  }, losses)
}

/** The path as an ltree, which holds nothing else. */
export function hierarchyTreeEncoder(losses: ColumnLosses): Encoder {
  return pathEncoder((path, bytes) => {
    if (path === undefined) throw losses.refuse(`0x${bytes.toString('hex')} is no path that SQL Server writes`)
    return Buffer.concat([Buffer.of(LTREE_VERSION), Buffer.from(hierarchyLabels(path))])
  }, losses)
}

type Write = (path: HierarchyPath | undefined, bytes: Buffer, count: () => void) => Buffer

function pathEncoder(write: Write, losses: ColumnLosses): Encoder {
  return {
    fields: 1,
    bound: 4,
    encode(from, to) {
      const begin = from.offset
      const end = endOfValue(from, from.readInt())
      const bytes = from.bytes.subarray(from.offset, end)
      from.offset = end
      const written = write(readHierarchyId(bytes), bytes, () => losses.count('no-hierarchyid', from, begin))
      to.reserve(written.length)
      to.writeBytes(written, 0, written.length)
    },
  }
}
