import {
  fullName,
  hasEveryKey,
  type Index,
  KeyHash,
  KeyInspection,
  type LogicalType,
  type PlannedColumn,
  type PlannedTable,
  placesOf,
  type RowCheck,
} from '@albackup/core'
import { keptIncluded } from '../plan/indexes.ts'
import { isCaseless } from '../plan/uniqueness.ts'
import { parsePolicy } from '../policy.ts'
import { foldedPlaces } from './folded-places.ts'
import { inspectWidth } from './width-inspection.ts'

/** What has to be looked for, for the keys and indexes that the plan makes. A unique index over a part of the keys is left to the server. */
export function indexInspections(table: PlannedTable): readonly RowCheck[] {
  const { primaryKey, uniqueKeys, indexes } = table.source
  const owner = fullName(table.source)
  const keys = [
    ...(primaryKey === undefined ? [] : [{ kind: 'primary key', ...primaryKey }]),
    ...uniqueKeys.map((key) => ({ kind: 'unique key', ...key })),
  ]
  const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name)
  return [
    ...keys.flatMap(({ kind, name, columns }) => inspectKey(table, kind, `${owner}.${name}`, names(columns), true)),
    ...indexes.flatMap((index) => inspectIndex(table, index, `${owner}.${index.name}`)),
  ]
}

function inspectIndex(table: PlannedTable, index: Index, object: string): readonly RowCheck[] {
  if (!index.enabled || index.method !== 'btree') return []
  const columns = index.columns.map(({ name }) => name)
  const included = keptIncluded(table.source, index)
  const isUnique = index.unique && hasEveryKey(index)
  if (included.length === 0) return inspectKey(table, 'index', object, columns, isUnique)
  const all = placesOf(table, [...columns, ...included])
  const unique = isUnique ? inspectKey(table, 'index', object, columns, true) : []
  if (all === undefined || !canBeWide(table, all)) return unique
  const fate = { severity: 'changed', message: 'has no included columns' } as const
  return [...unique, inspectWidth('index', object, all, fate)]
}

function inspectKey(
  table: PlannedTable,
  kind: string,
  object: string,
  columns: readonly string[],
  unique: boolean,
): readonly RowCheck[] {
  const places = placesOf(table, columns)
  if (places === undefined) return []
  const fate = { severity: 'lost', message: 'is left out' } as const
  return [
    ...(unique ? inspectUniqueness(table, kind, object, places) : []),
    ...(canBeWide(table, places) ? [inspectWidth(kind, object, places, fate)] : []),
  ]
}

/** Where another index sees to the case of texts, it is looked at beside the key. */
function inspectUniqueness(
  table: PlannedTable,
  kind: string,
  object: string,
  places: readonly number[],
): readonly RowCheck[] {
  const { ignoreCase } = parsePolicy(table.policy ?? {}).text
  const inspect = (of: string, name: string, folded: readonly number[]) =>
    new KeyInspection(of, name, new KeyHash(places, folded))
  const key = inspect(kind, object, foldedPlaces(table, places))
  const lower = ignoreCase === 'lower' ? places.filter((place) => isCaseless(table.columns[place]!.source.logical)) : []
  return lower.length === 0 ? [key] : [key, inspect('index', `${object} whatever the case`, lower)]
}

/** Well below the length of an entry, so that heads and alignment need not be counted. */
const SURELY_NARROW = 2400

function canBeWide({ columns }: PlannedTable, places: readonly number[]): boolean {
  return places.reduce((sum, place) => sum + greatestLength(columns[place]!), 0) > SURELY_NARROW
}

const LONGEST_FIXED = 40

function greatestLength({ source }: PlannedColumn): number {
  const logical: LogicalType = source.logical
  switch (logical.kind) {
    case 'text':
      return logical.length === null ? Number.POSITIVE_INFINITY : logical.length * 4
    case 'binary':
      return logical.length ?? Number.POSITIVE_INFINITY
    case 'xml':
    case 'json':
    case 'variant':
      return Number.POSITIVE_INFINITY
    default:
      return LONGEST_FIXED
  }
}
