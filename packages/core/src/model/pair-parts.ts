import type { NormalPart } from './normal-form.ts'

/** Kinds whose parts are the same thing under another name when nothing but the name differs. */
const RENAMED = new Set(['unique key', 'foreign key', 'check', 'index'])

/**
 * The parts of A, in their order, with those of B that are the same thing: of the same kind and key, or else renamed.
 */
export function pairParts(a: readonly NormalPart[], b: readonly NormalPart[]): ReadonlyMap<NormalPart, NormalPart> {
  const byIdentity = new Map(b.map((part) => [identityOf(part), part]))
  const same = new Map(a.flatMap((part) => pairWith(part, byIdentity.get(identityOf(part)))))
  const taken = new Set(same.values())
  const left = b.filter((part) => !taken.has(part) && RENAMED.has(part.kind))
  return new Map(a.flatMap((part) => pairWith(part, same.get(part) ?? takeRenamed(part, left))))
}

function pairWith(part: NormalPart, twin: NormalPart | undefined): readonly (readonly [NormalPart, NormalPart])[] {
  return twin === undefined ? [] : [[part, twin]]
}

/** Takes the twin out of `left`, so that nothing else is paired with it. */
function takeRenamed(part: NormalPart, left: NormalPart[]): NormalPart | undefined {
  if (part.aspects.name === undefined) return undefined
  const place = left.findIndex((other) => other.kind === part.kind && factsOf(other) === factsOf(part))
  return place < 0 ? undefined : left.splice(place, 1)[0]
}

function factsOf({ aspects: { name: _, ...facts } }: NormalPart): string {
  return JSON.stringify(Object.entries(facts).sort())
}

function identityOf({ kind, key }: NormalPart): string {
  return `${kind}\0${key}`
}
