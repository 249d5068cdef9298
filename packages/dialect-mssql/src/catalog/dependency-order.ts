interface Numbered {
  readonly id: number
}

export interface Dependency {
  /** What needs … */
  readonly from: number
  /** … this. */
  readonly to: number
}

/** The objects with each behind those it needs, otherwise in the order they came; a circle is broken where it is entered. */
export function dependencyOrder<T extends Numbered>(
  objects: readonly T[],
  dependencies: readonly Dependency[],
): readonly T[] {
  const known = new Map(objects.map((object) => [object.id, object]))
  const needs = new Map<number, T[]>()
  for (const { from, to } of dependencies) {
    const needed = known.get(to)
    if (needed !== undefined) needs.set(from, [...(needs.get(from) ?? []), needed])
  }
  const position = new Map(objects.map((object, i) => [object.id, i]))
  const ordered: T[] = []
  const visited = new Set<number>()
  const visit = (object: T): void => {
    if (visited.has(object.id)) return
    visited.add(object.id)
    const needed = needs.get(object.id) ?? []
    for (const one of needed.sort((a, b) => position.get(a.id)! - position.get(b.id)!)) visit(one)
    ordered.push(object)
  }
  for (const object of objects) visit(object)
  return ordered
}
