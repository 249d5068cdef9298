/** What a job tells while it runs; plain data, so that it crosses threads. */
export type JobEvent =
  | { readonly type: 'stage'; readonly stage: Stage }
  /** Before the first row: how many tables, or parts of tables, rows and bytes are to come, from the server's statistics or the backup's metadata. */
  | { readonly type: 'expect'; readonly tables: number; readonly rows: number; readonly bytes: number }
  /** `table` is `schema.table`, with `(n of m)` behind it for a part of a table. */
  | { readonly type: 'table-begin'; readonly table: string }
  /** Rows and bytes since the last `progress` of the same table; bytes of Avro, uncompressed. Negative when a failed attempt is undone. */
  | { readonly type: 'progress'; readonly table: string; readonly rows: number; readonly bytes: number }
  | {
      readonly type: 'table-end'
      readonly table: string
      readonly rows: number
      readonly bytes: number
      readonly seconds: number
    }

/** The parts of a job, in the words of the documentation. */
export type Stage =
  | 'reflect'
  | 'read rows'
  | 'verify files'
  | 'plan'
  | 'inspect rows'
  | 'drop existing tables'
  | 'create tables'
  | 'load rows'
  | 'create keys and indexes'
  | 'check referential integrity'
  | 'create references'
  | 'set identities and sequences'
  | 'create objects'
  | 'prove'
  | 'compare rows'

export type EventListener = (event: JobEvent) => void
