import { CannotCarryError, type Column, fullName as sourceName, type Table } from '@albackup/core'
import {
  type ColumnDefinition,
  createSequence,
  createTable,
  fullName,
  ownSequence,
  sequenceOptions,
  setDefault,
  setIdentity,
  setOwnedSequence,
  type TableName,
} from '../ddl.ts'
import { quote, quoteText } from '../quote.ts'
import { targetType } from '../types.ts'
import { boundsCondition, isNullable, planColumns } from './columns.ts'
import type { Planning } from './planning.ts'
import { identityDefinition, wideIdentityDefinition } from './sequences.ts'
import type { TableDraft } from './table-draft.ts'
import { translate } from './translate.ts'

/** The most columns a table has (htup_details.h, MaxHeapAttributeNumber). */
const MOST_COLUMNS = 1600

/** The table with its columns; keys and all else come when the rows are there. */
export function planTable(table: Table, domains: ReadonlyMap<string, string>, planning: Planning): TableDraft {
  const target = planning.names.table(table)!
  planning.draft.renamed('table', sourceName(table), table.name, target.name)
  const columns = planColumns(table, domains, planning)
  const stored = new Map(columns.map((column) => [column.source.name, column.name]))
  const computed = planComputed(table, stored, planning)
  const draft = { source: table, target, columns, carried: new Map([...stored, ...computed.names]) }
  createTableStatements(draft, computed.definitions, planning)
  for (const column of table.columns) planIdentity(draft, column, planning)
  return draft
}

interface ComputedColumns {
  readonly names: ReadonlyMap<string, string>
  /** By name in the source. */
  readonly definitions: ReadonlyMap<string, ColumnDefinition>
}

function planComputed(table: Table, stored: ReadonlyMap<string, string>, planning: Planning): ComputedColumns {
  const names = new Map<string, string>()
  const definitions = new Map<string, ColumnDefinition>()
  for (const column of table.columns) {
    if (column.computed === undefined) continue
    const object = `${sourceName(table)}.${column.name}`
    const place = { table, columns: stored, purpose: 'computed', kind: 'computed column', object } as const
    const sql = translate(column.computed.expression, { ...place, column: column.name }, planning)
    if (sql === undefined) continue
    const name = planning.names.columnsOf(table).get(column.name)!
    const { type } = targetType(column.logical, planning.policy, planning.target)
    names.set(column.name, name)
    definitions.set(column.name, { name, type: `${type} generated always as (${sql}) stored`, nullable: true })
  }
  return { names, definitions }
}

/** Should the server refuse an expression all the same, the table is made without its computed columns. */
function createTableStatements(
  table: TableDraft,
  computed: ReadonlyMap<string, ColumnDefinition>,
  planning: Planning,
): void {
  const { source, target } = table
  const definitions = table.source.columns.flatMap((column) => columnDefinitions(table, column, computed))
  if (definitions.length > MOST_COLUMNS) {
    throw new CannotCarryError(
      `cannot restore table ${sourceName(source)}: it needs ${definitions.length} columns, and PostgreSQL has at most ${MOST_COLUMNS}`,
      { hint: 'Leave the table out with --exclude, or split it in the source.' },
    )
  }
  const checks = planBounds(table, planning)
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
  const { name, type, companion } = planned
  const definition = { name, type: `${type}${identityWords(column, type)}`, nullable: isNullable(column) }
  return companion === undefined ? [definition] : [definition, { ...companion, nullable: column.nullable }]
}

function planBounds({ source, columns, target }: TableDraft, { names }: Planning) {
  return columns.flatMap((column) => {
    const condition = boundsCondition(column.source, quote(column.name))
    return condition === undefined
      ? []
      : [{ name: names.claimConstraint(source, `${target.name}_${column.name}_range`), condition }]
  })
}

function identityWords({ identity, logical }: Column, type: string): string {
  if (identity === undefined || logical.kind !== 'integer') return ''
  return ` generated by default as identity (${sequenceOptions(identityDefinition(type, logical, identity))})`
}

function planIdentity(table: TableDraft, { name: source, identity, logical }: Column, planning: Planning): void {
  const name = table.carried.get(source)
  if (identity === undefined || name === undefined) return
  const object = `${sourceName(table.source)}.${source}`
  const descending = identity.increment.startsWith('-')
  if (logical.kind === 'integer') {
    const sql = setIdentity(table.target, name, identity.lastValue, descending)
    planning.draft.add('objects', { kind: 'identity', object, sql })
    return
  }
  const definition = wideIdentityDefinition(identity)
  if (definition === undefined) {
    planning.draft.find('lost', 'identity', object, 'is left out, its values are beyond 64 bits')
    return
  }
  const { schema } = table.target
  const wanted = `${table.target.name}_${name}_seq`
  const sequence: TableName = { schema, name: planning.names.claimRelation(schema, wanted, object) }
  const next = `nextval(${quoteText(fullName(sequence))})`
  planning.draft.find('changed', 'identity', object, 'is a default from a sequence: only integers have identities')
  for (const sql of [
    createSequence(sequence, definition),
    ownSequence(sequence, table.target, name),
    setDefault(table.target, name, next),
  ]) {
    planning.draft.require('tables', { kind: 'identity', object, sql })
  }
  const sql = setOwnedSequence(sequence, table.target, name, identity.lastValue, descending)
  planning.draft.add('objects', { kind: 'identity', object, sql })
}
