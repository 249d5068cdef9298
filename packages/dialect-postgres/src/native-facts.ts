import type { Identity, Json, NativeFacts, QualifiedName, Table } from '@albackup/core'

/**
 * The facts that a model of a PostgreSQL database carries for a restore into PostgreSQL, and their readers: a model may come
 * from a file, so each is looked at before it is used.
 */

/** Facts that are neither null, false nor empty. */
export function remarkable(facts: Readonly<Record<string, Json>>): NativeFacts | undefined {
  const kept = Object.entries(facts).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  )
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** `{ native }` with the facts that are out of the ordinary; nothing when none is. */
export function nativeFacts(facts: Readonly<Record<string, Json>>): { readonly native?: NativeFacts } {
  const kept = remarkable(facts)
  return kept === undefined ? {} : { native: kept }
}

export function textFact(facts: NativeFacts | undefined, name: string): string | undefined {
  const value = facts?.[name]
  return typeof value === 'string' ? value : undefined
}

export function textsFact(facts: NativeFacts | undefined, name: string): readonly string[] {
  const value = facts?.[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** Whether the rows name objects of the database, which must be there before them. */
export function holdsNames({ columns }: Table): boolean {
  return columns.some(({ native }) => native.facts?.names === true)
}

/** How the sequence behind an identity or a serial column is made. */
export interface IdentityFacts {
  readonly kind: 'always' | 'by default' | 'serial'
  readonly sequence: QualifiedName
  readonly type: string
  readonly minimum: string
  readonly maximum: string
  readonly cache: string
  readonly cycle: boolean
  /** The sequence of a serial column of an unlogged table. */
  readonly unlogged?: true
  /** The next value, where there is no last one. */
  readonly restart?: string
}

export function identityFacts({ native }: Identity): IdentityFacts | undefined {
  return native === undefined ? undefined : (native as unknown as IdentityFacts)
}

/** A partition, with the statements that make it and attach it, and what `alter table` says of it when all tables are there. */
export interface PartitionFacts extends QualifiedName {
  readonly statements: readonly string[]
  readonly settings: readonly string[]
}

export function partitionFacts(facts: NativeFacts | undefined): readonly PartitionFacts[] {
  const value = facts?.partitions
  return Array.isArray(value) ? (value as unknown as readonly PartitionFacts[]) : []
}

export function nameFacts(facts: NativeFacts | undefined, name: string): readonly QualifiedName[] {
  const value = facts?.[name]
  return Array.isArray(value) ? (value as unknown as readonly QualifiedName[]) : []
}

/** By these the facts of a database name what is made before the rows come, in order (`order`). */
export function typeKey({ schema, name }: QualifiedName): string {
  return `type ${schema}.${name}`
}

export function moduleKey({ schema, name }: QualifiedName): string {
  return `module ${schema}.${name}`
}

export function objectKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`
}

export function tableKey({ schema, name }: QualifiedName): string {
  return `table ${schema}.${name}`
}
