import type { Loss, PlannedTable, RestorePlan, Target } from '../dialect/dialect.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { sameFacts } from '../row/digest.ts'
import type { DifferentRow } from './different-rows.ts'
import type { LeftOutColumn } from './pair-columns.ts'
import { findPlanned, missingColumns } from './planned-parts.ts'
import type { BothFacts } from './restore-task.ts'

export interface TableProof {
  /** In the source: `schema.table`. */
  readonly source: string
  /** As the target writes it. */
  readonly target: string
  /** How many rows the backup has; null: the backup holds no rows. */
  readonly rows: number | null
  /** How many are there; null where they were not read: no such table, or one without all the columns. */
  readonly found: number | null
  readonly proven: boolean
  /** What the restore had to alter, which is no difference. */
  readonly losses: readonly Loss[]
  /** Some of the rows that differ, where that was asked for; A is the backup and B the target. */
  readonly differentRows: readonly DifferentRow[]
  /** Columns in which rows were not looked for. */
  readonly leftOut: readonly LeftOutColumn[]
  readonly sentence: string
}

/** Where a planned table is in the target. */
export interface Place {
  readonly planned: PlannedTable
  readonly target: string
  /** null: the target has no such table. */
  readonly there: Table | null
  readonly lacks: readonly string[]
}

export function placeOf(planned: PlannedTable, { existing }: RestorePlan, model: SchemaModel, session: Target): Place {
  const target = session.quote(planned.schema, planned.name)
  const there = existing.includes(target) ? (findPlanned(planned, model) ?? null) : null
  return { planned, target, there, lacks: there === null ? [] : missingColumns(planned, there) }
}

/** Of a backup that holds no rows. */
export function provenUnread({ planned, target, there }: Place): TableProof {
  const source = fullName(planned.source)
  const sentence = there === null ? noTable(source, target) : `table ${source}: it is there; the backup holds no rows`
  return { ...unread(source, target), rows: null, proven: there !== null, sentence }
}

/** `rows`: in the backup. */
export function notRead({ planned, target, there, lacks }: Place, rows: number): TableProof {
  const source = fullName(planned.source)
  const sentence =
    there === null
      ? noTable(source, target)
      : `table ${source}: not compared, the target lacks column ${lacks.join(', ')}`
  return { ...unread(source, target), rows, sentence }
}

export function proofOf({ planned, target }: Place, { expected, found }: BothFacts): TableProof {
  const source = fullName(planned.source)
  const proven = sameFacts(expected, found)
  return {
    ...unread(source, target),
    rows: expected.rows,
    found: found.rows,
    proven,
    losses: expected.losses,
    sentence: `table ${source}: ${rowsWords(expected.rows, found.rows, proven)}`,
  }
}

function rowsWords(expected: number, found: number, proven: boolean): string {
  const rows = `${expected} row${expected === 1 ? '' : 's'}`
  if (proven) return `${rows} in the target as in the backup`
  if (expected === found) return `${rows} in the target as in the backup, but not with the same values`
  return `${rows} in the backup and ${found} in the target`
}

function noTable(source: string, target: string): string {
  return `table ${source}: the target has no table ${target}`
}

function unread(source: string, target: string): TableProof {
  return {
    source,
    target,
    rows: null,
    found: null,
    proven: false,
    losses: [],
    differentRows: [],
    leftOut: [],
    sentence: '',
  }
}
