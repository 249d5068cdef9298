import type { QualifiedName } from '../schema-model.ts'

/** Software that replicates a database from within it, with tables and triggers of its own beside those of the user. */
export interface ReplicationProfile {
  readonly profile: 'symmetricds'
  /** What its tables begin with, before the `_`, as the database writes it. */
  readonly prefix: string
  readonly schema: string
  /** What was captured, sent and counted: it belongs to this database at this moment, and to no other. */
  readonly runtimeTables: readonly QualifiedName[]
  /** Who replicates what to whom, and which node this database is. */
  readonly configTables: readonly QualifiedName[]
  /** Passwords of nodes and of users. */
  readonly secretTables: readonly QualifiedName[]
  /** Named like the others but not known: they are taken for the user's. */
  readonly unknownTables: readonly QualifiedName[]
  readonly triggers: readonly ReplicationTrigger[]
  readonly functions: readonly QualifiedName[]
  /** They number rows of runtime tables. */
  readonly sequences: readonly QualifiedName[]
}

/** Names of triggers may be unique only within their table. */
export interface ReplicationTrigger extends QualifiedName {
  readonly on: QualifiedName | null
}

/**
 * What a backup holds of the replication. 'auto': its configuration, to be restored on request; 'keep': everything, as if it
 * were the user's; 'none': nothing.
 */
export type ReplicationChoice = 'auto' | 'keep' | 'none'

export const REPLICATION_CHOICES: readonly ReplicationChoice[] = ['auto', 'keep', 'none']

/** What the metadata of a backup says of the replication that was found. */
export interface ReplicationFacts {
  readonly profile: ReplicationProfile['profile']
  readonly prefix: string
  readonly schema: string
  readonly choice: ReplicationChoice
  /** Tables of the backup that a restore leaves out unless they are asked for. */
  readonly configTables: readonly QualifiedName[]
}
