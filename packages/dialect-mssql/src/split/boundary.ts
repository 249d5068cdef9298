import type { Range } from '@albackup/core'
import { quote } from '../quote.ts'
import type { SplitKey } from './split-key.ts'

/** Where one range ends and the next begins, as literals of one or two columns of the key. It belongs to the range that it ends. */
export interface Boundary {
  readonly first: string
  readonly second?: string
}

/**
 * The conditions between the boundaries, which are in the order of the key. Each row fulfils exactly one of them, wherever
 * the boundaries are: what is `<=` one for a range is `>` it for the next, and NULL is in the first.
 */
export function rangesBetween(
  boundaries: readonly Boundary[],
  key: SplitKey,
  within: Range | null,
): readonly (Range | null)[] {
  if (boundaries.length === 0) return [within]
  const ends = [...boundaries, undefined]
  return ends.map((end, i) => {
    const begin = boundaries[i - 1]
    const conditions = [begin && above(begin, key), end && upTo(end, key, begin === undefined)]
    return { predicate: conjoin(conditions.filter((one) => one !== undefined).join(' and '), within) }
  })
}

function above({ first, second }: Boundary, key: SplitKey): string {
  const a = nameOf(key)
  if (second === undefined) return `${a} > ${first}`
  return `${a} >= ${first} and (${a} > ${first} or ${secondNameOf(key)} > ${second})`
}

function upTo({ first, second }: Boundary, key: SplitKey, withNull: boolean): string {
  const a = nameOf(key)
  if (second !== undefined) return `${a} <= ${first} and (${a} < ${first} or ${secondNameOf(key)} <= ${second})`
  return withNull && key.first.column.nullable ? `(${a} <= ${first} or ${a} is null)` : `${a} <= ${first}`
}

/** On lines of its own, because it may end in a comment. */
function conjoin(condition: string, within: Range | null): string {
  return within === null ? condition : `${condition} and (\n${within.predicate}\n)`
}

function nameOf({ first }: SplitKey): string {
  return quote(first.column.name)
}

function secondNameOf({ second }: SplitKey): string {
  return quote(second!.column.name)
}

/** A column for each pair of neighbours: 1 when they are in order, as the server itself compares them. */
export function orderStatement(boundaries: readonly Boundary[]): string {
  const pairs = boundaries
    .slice(1)
    .map((next, i) => `case when ${isBefore(boundaries[i]!, next)} then 1 else 0 end as [o${i}]`)
  return `select ${pairs.join(',\n  ')}`
}

function isBefore(one: Boundary, next: Boundary): string {
  if (one.second === undefined || next.second === undefined) return `${one.first} < ${next.first}`
  return `${one.first} < ${next.first} or (${one.first} = ${next.first} and ${one.second} < ${next.second})`
}
