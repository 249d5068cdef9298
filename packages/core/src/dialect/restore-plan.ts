import type { Column, Table } from '../model/schema-model.ts'
import type { MadeSchema } from './made-schema.ts'

/** The dialect's part of the configuration's `mapping`; the dialect checks it and throws a UsageError. */
export type MappingPolicy = Readonly<Record<string, unknown>>

/** Plain data, complete: what a restore will do, and what it will not. */
export interface RestorePlan {
  readonly dialect: string
  readonly tables: readonly PlannedTable[]
  /** Statements for each part, in order, each complete without a trailing semicolon. */
  readonly statements: Readonly<Record<SchemaPart, readonly PlannedStatement[]>>
  readonly findings: readonly Finding[]
  /** The expressions that are carried, as they are here and there. */
  readonly translations?: readonly PlannedExpression[]
  /** For the proof. Absent: of what is made, it only looks for the parts of the source by their names and columns. */
  readonly makes?: MadeSchema
  /**
   * What the restore would drop or overwrite (sequences) because it exists in the target already, by full names as the
   * target writes them.
   */
  readonly existing: readonly string[]
  /** What rows of tables that are loaded after keys may name, by full names without quotes. Absent: no rows name anything. */
  readonly nameable?: readonly string[]
  /** What of the target goes with what is dropped and does not come back, or would keep it from being dropped. */
  readonly replaced?: readonly Finding[]
}

/**
 * In this order; rows are loaded between 'tables' and 'keys', referential integrity is checked before 'references'. 'values'
 * sets identities and sequences to go on where the origin was; it is run also when rows are loaded into existing tables.
 */
export type SchemaPart = 'tables' | 'keys' | 'references' | 'values' | 'objects'

export interface PlannedExpression {
  /** What it belongs to, in the words of findings: 'default', 'check', 'computed column', 'index filter'; 'view' for a view. */
  readonly kind: string
  /** Its full name in the source. */
  readonly object: string
  /** In the words of the source; of a view its whole text. */
  readonly native: string
  /** In the words of the target; of a view its query. */
  readonly sql: string
}

export interface PlannedStatement {
  /** The object it makes, for messages. */
  readonly object: string
  /** What the object is, in the words of findings: 'index', 'foreign key'. */
  readonly kind?: string
  /** Of the part 'keys': the table of the source (`schema.table`) it is about, when it needs no statement of another table. */
  readonly table?: string
  readonly sql: string
  /** A failure of this statement is a finding, not the end of the restore. */
  readonly optional: boolean
  /** What to do instead when the statement fails, and the finding that says so. */
  readonly fallback?: { readonly sql: string; readonly finding: Finding }
}

export interface PlannedTable {
  readonly source: Table
  /** In the target. */
  readonly schema: string
  readonly name: string
  /** One for each stored column of the source, in the same order. */
  readonly columns: readonly PlannedColumn[]
  /** Its rows name what comes with keys, and are loaded when these are there. Not into a table that was there before. */
  readonly afterKeys?: true
  /** The policy the plan was made with, completed by the dialect, so that `bulkLoad` follows the same. */
  readonly policy?: MappingPolicy
}

export interface PlannedColumn {
  readonly source: Column
  readonly name: string
  /** As the target declares it. */
  readonly type: string
  /** The mapping asks for it: the target has no such column, and the values are given up. */
  readonly omitted?: true
  /** A second column that holds what the first cannot, for example the offset of a timestamp. */
  readonly companion?: { readonly name: string; readonly type: string }
  /** Every value of the source's type has one and only one value in the target's type. */
  readonly exact: boolean
  /** Why this type, and what happens to values that do not fit; empty when there is nothing to say. */
  readonly reason: string
}

/** One thing the plan or the restore reports to the user. */
export interface Finding {
  /** 'blocks': the restore would end there, and only a plan says so. */
  readonly severity: 'info' | 'changed' | 'lost' | 'blocks'
  /** What it is about: 'column', 'default', 'check', 'index', 'foreign key', 'view', … */
  readonly kind: string
  /** Its full name in the source. */
  readonly object: string
  readonly message: string
}
