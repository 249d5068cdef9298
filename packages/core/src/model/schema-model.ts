import type { ViewQuery } from '../expression/query.ts'
import type { LogicalType } from './logical-type.ts'
import type { NativeFacts, NativeType, QualifiedName, SqlExpression } from './native-words.ts'
import type { Check, Table } from './table.ts'

export type * from './native-words.ts'
export * from './table.ts'

/**
 * A database's schema as plain data: JSON in, JSON out, nothing but objects, arrays, strings, numbers, booleans and null.
 * The same database gives the same model in the same order. Every part keeps the origin's own words (`native`) beside the
 * neutral meaning: the same engine restores from the words, another engine from the meaning.
 *
 * Integers that can pass 2^53 (seeds, bounds, last values) are decimal strings.
 */
export interface SchemaModel {
  /** The name of the dialect that reflected the model. */
  readonly dialect: string
  readonly database: DatabaseFacts
  readonly schemas: readonly Schema[]
  readonly types: readonly AliasType[]
  readonly sequences: readonly Sequence[]
  readonly tables: readonly Table[]
  /** Views, procedures, functions and triggers as text, in an order in which they can be created. */
  readonly modules: readonly Module[]
  /** In an order in which they can be made, within each stage. */
  readonly objects?: readonly NativeObject[]
  /** What was seen and is not carried, and why. */
  readonly leftBehind: readonly LeftBehind[]
}

export interface DatabaseFacts {
  readonly name: string
  readonly collation: string | null
  /** A fact `order` says in which order what is in the database can be made; it follows from that and is no difference of its own. */
  readonly native?: NativeFacts
}

export interface Schema {
  readonly name: string
  readonly comment?: string
}

/** A named type over a built-in one (CREATE TYPE … FROM, CREATE DOMAIN). */
export interface AliasType extends QualifiedName {
  readonly native: NativeType
  readonly logical: LogicalType
  readonly nullable: boolean
  /** What its values must be: in each the value stands as the column VALUE. */
  readonly checks?: readonly Check[]
  /** Of columns that have none of their own. */
  readonly default?: SqlExpression
  readonly comment?: string
}

export interface Sequence extends QualifiedName {
  readonly native: NativeType
  readonly logical: LogicalType
  readonly start: string
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
  readonly cycle: boolean
  /** Values kept in memory; null: the server's default; 0: none. */
  readonly cache: number | null
  /** The value given out last, or null when none was. */
  readonly lastValue: string | null
  readonly comment?: string
}

export interface Module extends QualifiedName {
  readonly kind: 'view' | 'procedure' | 'function' | 'trigger'
  /** The whole CREATE statement; null when the server would not show it. */
  readonly definition: string | null
  /** For a trigger: the table or view it belongs to. */
  readonly on?: QualifiedName
  /** Of a view whose text was understood. */
  readonly meaning?: ViewQuery
  /** Why a view has no `meaning`, where that is known: the end of a sentence. */
  readonly notUnderstood?: string
  readonly native?: NativeFacts
}

/** An object that only the origin's engine understands, as the statements that make it again. */
export interface NativeObject {
  /** In the origin's words: 'synonym', 'table type', 'permission'. */
  readonly kind: string
  /** Its full name, as the origin writes it; with `kind` it is unique in the model. */
  readonly name: string
  /** Each is sent by itself, in order. */
  readonly statements: readonly string[]
  readonly stage: 'before tables' | 'with keys' | 'after modules'
  /** How to drop it; absent when it goes with another object or is only overwritten. */
  readonly drop?: string
  /** The table it belongs to, without which it is not made. */
  readonly table?: QualifiedName
  /** Of a comment whose name does not tell: what it is said of, `kind name` of an object or `type schema.name`. */
  readonly of?: string
  /** Made only when the user asks for it: users, roles, permissions. */
  readonly onRequest?: true
}

export interface LeftBehind {
  /** What kind of object, in the origin's words: 'index', 'xml schema collection'. */
  readonly kind: string
  /** Its full name, as the origin writes it. */
  readonly name: string
  readonly reason: string
  /** The table it is a part of, where its name does not tell. */
  readonly table?: QualifiedName
  /** A matter of who runs the server or its replication; whoever reads and writes the tables does not miss it. */
  readonly administrative?: true
}
