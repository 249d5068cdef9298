import type { PlannedColumn, PlannedTable } from '@albackup/core'
import { valuePolicy } from '../value-policy.ts'

/** The collation of a column of text of the plan; 'database' where none is said. */
export function collationOf({ type }: Pick<PlannedColumn, 'type'>, table: Pick<PlannedTable, 'policy'>): string {
  return / collate (\w+)$/.exec(type)?.[1] ?? valuePolicy(table).collation
}

/** Those of the places whose texts the target takes for the same whatever their case. */
export function foldedPlaces(table: PlannedTable, places: readonly number[]): readonly number[] {
  return places.filter((place) => {
    const column = table.columns[place]!
    return /^n?(var)?char\b/.test(column.type) && ignoresCase(collationOf(column, table))
  })
}

/** A database is believed to be as it is when nobody says otherwise. */
function ignoresCase(collation: string): boolean {
  return collation === 'database' || /_CI(_|$)/i.test(collation)
}

const UTF8 = Buffer.from('0904d02400', 'hex')
const LATIN1 = Buffer.from('0904d00034', 'hex')

/**
 * 5 bytes of a collation with the code page of the named one, as far as names tell it without a server; they matter to texts of
 * 8-bit units only.
 */
export function collationBytes(collation: string): Buffer {
  return /_UTF8$/i.test(collation) ? UTF8 : LATIN1
}
