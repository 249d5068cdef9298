import { CannotCarryError, type Column, fullName as sourceName, type Table } from '@albackup/core'
import { type ColumnDefinition, createTable, fullName } from '../ddl.ts'
import { quote } from '../quote.ts'
import { boundsConditions, isNullable, planColumns } from './columns.ts'
import { type ComputedColumns, planComputed } from './computed.ts'
import { identityWords, planIdentity } from './identities.ts'
import { madeCheck, madeColumns } from './made-columns.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

/** The most columns a table has (htup_details.h, MaxHeapAttributeNumber). */
const MOST_COLUMNS = 1600

/** The table with its columns; keys and all else come when the rows are there. */
export function planTable(table: Table, domains: ReadonlyMap<string, string>, planning: Planning): TableDraft {
  const target = planning.names.table(table)!
  const { names, draft: report } = planning
  report.renamed('table', sourceName(table), names.wanted(sourceName(table), table.name), target.name)
  const columns = planColumns(table, domains, planning)
  const there = columns.filter(({ omitted }) => !omitted)
  const stored = new Map(there.map((column) => [column.source.name, column.name]))
  const computed = planComputed(table, stored, planning)
  const draft = { source: table, target, columns, carried: new Map([...stored, ...computed.names]) }
  createTableStatements(draft, computed, planning)
  for (const column of there) planIdentity(draft, column, planning)
  return draft
}

/** Should the server refuse an expression all the same, the table is made without its computed columns. */
function createTableStatements(
  table: TableDraft,
  { definitions: computed, made }: ComputedColumns,
  planning: Planning,
): void {
  const { source, target } = table
  const { schema } = planning.draft
  const definitions = source.columns.flatMap((column) => columnDefinitions(table, column, computed))
  if (definitions.length > MOST_COLUMNS) {
    throw new CannotCarryError(
      `cannot restore table ${sourceName(source)}: it needs ${definitions.length} columns, and PostgreSQL has at most ${MOST_COLUMNS}`,
      { hint: 'Leave the table out with --exclude, or split it in the source.' },
    )
  }
  const checks = planBounds(table, planning)
  schema.table(
    target,
    source.columns.flatMap((column) => madeColumns(table, column, made)),
  )
  for (const { name, condition } of checks) schema.check(target, madeCheck(name, condition, true))
  const statement = { kind: 'table', object: fullName(target), sql: createTable(target, definitions, checks) }
  if (computed.size === 0) {
    planning.draft.require('tables', statement)
    return
  }
  const without = definitions.filter((definition) => ![...computed.values()].includes(definition))
  const message = `its computed columns ${[...computed.keys()].join(', ')} are left out, the server refused them`
  const finding = { severity: 'lost', kind: 'table', object: sourceName(source), message } as const
  planning.draft.require('tables', {
    ...statement,
    fallback: { sql: createTable(target, without, checks), finding },
  })
}

function columnDefinitions(
  table: TableDraft,
  column: Column,
  computed: ReadonlyMap<string, ColumnDefinition>,
): readonly ColumnDefinition[] {
  const planned = table.columns.find(({ source }) => source === column)
  if (planned === undefined) {
    const definition = computed.get(column.name)
    return definition === undefined ? [] : [definition]
  }
  const { name, type, companion, omitted } = planned
  if (omitted) return []
  const definition = { name, type: `${type}${identityWords(column, type)}`, nullable: isNullable(column) }
  return companion === undefined ? [definition] : [definition, { ...companion, nullable: column.nullable }]
}

function planBounds({ source, columns, target }: TableDraft, planning: Planning) {
  return columns.flatMap((column) =>
    boundsConditions(column, planning).map(({ word, condition }) => ({
      name: planning.names.claimConstraint(source, `${target.name}_${column.name}_${word}`),
      condition: condition(quote(column.name)),
    })),
  )
}
