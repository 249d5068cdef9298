import type { Plane } from '../model/normal-form.ts'
import { type Column, storedColumns, type Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { sameForm } from '../row/row-projection.ts'
import type { RowsWanted } from './compared-side.ts'

export interface LeftOutColumn {
  readonly column: string
  readonly reason: string
}

/** A table of A and its twin of B, and what of them can be compared. */
export interface ColumnPairs {
  readonly table: string
  readonly a: RowsWanted
  readonly b: RowsWanted
  readonly leftOut: readonly LeftOutColumn[]
  /** No column can be compared. */
  readonly countsOnly: boolean
}

export function pairColumns(a: Table, b: Table, plane: Plane): ColumnPairs {
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
