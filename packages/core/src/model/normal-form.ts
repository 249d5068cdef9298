/**
 * A schema as a tree of named parts whose facts are texts. Two schemas say the same, for the purpose they were normalised
 * for, exactly when their normal forms are deeply equal: names the server made up, orders that mean nothing and the name of
 * the database are not in it.
 */
export interface NormalPart {
  /** In words: 'table', 'column', 'foreign key', or what the dialect calls it. */
  readonly kind: string
  /** Pairs the part with that of another form; with `kind` it is unique among its siblings. */
  readonly key: string
  /** For people. */
  readonly name: string
  /** By their names in words; null: there is none. An aspect that is absent is null too. */
  readonly aspects: Aspects
  /** In canonical order, but for columns, whose order means something. */
  readonly parts: readonly NormalPart[]
}

export type Aspects = Readonly<Record<string, string | null>>

export interface NormalOptions {
  /**
   * 'native': in the words of the origin, nothing left out. 'neutral': what two dialects have in common: tables, columns with the
   * meaning of their types, primary, unique and foreign keys; names count without case, blanks and underscores.
   */
  readonly plane: Plane
  /** With the last values of identities and sequences, which change without the schema changing. */
  readonly values: boolean
  /** With what is made only on request: users, roles, permissions. */
  readonly onRequest: boolean
}

export type Plane = 'native' | 'neutral'

/** A part of no further parts. */
export function leaf(kind: string, key: string, name: string, aspects: Aspects): NormalPart {
  return { kind, key, name, aspects, parts: [] }
}

/** The parts by kind and key; parts of the same kind and key, which only case tells apart, are numbered. */
export function inOrder(parts: readonly NormalPart[]): readonly NormalPart[] {
  const sorted = [...parts].sort(
    (one, other) =>
      compareText(one.kind, other.kind) || compareText(one.key, other.key) || compareText(one.name, other.name),
  )
  return numbered(sorted)
}

/** The same without the order. */
export function numbered(parts: readonly NormalPart[]): readonly NormalPart[] {
  const seen = new Map<string, number>()
  return parts.map((part) => {
    const identity = `${part.kind}\0${part.key}`
    const count = (seen.get(identity) ?? 0) + 1
    seen.set(identity, count)
    return count === 1 ? part : { ...part, key: `${part.key}\0${count}` }
  })
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
