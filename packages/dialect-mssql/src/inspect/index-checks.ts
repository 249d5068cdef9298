import {
  type Finding,
  fullName,
  hasEveryKey,
  KeyHash,
  KeyInspection,
  type PlannedTable,
  placesOf,
  type RowCheck,
  WidthInspection,
} from '@albackup/core'
import { isKeyType } from '../plan/migration/key-types.ts'
import { foldedPlaces } from './collation.ts'

/** The longest entries ("Maximum capacity specifications for SQL Server"). */
const LONGEST_CLUSTERED = 900
const LONGEST_NONCLUSTERED = 1700

/** What has to be looked for, for the keys and indexes that the plan makes. A unique index over a part of the keys is left to the server. */
export function indexChecks(table: PlannedTable): readonly RowCheck[] {
  const { primaryKey, uniqueKeys, indexes } = table.source
  const owner = fullName(table.source)
  const ordinary = indexes.filter(({ enabled, method }) => enabled && (method === 'btree' || method === 'hash'))
  const parts = [
    ...(primaryKey === undefined ? [] : [{ kind: 'primary key', unique: true, ...primaryKey }]),
    ...uniqueKeys.map((key) => ({ kind: 'unique key', ...key, unique: true })),
    ...ordinary.map((index) => ({ kind: 'index', ...index, unique: index.unique && hasEveryKey(index) })),
  ]
  return parts.flatMap(({ kind, name, columns, unique }) => {
    const places = placesOf(
      table,
      columns.map((column) => column.name),
    )
    if (places === undefined || !places.every((place) => isKeyType(table.columns[place]!.type))) return []
    const object = `${owner}.${name}`
    const hash = () => new KeyHash(places, foldedPlaces(table, places))
    return [...(unique ? [new KeyInspection(kind, object, hash())] : []), entryWidth(kind, object, places)]
  })
}

function entryWidth(kind: string, object: string, places: readonly number[]): RowCheck {
  const longest = kind === 'primary key' ? LONGEST_CLUSTERED : LONGEST_NONCLUSTERED
  return new WidthInspection({
    longest,
    measure(row) {
      let length = 0
      for (const place of places) length += Math.max(0, row.lengthOf(place))
      return length
    },
    finding(count, widest): Finding {
      const entries = count === 1 ? 'an entry is' : `${count} entries are`
      const isLost = widest > LONGEST_NONCLUSTERED
      const fate = isLost ? 'is left out' : 'is nonclustered'
      const message = `${fate}: ${entries} longer than ${longest} bytes, up to ${widest}`
      return { severity: isLost ? 'lost' : 'changed', kind, object, message }
    },
  })
}
