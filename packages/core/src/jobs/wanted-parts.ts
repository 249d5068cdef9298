import { neutralName, unquoted } from '../model/neutral-form.ts'
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
  /** What is there and nothing's twin. */
  readonly beyond: readonly Wanted[]
}

/** Kinds that do the same for each other: a server may keep a unique key as a unique index. */
const GROUP: Readonly<Record<string, string>> = { 'unique key': 'index' }

/** What twins have in common, null: nothing by this. The first that finds one decides. */
const KEYS: readonly ((part: Part) => string | null)[] = [
  ({ name }) => name,
  ({ name }) => name.toLowerCase(),
  ({ kind, name }) => (kind === 'column' ? null : neutralName(unquoted(name))),
  ({ kind, over }) => (kind === 'column' ? null : over),
]

/**
 * Each wanted part with its twin: by its name, without case, blanks and underscores, or else one of another name over the same
 * columns. No part is the twin of two.
 */
export function pairWanted(wanted: readonly Part[], there: readonly Part[]): PairedParts<Part> {
  const twins = new Map<Part, Part>()
  let left = there
  for (const key of KEYS) {
    const found = byKey(left, key)
    for (const part of wanted) {
      const twin = twins.has(part) ? undefined : found.get(keyOf(part, key))?.shift()
      if (twin !== undefined) twins.set(part, twin)
    }
    const taken = new Set(twins.values())
    left = left.filter((part) => !taken.has(part))
  }
  return { pairs: [...twins], without: wanted.filter((part) => !twins.has(part)), beyond: left }
}

type ReadKey = (typeof KEYS)[number]

/** Those that have a key. */
function byKey(parts: readonly Part[], key: ReadKey): Map<string | null, Part[]> {
  const found = new Map<string | null, Part[]>()
  for (const part of parts.filter((one) => key(one) !== null)) {
    const own = keyOf(part, key)
    const same = found.get(own)
    if (same === undefined) found.set(own, [part])
    else same.push(part)
  }
  return found
}

function keyOf(part: Part, key: ReadKey): string | null {
  const own = key(part)
  return own === null ? null : `${groupOf(part)}\0${own}`
}

function groupOf({ kind }: Part): string {
  return GROUP[kind] ?? kind
}
