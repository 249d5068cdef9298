import type { ReferentialAction, Sequence } from '@albackup/core'
import { isLiteral, quote, quoteText } from './quote.ts'

/** SQL text for each kind of object, from names that are quoted already and words that are the target's. */

export function createSchemaStatement(name: string): string {
  return `create schema ${quote(name)}`
}

export function createType(name: string, declaration: string, nullable: boolean): string {
  return `create type ${name} from ${declaration} ${nullable ? 'null' : 'not null'}`
}

/** `lines`: columns with all their words. `storage`: what stands behind the closing parenthesis. */
export function createTable(table: string, lines: readonly string[], storage: string): string {
  return `create table ${table} (\n  ${lines.join(',\n  ')}\n)${storage}`
}

export interface SequenceDefinition
  extends Pick<Sequence, 'start' | 'increment' | 'minimum' | 'maximum' | 'cycle' | 'cache'> {
  readonly type: string
}

export function createSequence(name: string, sequence: SequenceDefinition): string {
  const { type, start, increment, minimum, maximum, cycle, cache } = sequence
  const bounds = `minvalue ${minimum} maxvalue ${maximum} ${cycle ? 'cycle' : 'no cycle'}`
  const cached = cache === null ? '' : cache === 0 ? ' no cache' : ` cache ${cache}`
  return `create sequence ${name} as ${type} start with ${start} increment by ${increment} ${bounds}${cached}`
}

/** Takes `count` values out of the sequence at once, so that the last of them is the one given out last. */
export function takeFromSequence(name: string, count: string): string {
  return `declare @first sql_variant
exec sys.sp_sequence_get_range @sequence_name = ${quoteText(name)}, @range_size = ${count}, @range_first_value = @first output`
}

/** The value given out last is `last`; for a sequence that has gone round or was set anew. */
export function restartSequence(name: string, type: string, last: string): string {
  return `alter sequence ${name} restart with ${last}
declare @value ${type}
set @value = next value for ${name}`
}

/**
 * The identity's next value is the one after `last`, or after the furthest value in the table: rows may have come to the source
 * after its schema was read. A table without rows gives out the very value it is reseeded with, so there it is the next one.
 * Some servers take an identity for unused whose rows all came with their values, and tell so by what is current then.
 * The name within DBCC has no N in front where it needs none: some servers take it for a part of the name.
 */
export function reseedIdentity(table: string, column: string, identity: IdentityState): string {
  const { last, increment } = identity
  const [further, furthest] = increment.startsWith('-') ? ['<', 'min'] : ['>', 'max']
  const isAscii = [...table].every((character) => character < '\u0080')
  const name = `${isAscii ? '' : 'N'}'${table.replaceAll("'", "''")}'`
  return `declare @last decimal(38, 0), @furthest decimal(38, 0), @statement nvarchar(max)
set @last = ${last ?? 'null'}
set @furthest = (select ${furthest}(${column}) from ${table})
if @furthest is null set @last = @last + ${increment}
if @last is null or @furthest ${further} @last set @last = @furthest
set @statement = ${quoteText(`dbcc checkident (${name}, reseed, `)} + convert(nvarchar(40), @last) + N') with no_infomsgs'
if @last is not null exec (@statement)
if @furthest is not null and ident_current(${name}) <> @last begin
  set @statement = ${quoteText(`dbcc checkident (${name}, reseed, `)} + convert(nvarchar(40), @last + ${increment}) + N') with no_infomsgs'
  exec (@statement)
end`
}

export interface IdentityState {
  /** null: none was given out. */
  readonly last: string | null
  readonly increment: string
}

/** `columns`: not yet quoted. */
export function createView(name: string, columns: readonly string[], query: string): string {
  return `create view ${name} (${columnList(columns)}) as\n${query}`
}

export function addConstraint(
  table: string,
  constraint: string,
  check: '' | 'with check ' | 'with nocheck ' = '',
): string {
  return `alter table ${table} ${check}add ${constraint}`
}

/** Without a name the server makes one up. */
export function constraintName(name: string | null): string {
  return name === null ? '' : `constraint ${quote(name)} `
}

export function disableConstraint(table: string, name: string): string {
  return `alter table ${table} nocheck constraint ${quote(name)}`
}

export interface ForeignKeyDefinition {
  readonly columns: readonly string[]
  readonly references: string
  readonly referencedColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly notForReplication: boolean
}

export function foreignKeyClause(key: ForeignKeyDefinition): string {
  const { columns, references, referencedColumns, onDelete, onUpdate, notForReplication } = key
  const target = `references ${references} (${columnList(referencedColumns)})`
  const replication = notForReplication ? ' not for replication' : ''
  return `foreign key (${columnList(columns)}) ${target} on delete ${onDelete} on update ${onUpdate}${replication}`
}

export function orderedColumns(columns: readonly { readonly name: string; readonly descending: boolean }[]): string {
  return columns.map(({ name, descending }) => `${quote(name)}${descending ? ' desc' : ''}`).join(', ')
}

export function columnList(columns: readonly string[]): string {
  return columns.map((column) => quote(column)).join(', ')
}

/** ` with (…)`, or nothing without options. */
export function withOptions(options: readonly string[]): string {
  return options.length === 0 ? '' : ` with (${options.join(', ')})`
}

/** In parentheses, as the catalog of SQL Server has every expression. */
export function parenthesised(expression: string): string {
  return isParenthesised(expression) ? expression : `(${expression})`
}

/** Texts and names, in which parentheses are characters, and parentheses. */
const PARTS = /'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[()]/g

/** Whether the first parenthesis is closed by the last character. */
function isParenthesised(expression: string): boolean {
  if (!expression.startsWith('(')) return false
  let depth = 0
  for (const { 0: part, index } of expression.matchAll(PARTS)) {
    depth += part === '(' ? 1 : part === ')' ? -1 : 0
    if (depth === 0) return index === expression.length - 1
  }
  return false
}

/** The levels of an object for sp_addextendedproperty: SCHEMA, TABLE, COLUMN and their names. */
export function addDescription(comment: string, ...levels: readonly string[]): string {
  const declared = isLiteral(comment) ? '' : `declare @value nvarchar(4000) = ${quoteText(comment)}\n`
  const value = isLiteral(comment) ? quoteText(comment) : '@value'
  return `${declared}exec sys.sp_addextendedproperty N'MS_Description', ${[value, ...levels.map(quoteText)].join(', ')}`
}

/** Schemas are not dropped by a restore, so that they may have a description already. */
export function describeSchema(comment: string, schema: string): string {
  const name = quoteText(schema)
  return `if exists (select 1 from sys.extended_properties where class = 3 and major_id = schema_id(${name}) and name = N'MS_Description')
  exec sys.sp_dropextendedproperty N'MS_Description', N'SCHEMA', ${name}
${addDescription(comment, 'SCHEMA', schema)}`
}
