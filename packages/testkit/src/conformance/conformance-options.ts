import type { Cell, ConnectionSettings, Dialect } from '@albackup/core'
import type { SampleDatabase } from '../sample/sample-database.ts'

export interface ConformanceOptions {
  readonly dialect: Dialect
  /** Called once; for a dialect that can be dumped. */
  readonly source?: () => Promise<PreparedSource>
  /** Called once; for a dialect that can be restored into. */
  readonly target?: () => Promise<PreparedTarget>
  /** Where no server of this dialect answers. */
  readonly unreachable?: ConnectionSettings
}

/** A database with tables; at least one of them has rows. Disposed of, when it can be, after the last test. */
export interface PreparedSource extends Partial<AsyncDisposable> {
  readonly connection: ConnectionSettings
  /** The rows of some tables, by `schema.table`, in any order: what must be read. */
  readonly rows?: ReadonlyMap<string, readonly (readonly Cell[])[]>
  /** The foreign keys of the database that have rows without a parent; default: none. */
  readonly orphans?: readonly ExpectedOrphans[]
}

/** An empty database. Disposed of, when it can be, after the last test. */
export interface PreparedTarget extends Partial<AsyncDisposable> {
  readonly connection: ConnectionSettings
  /** What is restored; default: `sampleDatabase()`. */
  readonly sample?: SampleDatabase
}

export interface ExpectedOrphans {
  readonly foreignKey: string
  readonly rows: number
}
