import type { Finding, PlannedColumn, PlannedTable, RestorePlan } from '../dialect/dialect.ts'
import type { ForeignKey } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import type { InspectedRow, RowCheck } from './inspected-row.ts'
import { KeyHash } from './key-hash.ts'
import { WHERE_IT_IS } from './key-inspection.ts'
import { KeySample } from './key-sample.ts'
import { placesOf } from './places.ts'

/** For all references together: about 80 MB of hashes. */
const MOST_KEYS_IN_ALL = 1 << 22
const FEWEST_KEYS = 1 << 12
const MOST_KEYS = 1 << 18

/** How the target compares keys. */
export interface ReferenceRules {
  /** The engine, for people. */
  readonly engine: string
  /** Those of the places whose upper and lower case does not count. */
  foldedPlaces(table: PlannedTable, places: readonly number[]): readonly number[]
  /** Whether equal values of the two columns have equal keys. */
  comparable(child: PlannedColumn, parent: PlannedColumn): boolean
}

/**
 * Looks for keys of children that no parent has, as the target compares them. References between columns that cannot be compared
 * here are left to the server.
 */
export class ReferenceInspections {
  private readonly references: readonly Reference[]
  private readonly rules: ReferenceRules

  constructor({ tables }: RestorePlan, rules: ReferenceRules) {
    this.rules = rules
    const known = new Map(tables.map((table) => [fullName(table.source), table]))
    const keys = tables.flatMap((child) => child.source.foreignKeys.map((key) => ({ child, key })))
    const room = Math.max(FEWEST_KEYS, Math.min(MOST_KEYS, Math.floor(MOST_KEYS_IN_ALL / (2 * keys.length || 1))))
    this.references = keys.flatMap(({ child, key }) => {
      const parent = known.get(fullName(key.references))
      return parent === undefined || !key.enabled ? [] : referenceOf(child, parent, key, room, rules)
    })
  }

  /** What has to see the rows of a table. */
  of(table: PlannedTable): readonly Pick<RowCheck, 'take'>[] {
    return this.references.flatMap(({ child, parent, children, parents }) => [
      ...(child === table ? [children] : []),
      ...(parent === table ? [parents] : []),
    ])
  }

  /** `incomplete`: tables of which not every row was seen. */
  findings(incomplete: ReadonlySet<PlannedTable>): readonly Finding[] {
    const { engine } = this.rules
    return this.references.flatMap((reference) =>
      incomplete.has(reference.parent) ? [] : orphansOf(reference, engine),
    )
  }
}

interface Reference {
  readonly object: string
  readonly child: PlannedTable
  readonly parent: PlannedTable
  readonly children: KeyCollection
  readonly parents: KeyCollection
}

class KeyCollection {
  readonly keys: KeySample
  private readonly hash: KeyHash

  constructor(hash: KeyHash, room: number) {
    this.hash = hash
    this.keys = new KeySample(room)
  }

  take(row: InspectedRow): void {
    if (this.hash.take(row)) this.keys.add(this.hash.low, this.hash.high)
  }
}

function referenceOf(
  child: PlannedTable,
  parent: PlannedTable,
  key: ForeignKey,
  room: number,
  rules: ReferenceRules,
): readonly Reference[] {
  const own = placesOf(child, key.columns)
  const referenced = placesOf(parent, key.references.columns)
  if (own === undefined || referenced === undefined) return []
  const columnAt = (table: PlannedTable, place: number) => table.columns[place]!
  if (own.some((place, i) => !rules.comparable(columnAt(child, place), columnAt(parent, referenced[i]!)))) return []
  const collect = (table: PlannedTable, places: readonly number[]) =>
    new KeyCollection(new KeyHash(places, rules.foldedPlaces(table, places)), room)
  const object = `${fullName(child.source)}.${key.name}`
  return [{ object, child, parent, children: collect(child, own), parents: collect(parent, referenced) }]
}

function orphansOf({ object, children, parents }: Reference, engine: string): readonly Finding[] {
  const share = Math.max(children.keys.share, parents.keys.share)
  const orphans = children.keys.count((low, high) => (high & (share - 1)) === 0 && !parents.keys.has(low, high))
  if (orphans === 0) return []
  const compared = share === 1 ? '' : `; one key in ${share} was compared`
  const keys = orphans === 1 ? 'a key has' : `${orphans} keys have`
  const message = `holds for new rows only: ${keys} no parent, as ${engine} compares them${compared}; ${WHERE_IT_IS}`
  return [{ severity: 'changed', kind: 'foreign key', object, message }]
}
