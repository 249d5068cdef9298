import { neutralName } from '../model/neutral-form.ts'
import type { Aspects } from '../model/normal-form.ts'

/** A part of a table as both sides have it: by its name and, where it has some, by the columns it is over. */
export interface Part {
  readonly kind: string
  readonly name: string
  /** Equal for equal columns; null: only the name tells. */
  readonly over: string | null
  readonly aspects: Aspects
}

export interface PairedParts<Wanted> {
  readonly pairs: readonly (readonly [Wanted, Wanted])[]
  /** What is wanted and has no twin. */
  readonly without: readonly Wanted[]
}

/** Kinds that do the same for each other: a server may keep a unique key as a unique index. */
const GROUP: Readonly<Record<string, string>> = { 'unique key': 'index' }

/** How a twin is looked for; the first that finds one decides. */
const SAME: readonly ((part: Part, other: Part) => boolean)[] = [
  (part, other) => part.name === other.name,
  (part, other) => part.name.toLowerCase() === other.name.toLowerCase(),
  (part, other) => part.kind !== 'column' && neutralName(part.name) === neutralName(other.name),
  (part, other) => part.kind !== 'column' && part.over !== null && part.over === other.over,
]

/**
 * Each wanted part with its twin: by its name, without case, blanks and underscores, or else one of another name over the same
 * columns. No part is the twin of two.
 */
export function pairWanted(wanted: readonly Part[], there: readonly Part[]): PairedParts<Part> {
  const left = [...there]
  const twins = new Map<Part, Part>()
  for (const same of SAME) {
    for (const part of wanted) {
      if (twins.has(part)) continue
      const place = left.findIndex((other) => groupOf(part) === groupOf(other) && same(part, other))
      if (place >= 0) twins.set(part, left.splice(place, 1)[0]!)
    }
  }
  return { pairs: [...twins], without: wanted.filter((part) => !twins.has(part)) }
}

function groupOf({ kind }: Part): string {
  return GROUP[kind] ?? kind
}
