import {
  CannotCarryError,
  type Column,
  type NativeFacts,
  type PlannedStatement,
  type PlannedTable,
  type Table,
} from '@albackup/core'
import { createTable } from '../ddl.ts'
import { quote, quoteText } from '../quote.ts'
import { usingSettings } from '../settings.ts'
import type { ValuePolicy } from '../value-policy.ts'
import { type ColumnDraft, planColumn } from './columns.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'
import { storageWords } from './storage.ts'

/** A table of the plan with what the other parts of the plan need to know of it. */
export interface TableDraft {
  readonly source: Table
  readonly planned: PlannedTable
  /** Its full name in the target, and in the source. */
  readonly name: string
  readonly object: string
  /** The columns of the source that it has. */
  readonly made: ReadonlySet<string>
  /** What its indexes are called, by their names in the source; those that are left out are not there. */
  readonly indexes: Map<string, string>
}

/**
 * The table with its columns, as a heap: rows come into a heap from many sides at once and with the least log, and each index,
 * the clustered one first, is sorted once when they are there.
 */
export function planTable(source: Table, planning: Planning): TableDraft {
  const { names, draft } = planning
  const { notANumber, time, text } = planning.policy
  const policy: ValuePolicy = { notANumber, time, collation: text.collation, migrated: !isOwn(planning) }
  const name = names.full(source)
  const object = sourceName(planning, source.schema, source.name)
  const columns = source.columns.flatMap((column) => planColumn(source, column, planning) ?? [])
  const facts = isOwn(planning) ? (source.native ?? {}) : {}
  draft.require('tables', tableStatement(source, { name, object, columns, facts }, planning))
  for (const sql of tableSettings(name, facts)) draft.add('tables', { kind: 'table setting', object, sql })
  reportKind(facts, object, planning)
  const planned = {
    source,
    ...names.of(source),
    columns: columns.flatMap((column) => column.planned ?? []),
    policy,
  }
  const made = new Set(columns.flatMap((column) => (column.definition === undefined ? [] : [column.source.name])))
  if (!isOwn(planning)) {
    const columnsMade = columns.flatMap((column) => (column.definition === undefined ? [] : (column.made ?? [])))
    draft.schema.table(names.of(source), columnsMade.length === 0 ? [INSTEAD_OF_COLUMNS] : columnsMade)
  }
  if (made.size === 0 && !('columnSet' in facts)) {
    draft.find('changed', 'table', object, `has a column ${NO_COLUMNS}: SQL Server has no table without`)
  }
  requireRoom(object, made.size, 'columnSet' in facts ? MOST_SPARSE_COLUMNS : MOST_COLUMNS)
  return { source, planned, name, object, made, indexes: new Map() }
}

/** The most columns a table has ("Maximum capacity specifications for SQL Server"); sparse ones apart. */
const MOST_COLUMNS = 1024
const MOST_SPARSE_COLUMNS = 30_000

function requireRoom(object: string, columns: number, most: number): void {
  if (columns <= most) return
  throw new CannotCarryError(
    `cannot restore table ${object}: it has ${columns} columns, and SQL Server has at most ${most}`,
    { hint: 'Leave columns out ("mapping": { "columns": … }), or the table, or split it in the source.' },
  )
}

interface TableParts {
  readonly name: string
  readonly object: string
  readonly columns: readonly ColumnDraft[]
  readonly facts: NativeFacts
}

/** Should the server refuse an expression, the table is made without its computed columns. */
function tableStatement(source: Table, parts: TableParts, planning: Planning): Omit<PlannedStatement, 'optional'> {
  const { name, object, columns, facts } = parts
  const storage = isHeap(source) ? storageWords(facts, object, planning) : ''
  const create = (kept: readonly ColumnDraft[]) =>
    usingSettings(tableOptions(source, object, planning), createTable(name, definitions(kept, facts), storage))
  const computed = columns.filter(({ planned }) => planned === undefined)
  const statement = { kind: 'table', object: name, sql: create(columns) }
  if (computed.length === 0 || computed.length === columns.length) return statement
  const list = computed.map((column) => quote(column.source.name)).join(', ')
  const message = `its computed columns ${list} are left out, the server refused them`
  return {
    ...statement,
    fallback: {
      sql: create(columns.filter(({ planned }) => planned !== undefined)),
      finding: { severity: 'lost', kind: 'computed column', object, message },
    },
  }
}

/** What a table has that would have none: one of edges may, and any of PostgreSQL. */
const NO_COLUMNS = '[no columns]'

export const INSTEAD_OF_COLUMNS: Column = {
  name: 'no columns',
  native: { declaration: 'bit' },
  logical: { kind: 'boolean' },
  nullable: true,
}

function definitions(columns: readonly ColumnDraft[], facts: NativeFacts): readonly string[] {
  const lines = columns.flatMap(({ definition }) => definition ?? [])
  const { columnSet } = facts
  if (columnSet !== undefined) {
    const { name, position } = columnSet as { readonly name: string; readonly position: number }
    lines.splice(position, 0, `${quote(name)} xml column_set for all_sparse_columns`)
  }
  return lines.length === 0 ? [`${NO_COLUMNS} bit null`] : lines
}

function isHeap({ primaryKey, uniqueKeys, indexes }: Table): boolean {
  return ![...(primaryKey ? [primaryKey] : []), ...uniqueKeys, ...indexes].some(({ clustered }) => clustered)
}

/** ANSI_PADDING is a property of each column, and of the statement that makes it: all of the table's, or none. */
function tableOptions(source: Table, object: string, planning: Planning): readonly string[] {
  if (!isOwn(planning)) return []
  const padded = source.columns.filter(({ native }) => /^(var)?(char|binary)\(\d/.test(native.declaration))
  const off = padded.filter(({ native }) => native.facts?.ansiPaddingOff === true)
  if (off.length > 0 && off.length < padded.length) {
    const list = off.map(({ name }) => quote(name)).join(', ')
    planning.draft.find('info', 'table', object, `keeps trailing blanks also in ${list}, made with ANSI_PADDING off`)
  }
  return [
    ...(off.length > 0 && off.length === padded.length ? ['ansi_padding'] : []),
    ...(source.native?.ansiNullsOff === true ? ['ansi_nulls'] : []),
  ]
}

function tableSettings(name: string, facts: NativeFacts): readonly string[] {
  const option = (word: string, value: number) => `exec sys.sp_tableoption ${quoteText(name)}, '${word}', '${value}'`
  return [
    ...(typeof facts.lockEscalation === 'string'
      ? [`alter table ${name} set (lock_escalation = ${facts.lockEscalation})`]
      : []),
    ...(typeof facts.textInRow === 'number' ? [option('text in row', facts.textInRow)] : []),
    ...(facts.largeValuesOutOfRow === true ? [option('large value types out of row', 1)] : []),
  ]
}

/** Tables that need what belongs to a server, or what no client may write, become ordinary ones. */
function reportKind(facts: NativeFacts, object: string, { draft }: Planning): void {
  const ordinary = (why: string) => draft.find('changed', 'table', object, `is an ordinary table: ${why}`)
  if (facts.memoryOptimized === true) ordinary('a memory-optimized one needs a filegroup of the server')
  if (facts.fileTable === true) ordinary('a FileTable needs FILESTREAM on the server')
  if (facts.ledger !== undefined) ordinary('the server alone writes what makes a ledger')
  if (facts.graph !== undefined) ordinary(`the server alone numbers the ${facts.graph}s of a graph`)
}
