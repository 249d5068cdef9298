import type { Context } from '../dialect/dialect.ts'
import type { Plane } from '../model/normal-form.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { formatDigest, sameFacts } from '../row/digest.ts'
import type { RowFacts } from '../row/row-block.ts'
import { sameForm } from '../row/row-projection.ts'
import type { RowsWanted, SideRows } from './compared-side.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
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
  readonly sentence: string
}

export interface TableRows {
  readonly rows: number
  /** Of the columns that were compared, as 16 hexadecimal digits; null when only rows were counted. See row/digest.ts. */
  readonly digest: string | null
}

export interface LeftOutColumn {
  readonly column: string
  readonly reason: string
}

export interface RowComparison {
  readonly plane: Plane
  readonly context: Context
  readonly onEvent: EventListener
}

/** A table of A and its twin of B, and what of them can be compared. */
interface Pair {
  readonly table: string
  readonly a: RowsWanted
  readonly b: RowsWanted
  readonly leftOut: readonly LeftOutColumn[]
  readonly countsOnly: boolean
}

/** Both sides of a table are read at once, one table after another. */
export async function compareRows(
  tables: readonly (readonly [Table, Table])[],
  [a, b]: readonly [SideRows, SideRows],
  comparison: RowComparison,
): Promise<readonly TableComparison[]> {
  const pairs = tables.map(([one, other]) => pairOf(one, other, comparison.plane))
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
  pair: Pair,
  a: SideRows,
  b: SideRows,
  { context, onEvent }: RowComparison,
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
  return resultOf(pair, ofA, ofB)
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

function resultOf({ table, leftOut, countsOnly }: Pair, a: RowFacts, b: RowFacts): TableComparison {
  const rowsOf = ({ rows, digest }: RowFacts) => ({ rows, digest: countsOnly ? null : formatDigest(digest) })
  const same = countsOnly ? a.rows === b.rows : sameFacts(a, b)
  const verdict = !same ? 'different' : countsOnly ? 'same count' : 'equal'
  return { table, a: rowsOf(a), b: rowsOf(b), verdict, leftOut, sentence: sentenceOf(table, verdict, a, b) }
}

function sentenceOf(table: string, verdict: TableComparison['verdict'], a: RowFacts, b: RowFacts): string {
  const count = (rows: number) => (rows === 1 ? '1 row' : `${rows} rows`)
  if (verdict === 'equal') return `table ${table}: the same ${count(a.rows)} in both`
  if (a.rows !== b.rows) return `table ${table}: ${count(a.rows)} in A and ${b.rows} in B`
  if (verdict === 'same count') return `table ${table}: ${count(a.rows)} in both, their values not compared`
  return `table ${table}: ${count(a.rows)} in both, but not with the same values`
}

function pairOf(a: Table, b: Table, plane: Plane): Pair {
  const whole = { table: fullName(a), a: { table: a, columns: null }, b: { table: b, columns: null } }
  if (plane === 'neutral') return { ...whole, leftOut: [], countsOnly: true }
  const [ofA, ofB] = [storedColumns(a), storedColumns(b)]
  const columns = ofA.map((column) => ({ column, other: twinOf(column, ofB) }))
  const kept = columns.filter(({ column, other }) => reasonToLeaveOut(column, other) === null)
  const leftOut = [
    ...columns.flatMap(({ column, other }) => leftOutColumn(column.name, reasonToLeaveOut(column, other))),
    ...ofB.flatMap(({ name }) =>
      leftOutColumn(name, columns.some(({ other }) => other?.name === name) ? null : 'A does not store it'),
    ),
  ]
  if (leftOut.length === 0 && ofA.every((column, place) => sameBytes(column, ofB[place]))) {
    return { ...whole, leftOut, countsOnly: false }
  }
  return {
    table: fullName(a),
    a: { table: a, columns: kept.map(({ column }) => column.name) },
    b: { table: b, columns: kept.map(({ other }) => other!.name) },
    leftOut,
    countsOnly: kept.length === 0,
  }
}

function twinOf({ name }: Column, others: readonly Column[]): Column | undefined {
  const folded = name.toLowerCase()
  return others.find((one) => one.name === name) ?? others.find((one) => one.name.toLowerCase() === folded)
}

function reasonToLeaveOut(column: Column, other: Column | undefined): string | null {
  if (other === undefined) return 'B does not store it'
  if (column.logical.kind === 'rowversion' || other.logical.kind === 'rowversion') {
    return 'the server gives each row a new value whenever it is written'
  }
  return sameForm(column, other) ? null : 'values of these two types cannot be compared'
}

function leftOutColumn(column: string, reason: string | null): readonly LeftOutColumn[] {
  return reason === null ? [] : [{ column, reason }]
}

/** Whether the other column, at the same place, writes the same bytes for the same value, a null's mark included. */
function sameBytes(column: Column, other: Column | undefined): boolean {
  return (
    other !== undefined &&
    column.name.toLowerCase() === other.name.toLowerCase() &&
    column.nullable === other.nullable &&
    sameForm(column, other)
  )
}
