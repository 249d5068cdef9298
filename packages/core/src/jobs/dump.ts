import type { Dialect, Source } from '../dialect/dialect.ts'
import type { Codec } from '../table-file/codec.ts'
import type { EventListener } from './events.ts'

export interface DumpRequest {
  readonly source: Source
  readonly dialect: Dialect['name']
  /** For the folder's name and the metadata. */
  readonly host: string
  readonly database: string
  /** The folder that holds the backups; made when absent. */
  readonly backupDir: string
  readonly codec: Codec
  /** Glob patterns over `schema.table`; a pattern that matches nothing is a UsageError. Empty `include`: all tables. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly toolVersion: string
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface DumpResult {
  /** The path of the finished backup. */
  readonly backup: string
  readonly tables: number
  readonly rows: number
  /** Of the files as they are on disk. */
  readonly bytes: number
}
