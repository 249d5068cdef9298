import type { Consistency, ServerFacts } from '../dialect/dialect.ts'
import type { ReplicationFacts } from '../model/profiles/profile.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'
import type { Codec } from '../table-file/codec.ts'

/** Raised when a reader of the version before could misunderstand a backup. */
export const FORMAT_VERSION = 1

/** `_metadata.json`, as docs/format.md describes it. */
export interface BackupMetadata {
  readonly format: 'albackup'
  readonly formatVersion: typeof FORMAT_VERSION
  readonly toolVersion: string
  /** ISO 8601 in UTC. */
  readonly begun: string
  readonly ended: string
  readonly source: BackupSource
  readonly consistency: Consistency
  readonly codec: Codec
  /** What the dump was asked for; absent when that was everything. */
  readonly scope?: BackupScope
  /** The replication that was found in the database, and which tables a restore leaves out for it; absent when there was none. */
  readonly replication?: readonly ReplicationFacts[]
  readonly files: readonly FileFacts[]
  readonly model: SchemaModel
}

/** What of the database a backup holds. Empty lists and absent keys: nothing was left out by them. */
export interface BackupScope extends Scope {
  readonly content: BackupContent
}

/** 'schema': no rows; 'data': rows, to be loaded into tables that are there. */
export type BackupContent = 'all' | 'schema' | 'data'

export interface BackupSource {
  readonly dialect: string
  readonly host: string
  readonly database: string
  readonly server: ServerFacts
}

/** What is true of one table file. */
export interface FileFacts {
  /** The file's name in the backup folder. */
  readonly name: string
  readonly schema: string
  readonly table: string
  /** The condition that selected the rows, when it is not all of the table. */
  readonly predicate?: string
  readonly rows: number
  /** On disk. */
  readonly bytes: number
  /** Of the row bytes before compression. */
  readonly rowBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** 16 hexadecimal digits; see row/digest.ts. */
  readonly digest: string
  readonly blocks: number
}
