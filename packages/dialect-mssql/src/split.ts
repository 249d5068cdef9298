import type { Range, Table } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { type Boundary, orderStatement, rangesBetween } from './split/boundary.ts'
import { findBoundaries } from './split/find-boundaries.ts'
import { measure } from './split/size.ts'
import { splitKey } from './split/split-key.ts'

/** More files than this help nobody, however small the ranges are asked to be. */
const MOST_PARTS = 1000

/**
 * Ranges along the table's key that hold each row of `within` once, of about `targetBytes` each. [within] when the table is small, or has no
 * key that it could be split by.
 */
export async function split(
  catalog: Catalog,
  table: Table,
  targetBytes: number,
  within: Range | null,
): Promise<readonly (Range | null)[]> {
  const key = splitKey(table)
  if (key === undefined) return [within]
  const { rows, bytes } = await measure(catalog, table, within)
  const parts = Math.min(Math.ceil(bytes / targetBytes), rows, MOST_PARTS)
  if (parts < 2) return [within]
  const found = await findBoundaries({ catalog, table, key, within, rows, parts })
  return rangesBetween(await inOrder(catalog, found), key, within)
}

/**
 * Only the server knows the order of its collations and types, and ranges would overlap between boundaries that are out of it: so it
 * has the last word about the literals that the ranges are made of.
 */
async function inOrder({ query }: Catalog, boundaries: readonly Boundary[]): Promise<readonly Boundary[]> {
  let rest = boundaries
  while (rest.length > 1) {
    const [row = {}] = await query<Readonly<Record<string, number>>>(orderStatement(rest))
    const kept = rest.filter((_, i) => i === 0 || row[`o${i - 1}`] === 1)
    if (kept.length === rest.length) break
    rest = kept
  }
  return rest
}
