import type { Index, Key, MadeSchema, NativeFacts, Table } from '@albackup/core'
import { possibleComments } from './possible-comments.ts'

/** What the plan for another engine's backup makes nothing of, so that it is to be absent from the target. */
const TABLE: NativeFacts = {
  options: null,
  settings: null,
  unlogged: null,
  accessMethod: null,
  rowSecurity: null,
  forceRowSecurity: null,
  inherits: null,
  heirs: null,
}
const INDEX: NativeFacts = { nullsNotDistinct: null, options: null, deferring: null }
const FOREIGN_KEY: NativeFacts = { deferring: null, match: null, restrict: null, notEnforced: null }
const CHECK: NativeFacts = { notEnforced: null, noInherit: null }

/** A table has an owner, made or not, and its facts tell of row security. */
export const UNSAID = ['owner', 'row security'] as const

/** The schema as it is made, with all that is usual about it said. */
export function withPlainFacts({ tables, ...schema }: MadeSchema): MadeSchema {
  const made = { ...schema, tables: tables.map(plainTable) }
  return { ...made, absent: possibleComments(made), unsaid: UNSAID }
}

/** The facts of a table of PostgreSQL's own, with those it has none of. */
export function completeTableFacts(native: NativeFacts | undefined): NativeFacts {
  return { ...TABLE, ...native }
}

function plainTable({ primaryKey, uniqueKeys, indexes, ...table }: Table): Table {
  return {
    ...table,
    ...(primaryKey !== undefined && { primaryKey: plainIndex(primaryKey) }),
    uniqueKeys: uniqueKeys.map(plainIndex),
    indexes: indexes.map(plainIndex),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, native: FOREIGN_KEY })),
    checks: table.checks.map((check) => ({ ...check, native: CHECK })),
    native: TABLE,
  }
}

function plainIndex<T extends Key | Index>(index: T): T {
  return { ...index, native: { ...INDEX, ...index.native } }
}
