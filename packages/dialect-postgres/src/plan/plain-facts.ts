import type { Column, Index, Key, MadeSchema, NativeFacts, Table } from '@albackup/core'

/** What the plan for another engine's backup makes nothing of, so that it is to be absent from the target. */
const TABLE: NativeFacts = {
  options: null,
  settings: null,
  unlogged: null,
  accessMethod: null,
  rowSecurity: null,
  forceRowSecurity: null,
}
const INDEX: NativeFacts = { nullsNotDistinct: null, options: null }
const IDENTITY: NativeFacts = { kind: 'by default', cycle: false }

/** The schema as it is made, with all that is usual about it said. */
export function withPlainFacts({ tables, ...schema }: MadeSchema): MadeSchema {
  return { ...schema, tables: tables.map(plainTable) }
}

/** The facts of a table of PostgreSQL's own, with those it has none of. */
export function completeTableFacts(native: NativeFacts | undefined): NativeFacts {
  return { ...TABLE, ...native }
}

function plainTable({ columns, primaryKey, uniqueKeys, indexes, ...table }: Table): Table {
  return {
    ...table,
    columns: columns.map(plainColumn),
    ...(primaryKey !== undefined && { primaryKey: plainIndex(primaryKey) }),
    uniqueKeys: uniqueKeys.map(plainIndex),
    indexes: indexes.map(plainIndex),
    native: TABLE,
  }
}

function plainIndex<T extends Key | Index>(index: T): T {
  return { ...index, native: { ...INDEX, ...index.native } }
}

function plainColumn(column: Column): Column {
  const { identity } = column
  return identity === undefined ? column : { ...column, identity: { ...identity, native: IDENTITY } }
}
