import type { Column, Identity, PlannedColumn, Table } from '@albackup/core'
import { parenthesised } from '../ddl.ts'
import { quote, quoteText } from '../quote.ts'
import { collateWords, columnType, madeCollation } from './column-types.ts'
import { countsByItself } from './identities.ts'
import { unusualCollation } from './migration/collations.ts'
import { migratedComputed } from './migration/translated.ts'
import { isOwn, type Planning, sourceName } from './planning.ts'

/** A column of a table; `planned` when its values are stored in the backup, `definition` the words that make it where it is made. */
export interface ColumnDraft {
  readonly source: Column
  readonly planned?: PlannedColumn
  readonly definition?: string
  /** As the target reflects it, of another engine's. */
  readonly made?: Column
}

/** undefined for a computed column that cannot be made. */
export function planColumn(table: Table, column: Column, planning: Planning): ColumnDraft | undefined {
  const object = sourceName(planning, table.schema, table.name, column.name)
  if (column.computed !== undefined) return planComputed(table, column, object, planning)
  const name = planning.names.column(table, column.name)
  const { declaration, exact, reason, omitted } = columnType(column, object, planning)
  const planned = { source: column, name, type: declaration, exact, reason }
  if (omitted) {
    planning.draft.find('lost', 'column', object, reason)
    return { source: column, planned: { ...planned, omitted } }
  }
  const collate = collateWords(column, object, declaration, planning)
  return {
    source: column,
    made: madeColumn(
      table,
      column,
      { declaration, ...madeCollation(collate.replace(/^ collate /, ''), declaration, planning) },
      planning,
    ),
    planned: { ...planned, type: declaration + (isOwn(planning) ? '' : unusualCollation(collate, planning)) },
    definition: [quote(name), declaration + collate, ...words(table, column, object, planning)].join(' '),
  }
}

function madeColumn(table: Table, column: Column, native: Column['native'], planning: Planning): Column {
  const { logical, nullable, identity } = column
  const name = planning.names.column(table, column.name)
  const counts = identity !== undefined && countsByItself(table, column, planning)
  return { name, native, logical, nullable, ...(counts && { identity: { ...identity, native: {} } }) }
}

/** In the order of CREATE TABLE. What the server generates by itself (periods) is an ordinary column until the rows are there. */
function words(table: Table, column: Column, object: string, planning: Planning): readonly string[] {
  const facts = isOwn(planning) ? (column.native.facts ?? {}) : {}
  if (facts.fileStream === true) {
    planning.draft.find('changed', 'column', object, 'is kept in the table: FILESTREAM needs a filegroup of the server')
  }
  return [
    ...(facts.sparse === true ? ['sparse'] : []),
    ...(facts.masked === undefined ? [] : maskWords(facts.masked, object, planning)),
    ...(countsByItself(table, column, planning) ? [identityWords(column.identity!)] : []),
    column.nullable ? 'null' : 'not null',
    ...(facts.rowGuid === true ? ['rowguidcol'] : []),
  ]
}

function maskWords(mask: unknown, object: string, { draft }: Planning): readonly string[] {
  if (typeof mask === 'string') return [`masked with (function = ${quoteText(mask).slice(1)})`]
  draft.find('lost', 'mask', object, 'is not masked: the server does not tell how it was')
  return []
}

function identityWords({ seed, increment, native }: Identity): string {
  return `identity(${seed}, ${increment})${native?.notForReplication === true ? ' not for replication' : ''}`
}

function planComputed(table: Table, column: Column, object: string, planning: Planning): ColumnDraft | undefined {
  const { expression, persisted } = column.computed!
  if (!isOwn(planning)) {
    const made = migratedComputed(table, column, object, planning)
    return (
      made && {
        source: column,
        made,
        definition: computedWords(made, parenthesised(made.computed!.expression.native), persisted),
      }
    )
  }
  if (expression.native === '') {
    const message = 'is left out: the source did not tell how it is computed'
    planning.draft.find('lost', 'computed column', object, message)
    return undefined
  }
  return { source: column, definition: computedWords(column, planning.names.text(expression.native), persisted) }
}

function computedWords({ name, nullable }: Column, value: string, persisted: boolean): string {
  return `${quote(name)} as ${value}${persisted ? ` persisted${nullable ? '' : ' not null'}` : ''}`
}
