import type { CharacterClass } from './character-classes.ts'
import { notUnderstood } from './token-cursor.ts'

/** What matches one character so many times; `most` is `least`, or Infinity. */
export interface Atom extends Pick<CharacterClass, 'pattern' | 'excluded'> {
  /** As CharacterClass has it; undefined where LIKE has none. */
  readonly others?: string
  /** The only character that it matches. */
  readonly character?: string
  readonly least: number
  readonly most: number
}

export type Row = readonly Atom[]

/** So many alternatives stand in one condition. */
const MOST_ROWS = 24

/** Each row with each behind it. */
export function combined(heads: readonly Row[], tails: readonly Row[]): readonly Row[] {
  const rows = heads.flatMap((head) => tails.map((tail) => [...head, ...tail]))
  return rows.length <= MOST_ROWS ? rows : notUnderstood()
}

/** Of a group without a bound LIKE has no idea. */
export function repeated(rows: readonly Row[], least: number, most: number): readonly Row[] {
  if (most === Number.POSITIVE_INFINITY || most < least) return notUnderstood()
  let times: readonly Row[] = [[]]
  const all: Row[] = []
  for (let count = 0; count <= most; count++) {
    if (count >= least) all.push(...times)
    if (count < most) times = combined(times, rows)
  }
  return all.length <= MOST_ROWS ? all : notUnderstood()
}
