import type { LogicalType } from './logical-type.ts'
import type { NativeFacts, NativeType, QualifiedName, SqlExpression } from './native-words.ts'

export interface Table extends QualifiedName {
  readonly columns: readonly Column[]
  readonly primaryKey?: Key
  readonly uniqueKeys: readonly Key[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  /** Indexes that back no primary or unique key. */
  readonly indexes: readonly Index[]
  readonly comment?: string
  readonly native?: NativeFacts
}

export interface Column {
  readonly name: string
  readonly native: NativeType
  readonly logical: LogicalType
  readonly nullable: boolean
  readonly identity?: Identity
  readonly default?: Default
  /** A computed column is described, and its values are not stored in the backup. */
  readonly computed?: Computed
  readonly comment?: string
}

export interface Identity {
  readonly seed: string
  readonly increment: string
  /** The value given out last, or null when none was. */
  readonly lastValue: string | null
  readonly native?: NativeFacts
}

export interface Default {
  readonly name: string | null
  /** The server made the name up; it means nothing. */
  readonly systemNamed: boolean
  readonly expression: SqlExpression
}

export interface Computed {
  readonly expression: SqlExpression
  /** Stored with the row, not computed at each read. */
  readonly persisted: boolean
}

export interface KeyColumn {
  readonly name: string
  readonly descending: boolean
}

/** A primary or unique key. */
export interface Key {
  readonly name: string
  readonly systemNamed: boolean
  readonly columns: readonly KeyColumn[]
  readonly clustered: boolean
  readonly native?: NativeFacts
}

export type ReferentialAction = 'no action' | 'cascade' | 'set null' | 'set default'

export interface ForeignKey {
  readonly name: string
  readonly systemNamed: boolean
  /** Pairs with `references.columns`, position by position. */
  readonly columns: readonly string[]
  readonly references: QualifiedName & { readonly columns: readonly string[] }
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly enabled: boolean
  /** The origin has verified every row. */
  readonly trusted: boolean
  readonly native?: NativeFacts
}

export interface Check {
  readonly name: string
  readonly systemNamed: boolean
  readonly expression: SqlExpression
  readonly enabled: boolean
  readonly trusted: boolean
  readonly native?: NativeFacts
}

export interface Index {
  readonly name: string
  readonly unique: boolean
  readonly clustered: boolean
  /** 'btree' is an ordinary index; other words ('columnstore', 'xml', 'spatial', 'hash', 'fulltext') are the origin's. */
  readonly method: string
  readonly columns: readonly KeyColumn[]
  /** Columns stored beside the key. */
  readonly included: readonly string[]
  readonly filter?: SqlExpression
  readonly enabled: boolean
  readonly comment?: string
  readonly native?: NativeFacts
}

/** The columns whose values a backup stores, in order: all but the computed ones. */
export function storedColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => column.computed === undefined)
}
