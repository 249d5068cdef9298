import { type Cell, encodeRows, fullName, type QualifiedName, type RowBytes, type SchemaModel } from '@albackup/core'
import { collect } from '../collect.ts'

/** Something that goes wrong. Tables are `schema.table`. */
export type Fault =
  /** Nobody can connect. */
  | { readonly kind: 'unreachable' }
  /** Reading or loading the table fails once `row` rows are through. */
  | { readonly kind: 'fail'; readonly table: string; readonly row: number }
  /** Each block of the table takes so long. */
  | { readonly kind: 'delay'; readonly table: string; readonly milliseconds: number }
  /** Nothing comes, for ever. */
  | { readonly kind: 'hang'; readonly table: string }
  /** A load keeps all rows of the table but the last, and says nothing. */
  | { readonly kind: 'lose a row'; readonly table: string }
  /** A load cannot carry so many values of the column. */
  | { readonly kind: 'loss'; readonly table: string; readonly column: string; readonly count: number }

export interface MemoryDatabase {
  model: SchemaModel
  /** By `schema.table`. */
  readonly rows: Map<string, readonly RowBytes[]>
}

/** What stands behind the sessions of a memory dialect: databases by name, and the faults that are in force. */
export class MemoryServer {
  readonly databases = new Map<string, MemoryDatabase>()
  faults: readonly Fault[] = []

  /** A table without an entry in `rows` is empty. */
  async createDatabase(
    name: string,
    model: SchemaModel = emptyModel(name),
    rows: ReadonlyMap<string, readonly (readonly Cell[])[]> = new Map(),
  ): Promise<MemoryDatabase> {
    const database: MemoryDatabase = { model, rows: new Map() }
    for (const table of model.tables) {
      database.rows.set(fullName(table), await collect(encodeRows(table, rows.get(fullName(table)) ?? [])))
    }
    this.databases.set(name, database)
    return database
  }

  fault<K extends Fault['kind']>(kind: K, table: QualifiedName): Extract<Fault, { kind: K }> | undefined {
    return this.faults.find(
      (fault): fault is Extract<Fault, { kind: K }> =>
        fault.kind === kind && 'table' in fault && fault.table === fullName(table),
    )
  }
}

function emptyModel(name: string): SchemaModel {
  return {
    dialect: 'memory',
    database: { name, collation: null },
    schemas: [],
    types: [],
    sequences: [],
    tables: [],
    modules: [],
    leftBehind: [],
  }
}
