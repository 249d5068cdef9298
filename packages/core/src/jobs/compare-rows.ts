import type { Context } from '../dialect/dialect.ts'
import type { Plane } from '../model/normal-form.ts'
import type { Table } from '../model/schema-model.ts'
import { formatDigest, sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import type { RowsWanted, SideRows } from './compared-side.ts'
import { type DifferentRow, findDifferentRows } from './different-rows.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { type ColumnPairs, type LeftOutColumn, pairColumns } from './pair-columns.ts'
import { retry } from './retry.ts'

/** How the rows of a table compare; plain data. */
export interface TableComparison {
  /** `schema.table`, as A has it. */
  readonly table: string
  readonly a: TableRows
  readonly b: TableRows
  /** 'same count': nothing but the number of rows was compared. */
  readonly verdict: 'equal' | 'same count' | 'different'
  /** Columns whose values were not compared. */
  readonly leftOut: readonly LeftOutColumn[]
  /** Some of the rows that differ, where that was asked for. */
  readonly differentRows: readonly DifferentRow[]
  readonly sentence: string
}

export interface TableRows {
  readonly rows: number
  /** Of the columns that were compared, as 16 hexadecimal digits; null when only rows were counted. See row/digest.ts. */
  readonly digest: string | null
}

export interface RowComparison {
  readonly plane: Plane
  /** So many rows of each table that differs are named, by its key; such a table is read twice more. */
  readonly showRows: number
  readonly context: Context
  readonly onEvent: EventListener
}

/** Both sides of a table are read at once, one table after another. */
export async function compareRows(
  tables: readonly (readonly [Table, Table])[],
  [a, b]: readonly [SideRows, SideRows],
  comparison: RowComparison,
): Promise<readonly TableComparison[]> {
  const pairs = tables.map(([one, other]) => pairColumns(one, other, comparison.plane))
  const expected = [await a.expect(pairs.map((pair) => pair.a)), await b.expect(pairs.map((pair) => pair.b))]
  comparison.onEvent({
    type: 'expect',
    tables: pairs.length,
    rows: expected.reduce((sum, { rows }) => sum + rows, 0),
    bytes: expected.reduce((sum, { bytes }) => sum + bytes, 0),
  })
  const results: TableComparison[] = []
  for (const pair of pairs) results.push(await comparePair(pair, a, b, comparison))
  return results
}

async function comparePair(
  pair: ColumnPairs,
  a: SideRows,
  b: SideRows,
  { context, onEvent, showRows }: RowComparison,
): Promise<TableComparison> {
  const { table } = pair
  const begun = performance.now()
  const read = { rows: 0, bytes: 0 }
  const progress = (rows: number, bytes: number) => {
    read.rows += rows
    read.bytes += bytes
    onEvent({ type: 'progress', table, rows, bytes })
  }
  stopWhenAborted(context.signal)
  onEvent({ type: 'table-begin', table })
  const [ofA, ofB] = await atOnce([a, b], (side, check) =>
    factsOf(side, side === a ? pair.a : pair.b, context, (rows, bytes) => {
      check()
      progress(rows, bytes)
    }),
  )
  onEvent({ type: 'table-end', table, ...read, seconds: (performance.now() - begun) / 1000 })
  const result = resultOf(pair, ofA, ofB)
  if (result.verdict !== 'different' || showRows === 0 || pair.countsOnly) return result
  return { ...result, differentRows: await findDifferentRows(pair, [a, b], { limit: showRows, context, onEvent }) }
}

/** Reads again from the beginning when the reading failed in a way that may pass. */
function factsOf(
  side: SideRows,
  wanted: RowsWanted,
  { signal, debug }: Context,
  onRead: (rows: number, bytes: number) => void,
): Promise<RowFacts> {
  const attempt = async () => {
    const read = { rows: 0, bytes: 0 }
    try {
      return await side.facts(wanted, ({ rows, bytes }) => {
        stopWhenAborted(signal)
        onRead(rows, bytes.length)
        read.rows += rows
        read.bytes += bytes.length
      })
    } catch (error) {
      onRead(-read.rows, -read.bytes)
      throw error
    }
  }
  return retry(attempt, signal, debug)
}

/** Does the same for both sides; when one fails the other ends at its next `check`, and the first failure is thrown. */
async function atOnce<Side, Result>(
  [a, b]: readonly [Side, Side],
  work: (side: Side, check: () => void) => Promise<Result>,
): Promise<readonly [Result, Result]> {
  const failures: unknown[] = []
  const check = () => {
    if (failures.length > 0) throw failures[0]
  }
  const guarded = (side: Side) =>
    work(side, check).catch((error: unknown) => {
      failures.push(error)
      throw failures[0]
    })
  const [one, other] = await Promise.allSettled([guarded(a), guarded(b)])
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value]
  throw failures[0]
}

function resultOf({ table, leftOut, countsOnly }: ColumnPairs, a: RowFacts, b: RowFacts): TableComparison {
  const rowsOf = ({ rows, digest }: RowFacts) => ({ rows, digest: countsOnly ? null : formatDigest(digest) })
  const same = countsOnly ? a.rows === b.rows : sameFacts(a, b)
  const verdict = !same ? 'different' : countsOnly ? 'same count' : 'equal'
  return {
    table,
    a: rowsOf(a),
    b: rowsOf(b),
    verdict,
    leftOut,
    differentRows: [],
    sentence: sentenceOf(table, verdict, a, b),
  }
}

function sentenceOf(table: string, verdict: TableComparison['verdict'], a: RowFacts, b: RowFacts): string {
  const count = (rows: number) => (rows === 1 ? '1 row' : `${rows} rows`)
  if (verdict === 'equal') return `table ${table}: the same ${count(a.rows)} in both`
  if (a.rows !== b.rows) return `table ${table}: ${count(a.rows)} in A and ${b.rows} in B`
  if (verdict === 'same count') return `table ${table}: ${count(a.rows)} in both, their values not compared`
  return `table ${table}: ${count(a.rows)} in both, but not with the same values`
}
