import type { Column, Sequence, Table } from '@albackup/core'
import { fullName, type TableName } from './ddl.ts'
import { identityFacts, nameFacts, textFact, textsFact } from './native-facts.ts'
import { quote } from './quote.ts'
import { createSequence } from './sequence-ddl.ts'

/** SQL text from PostgreSQL's own words, as a model of a PostgreSQL database has them. */

/** A column within `create table`. */
export function nativeColumn(column: Column): string {
  const { name, native, nullable, computed } = column
  const generated =
    computed === undefined
      ? ''
      : ` generated always as (${computed.expression.native}) ${computed.persisted ? 'stored' : 'virtual'}`
  const collation = native.collation === undefined ? '' : ` collate ${native.collation}`
  const notNull = nullable || native.facts?.notNullInherited === true ? '' : ` ${notNullWords(column)}`
  return `${quote(name)} ${native.declaration}${collation}${generated}${identityWords(column)}${notNull}`
}

/** The table with its columns and nothing that can wait, as its options can: not every server knows all of them. */
export function nativeTable(table: Table): string {
  const { native, columns } = table
  const inherited = textsFact(native, 'inheritedColumns')
  const lines = columns.filter(({ name }) => !inherited.includes(name)).map(nativeColumn)
  const parents = nameFacts(native, 'inherits').map(fullName)
  const unlogged = native?.unlogged === true ? 'unlogged ' : ''
  const inherits = parents.length === 0 ? '' : ` inherits (${parents.join(', ')})`
  const body = lines.length === 0 ? ' ()' : ` (\n  ${lines.join(',\n  ')}\n)`
  return `create ${unlogged}table ${fullName(table)}${body}${inherits}${storageWords(table)}`
}

/** Options as clauses of `alter table`. */
export function optionClauses(options: readonly string[]): readonly string[] {
  return options.map((option) => `set (${option})`)
}

/** Nothing but the columns, and of these nothing that a server could refuse for want of something else. */
export function plainTable(table: Table): string {
  const lines = table.columns.map(({ name, native, nullable, computed }) => {
    const notNull = nullable || computed !== undefined ? '' : ' not null'
    return `${quote(name)} ${native.declaration}${notNull}`
  })
  return `create table ${fullName(table)} (${lines.join(', ')})`
}

/** What stands behind the columns: how the table is divided and stored. */
function storageWords({ native }: Table): string {
  const partitionBy = textFact(native, 'partitionBy')
  const method = textFact(native, 'accessMethod')
  return [
    partitionBy === undefined ? '' : ` partition by ${partitionBy}`,
    method === undefined ? '' : ` using ${quote(method)}`,
  ].join('')
}

function notNullWords({ native }: Column): string {
  const name = textFact(native.facts, 'notNull')
  const inherit = native.facts?.notNullNoInherit === true ? ' no inherit' : ''
  return name === undefined ? `not null${inherit}` : `constraint ${quote(name)} not null${inherit}`
}

function identityWords({ identity }: Column): string {
  const facts = identity && identityFacts(identity)
  if (identity === undefined || facts === undefined || facts.kind === 'serial') return ''
  const { sequence, minimum, maximum, cache, cycle } = facts
  const { seed, increment } = identity
  return ` generated ${facts.kind} as identity (sequence name ${fullName(sequence)} start with ${seed} increment by ${increment} minvalue ${minimum} maxvalue ${maximum} cache ${cache} ${cycle ? 'cycle' : 'no cycle'})`
}

export function nativeSequence(sequence: Sequence): string {
  const { start, increment, minimum, maximum, cycle, cache } = sequence
  const definition = { type: sequence.native.declaration, start, increment, minimum, maximum, cycle }
  return `${createSequence(sequence, definition)} cache ${cache ?? 1}`
}

/** The sequence of a serial column, its default, and that it goes with the column. */
export function serialStatements(table: TableName, column: Column): readonly string[] {
  const { identity } = column
  const facts = identity && identityFacts(identity)
  if (identity === undefined || facts?.kind !== 'serial') return []
  const { sequence, type, minimum, maximum, cache, cycle } = facts
  const definition = { type, start: identity.seed, increment: identity.increment, minimum, maximum, cycle }
  const target = `${fullName(table)}.${quote(column.name)}`
  return [
    `${createSequence(sequence, definition)} cache ${cache}`,
    ...(facts.unlogged === true ? [`alter sequence ${fullName(sequence)} set unlogged`] : []),
    `alter sequence ${fullName(sequence)} owned by ${target}`,
    `alter table only ${fullName(table)} alter column ${quote(column.name)} set default nextval('${fullName(sequence).replaceAll("'", "''")}'::regclass)`,
  ]
}
