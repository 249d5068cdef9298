import type { Json, NativeFacts } from '@albackup/core'

/** Objects of the catalog by the number or the name of the object they belong to, in the order they came. */
export type ByParent<T, Parent = number> = ReadonlyMap<Parent, readonly T[]>

export function groupBy<Row, T, Parent extends number | string>(
  rows: readonly Row[],
  parent: (row: Row) => Parent,
  value: (row: Row) => T,
): ByParent<T, Parent> {
  const groups = new Map<Parent, T[]>()
  for (const row of rows) {
    const group = groups.get(parent(row))
    if (group === undefined) groups.set(parent(row), [value(row)])
    else group.push(value(row))
  }
  return groups
}

/** By code units: the same on every server, whatever its collation. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

export function byName<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  return [...objects].sort((one, other) => compareText(one.name, other.name))
}

export function byQualifiedName<T extends { readonly schema: string; readonly name: string }>(
  objects: readonly T[],
): readonly T[] {
  return [...objects].sort((one, other) => compareText(one.schema, other.schema) || compareText(one.name, other.name))
}

/** `{ native }` with the facts that are not what every object has (null, false); nothing when none is left. */
export function nativeFacts(facts: Readonly<Record<string, Json>>): { readonly native?: NativeFacts } {
  const kept = remarkable(facts)
  return kept === undefined ? {} : { native: kept }
}

/** The facts that are neither null nor false; undefined when none is left. */
export function remarkable(facts: Readonly<Record<string, Json>>): NativeFacts | undefined {
  const kept = Object.entries(facts).filter(([, value]) => value !== null && value !== false)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
