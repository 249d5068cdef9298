import type { Context } from '../dialect/dialect.ts'
import type { Side } from '../model/difference.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import type { SideRows } from './compared-side.ts'
import { type CellText, cellTexts, rowWords, shown } from './different-row-text.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import type { ColumnPairs } from './pair-columns.ts'
import { chooseBuckets, RowBuckets } from './row-buckets.ts'

/** One row that only one side has, or that has other values there; plain data. Long values are cut. */
export interface DifferentRow {
  /** The columns of the primary key, or all that were compared when there is none. */
  readonly key: readonly CellText[]
  /** The side that has it; null: both, with other values. */
  readonly only: Side | null
  /** The columns that differ, by their names in A; empty when only one side has the row. null is NULL. */
  readonly values: readonly { readonly column: string; readonly a: string | null; readonly b: string | null }[]
  readonly sentence: string
}

export interface DifferentRowSearch {
  readonly limit: number
  readonly context: Context
  readonly onEvent: EventListener
}

/** The rows of one side, key first. */
interface KeyedSide {
  readonly rows: SideRows
  readonly table: Table
  readonly columns: readonly Column[]
  /** How many of the columns are the key. */
  readonly keyLength: number
}

/**
 * Some rows in which the sides differ, at most `limit`. Each side is read twice: first the rows are summed up by buckets of
 * their keys, then those of a few buckets that differ are kept and compared; memory does not grow with the table.
 */
export async function findDifferentRows(
  pair: ColumnPairs,
  [a, b]: readonly [SideRows, SideRows],
  search: DifferentRowSearch,
): Promise<readonly DifferentRow[]> {
  const sides = keyedSides(pair, a, b)
  const table = `${pair.table} (rows that differ)`
  const begun = performance.now()
  search.onEvent({ type: 'table-begin', table })
  const sums = [await sumUp(sides[0], table, search), await sumUp(sides[1], table, search)] as const
  const chosen = chooseBuckets(sums[0], sums[1], search.limit)
  const kept = [await keep(sides[0], chosen, table, search), await keep(sides[1], chosen, table, search)] as const
  search.onEvent({ type: 'table-end', table, rows: 0, bytes: 0, seconds: (performance.now() - begun) / 1000 })
  return compareKept(sides, kept, search.limit)
}

async function sumUp(side: KeyedSide, table: string, search: DifferentRowSearch): Promise<RowBuckets> {
  const buckets = new RowBuckets(side.table, side.columns, side.keyLength)
  for await (const block of side.rows.blocks(side.table)) {
    stopWhenAborted(search.context.signal)
    buckets.sumUp(block)
    search.onEvent({ type: 'progress', table, rows: block.rows, bytes: block.bytes.length })
  }
  return buckets
}

/** By their keys: each row, one byte a character, and how often it is there. */
type KeptRows = ReadonlyMap<string, ReadonlyMap<string, number>>

async function keep(
  side: KeyedSide,
  chosen: ReadonlySet<number>,
  table: string,
  search: DifferentRowSearch,
): Promise<KeptRows> {
  const buckets = new RowBuckets(side.table, side.columns, side.keyLength)
  const kept = new Map<string, Map<string, number>>()
  const add = (key: string, row: string) => {
    const rows = kept.get(key)
    if (rows === undefined) kept.set(key, new Map([[row, 1]]))
    else rows.set(row, (rows.get(row) ?? 0) + 1)
  }
  for await (const block of side.rows.blocks(side.table)) {
    stopWhenAborted(search.context.signal)
    buckets.find(block, chosen, add)
    search.onEvent({ type: 'progress', table, rows: block.rows, bytes: block.bytes.length })
  }
  return kept
}

function compareKept(
  [a, b]: readonly [KeyedSide, KeyedSide],
  [ofA, ofB]: readonly [KeptRows, KeptRows],
  limit: number,
): readonly DifferentRow[] {
  const found = [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((key) => {
    const onlyA = surplus(ofA.get(key), ofB.get(key), limit)
    const onlyB = surplus(ofB.get(key), ofA.get(key), limit)
    return Array.from({ length: Math.max(onlyA.length, onlyB.length) }, (_, i) =>
      differentRow(a, b, onlyA[i], onlyB[i]),
    )
  })
  const collator = new Intl.Collator('en', { numeric: true })
  return found.sort((one, other) => collator.compare(one.sentence, other.sentence)).slice(0, limit)
}

/** The rows that one side has more often than the other, at most `limit` of each. */
function surplus(
  rows: ReadonlyMap<string, number> = new Map(),
  others: ReadonlyMap<string, number> = new Map(),
  limit: number,
): readonly Buffer[] {
  return [...rows].flatMap(([row, count]) => {
    const more = Math.max(count - (others.get(row) ?? 0), 0)
    return Array.from({ length: Math.min(more, limit) }, () => Buffer.from(row, 'latin1'))
  })
}

function differentRow(a: KeyedSide, b: KeyedSide, rowA?: Buffer, rowB?: Buffer): DifferentRow {
  const cellsA = rowA && cellTexts(rowA, a.columns)
  const cellsB = rowB && cellTexts(rowB, b.columns)
  const key = (cellsA ?? cellsB ?? []).slice(0, a.keyLength)
  const only = cellsA === undefined ? 'B' : cellsB === undefined ? 'A' : null
  const values = a.columns.flatMap(({ name }, place) => {
    const [before, after] = [cellsA?.[place]?.value ?? null, cellsB?.[place]?.value ?? null]
    return only !== null || before === after ? [] : [{ column: name, a: shown(before), b: shown(after) }]
  })
  const row = { key: key.map(({ column, value }) => ({ column, value: shown(value) })), only, values } as const
  return { ...row, sentence: rowWords(row) }
}

/** The columns that are compared, those of the primary key of A first. */
function keyedSides(pair: ColumnPairs, a: SideRows, b: SideRows): readonly [KeyedSide, KeyedSide] {
  const columnsOf = ({ table, columns }: ColumnPairs['a']) => {
    const stored = storedColumns(table)
    return columns === null ? stored : columns.map((name) => stored.find((column) => column.name === name)!)
  }
  const [ofA, ofB] = [columnsOf(pair.a), columnsOf(pair.b)]
  const names = pair.a.table.primaryKey?.columns.map(({ name }) => name) ?? []
  const keyPlaces = names.map((name) => ofA.findIndex((column) => column.name === name))
  const hasKey = keyPlaces.length > 0 && !keyPlaces.includes(-1)
  const others = ofA.map((_, place) => place).filter((place) => !hasKey || !keyPlaces.includes(place))
  const order = hasKey ? [...keyPlaces, ...others] : others
  const keyed = (rows: SideRows, table: Table, columns: readonly Column[]): KeyedSide => {
    const ordered = order.map((place) => columns[place]!)
    return { rows, table, columns: ordered, keyLength: hasKey ? keyPlaces.length : ordered.length }
  }
  return [keyed(a, pair.a.table, ofA), keyed(b, pair.b.table, ofB)]
}
