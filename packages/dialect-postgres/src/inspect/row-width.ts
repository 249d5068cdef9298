import { fullName, type PlannedColumn, type PlannedTable, type RowCheck, WidthInspection } from '@albackup/core'

/** The longest row on a page of 8 kB (htup_details.h, MaxHeapTupleSize). */
const LONGEST_ROW = 8160
/** SizeofHeapTupleHeader, without the bits of NULLs. */
const HEADER = 23
const ALIGNMENT = 8

/** A value of more bytes is kept apart when a row is too long, and these stay of it (heaptoast.h, varatt.h). */
const LONGEST_KEPT = 23
const POINTER = 18

/** On disk; each begins at a multiple of its own size, but for uuid. */
const FIXED: Readonly<Record<string, number>> = {
  boolean: 1,
  smallint: 2,
  integer: 4,
  date: 4,
  real: 4,
  bigint: 8,
  'double precision': 8,
  time: 8,
  timestamp: 8,
  timestamptz: 8,
}
const UUID = 16

/** A numeric has 8 bytes before its digits when it is sent, and 2 on disk. */
const NUMERIC_SAVES = 6

/**
 * Rows that are too long for PostgreSQL even with all their long values kept apart, which takes some hundreds of columns; nothing for a
 * table that cannot have any. Values of computed columns are not counted.
 */
export function inspectRowWidth(table: PlannedTable): readonly RowCheck[] {
  const columns = table.columns.flatMap((column, place) => (column.omitted ? [] : [{ column, place }]))
  const most = columns.reduce((sum, { column }) => sum + mostOf(column), HEADER + table.source.columns.length / 8)
  if (most <= LONGEST_ROW - ALIGNMENT) return []
  const bits = Math.ceil(columns.reduce((sum, { column }) => sum + (column.companion ? 2 : 1), 0) / 8)
  return [
    new WidthInspection({
      longest: LONGEST_ROW,
      measure(row) {
        const hasNull = columns.some(({ place }) => row.lengthOf(place) < 0)
        let length = aligned(HEADER + (hasNull ? bits : 0), ALIGNMENT)
        for (const { column, place } of columns) length = endOf(column, row.lengthOf(place), length)
        return aligned(length, ALIGNMENT)
      },
      finding(count, widest) {
        const rows = count === 1 ? 'a row is' : `${count} rows are`
        const message = `${rows} longer than ${LONGEST_ROW} bytes, up to ${widest}, however much of it is kept apart; that ends the load`
        return { severity: 'blocks', kind: 'table', object: fullName(table.source), message }
      },
    }),
  ]
}

/** Where a value ends that follows what ends at `begin`. `length`: as it is sent, -1 for NULL. */
function endOf({ type, companion }: PlannedColumn, length: number, begin: number): number {
  if (length < 0) return begin
  const fixed = FIXED[wordOf(type)]
  const own = fixed === undefined ? begin + variableLength(type, length) : aligned(begin, fixed) + fixed
  return companion === undefined ? own : aligned(own, FIXED.smallint!) + FIXED.smallint!
}

function variableLength(type: string, length: number): number {
  const word = wordOf(type)
  if (word === 'uuid') return UUID
  const bytes = word === 'numeric' ? length - NUMERIC_SAVES : length
  return bytes > LONGEST_KEPT ? POINTER : bytes + 1
}

function mostOf({ type, companion }: PlannedColumn): number {
  const own = FIXED[wordOf(type)]
  return (own === undefined ? LONGEST_KEPT + 1 : 2 * own - 1) + (companion === undefined ? 0 : 3)
}

/** `timestamp(3)` as `timestamp`. */
function wordOf(type: string): string {
  return type.replace(/\(.*$/, '')
}

function aligned(offset: number, to: number): number {
  return Math.ceil(offset / to) * to
}
