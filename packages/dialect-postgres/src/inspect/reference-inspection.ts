import { type Finding, type ForeignKey, fullName, type PlannedTable, type RestorePlan } from '@albackup/core'
import type { EncodedRow } from './encoded-row.ts'
import type { IndexInspection } from './index-inspections.ts'
import { KeyHash } from './key-hash.ts'
import { KeySample } from './key-sample.ts'
import { foldedPlaces, placesOf } from './places.ts'

/** For all references together: about 80 MB of hashes. */
const MOST_KEYS_IN_ALL = 1 << 22
const FEWEST_KEYS = 1 << 12
const MOST_KEYS = 1 << 18

/**
 * Looks for keys of children that no parent has, as the target compares them. Only references between columns of the same type: others
 * are left to the server.
 */
export class ReferenceInspections {
  private readonly references: readonly Reference[]

  constructor({ tables }: RestorePlan) {
    const known = new Map(tables.map((table) => [fullName(table.source), table]))
    const keys = tables.flatMap((child) => child.source.foreignKeys.map((key) => ({ child, key })))
    const room = Math.max(FEWEST_KEYS, Math.min(MOST_KEYS, Math.floor(MOST_KEYS_IN_ALL / (2 * keys.length || 1))))
    this.references = keys.flatMap(({ child, key }) => {
      const parent = known.get(fullName(key.references))
      return parent === undefined || !key.enabled ? [] : referenceOf(child, parent, key, room)
    })
  }

  /** What has to see the rows of a table. */
  of(table: PlannedTable): readonly Pick<IndexInspection, 'take'>[] {
    return this.references.flatMap(({ child, parent, children, parents }) => [
      ...(child === table ? [children] : []),
      ...(parent === table ? [parents] : []),
    ])
  }

  /** `incomplete`: tables of which not every row was seen. */
  findings(incomplete: ReadonlySet<PlannedTable>): readonly Finding[] {
    return this.references.flatMap((reference) => (incomplete.has(reference.parent) ? [] : orphansOf(reference)))
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

  take(row: EncodedRow): void {
    if (this.hash.take(row)) this.keys.add(this.hash.low, this.hash.high)
  }
}

function referenceOf(child: PlannedTable, parent: PlannedTable, key: ForeignKey, room: number): readonly Reference[] {
  const own = placesOf(child, key.columns)
  const referenced = placesOf(parent, key.references.columns)
  if (own === undefined || referenced === undefined) return []
  const typeOf = (table: PlannedTable, place: number) =>
    table.columns[place]!.type.replace(/^varchar\(\d+\)/, 'varchar')
  if (own.some((place, i) => typeOf(child, place) !== typeOf(parent, referenced[i]!))) return []
  const collect = (table: PlannedTable, places: readonly number[]) =>
    new KeyCollection(new KeyHash(places, foldedPlaces(table, places)), room)
  const object = `${fullName(child.source)}.${key.name}`
  return [{ object, child, parent, children: collect(child, own), parents: collect(parent, referenced) }]
}

function orphansOf({ object, children, parents }: Reference): readonly Finding[] {
  const share = Math.max(children.keys.share, parents.keys.share)
  const orphans = children.keys.count((low, high) => (high & (share - 1)) === 0 && !parents.keys.has(low, high))
  if (orphans === 0) return []
  const compared = share === 1 ? '' : `; one key in ${share} was compared`
  const keys = orphans === 1 ? 'a key has' : `${orphans} keys have`
  const message = `holds for new rows only: ${keys} no parent, as PostgreSQL compares them${compared}`
  return [{ severity: 'changed', kind: 'foreign key', object, message }]
}
