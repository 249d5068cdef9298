import type { Codec, MappingPolicy } from '@albackup/core'

/** A configuration file, checked. What the file does not say is absent; defaults are set where they are used. */
export interface Configuration {
  /** The path, for messages. */
  readonly file: string
  /** The connection of the file's own db_* keys: the source of a dump, and the target of a restore that names none. */
  readonly own: ConnectionEntry
  readonly targets: Readonly<Record<string, ConnectionEntry>>
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly codec?: Codec
  readonly jobs?: number
  /** By dialect. */
  readonly mapping: Readonly<Record<string, MappingPolicy>>
}

/** The keys of one connection, still in the file's words. */
export interface ConnectionEntry {
  readonly dialect?: string
  readonly db_server?: string
  readonly db_port?: number
  readonly db_user?: string
  /** Encrypted; see secrets/stored-password.ts. */
  readonly db_password?: string | null
  readonly db_name?: string
  readonly allow_restore?: boolean
  readonly enable_ri_check?: boolean
  readonly options?: Readonly<Record<string, unknown>>
  /** Only in an entry of `targets`: goes before the file's `mapping` for the dialect. */
  readonly mapping?: MappingPolicy
}
