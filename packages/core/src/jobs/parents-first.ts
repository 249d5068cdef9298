import type { Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'

/**
 * The tables in waves: each after all that it refers to, so that no row comes before its parent where foreign keys are there
 * already. Tables of one wave do not refer to one another and keep their order. A circle has no such order: it is begun
 * at one of its tables.
 */
export function parentsFirst<Planned extends { readonly source: Table }>(
  tables: readonly Planned[],
): readonly (readonly Planned[])[] {
  const waves: (readonly Planned[])[] = []
  let left = tables
  while (left.length > 0) {
    const wave = nextWave(left)
    waves.push(wave)
    const begun = new Set(wave)
    left = left.filter((table) => !begun.has(table))
  }
  return waves
}

function nextWave<Planned extends { readonly source: Table }>(left: readonly Planned[]): readonly Planned[] {
  const byName = new Map(left.map((table) => [fullName(table.source), table]))
  const parentIn = ({ source }: Planned) => parentsOf(source).find((parent) => byName.has(parent))
  const ready = left.filter((table) => parentIn(table) === undefined)
  if (ready.length > 0) return ready
  // Everyone waits for somebody, so the way from parent to parent comes back to where it was.
  const seen = new Set<Planned>()
  let table = left[0]!
  while (!seen.has(table)) {
    seen.add(table)
    table = byName.get(parentIn(table)!)!
  }
  return [table]
}

function parentsOf(table: Table): readonly string[] {
  const own = fullName(table)
  const parents = table.foreignKeys.filter(({ enabled }) => enabled).map(({ references }) => fullName(references))
  return [...new Set(parents)].filter((parent) => parent !== own)
}
