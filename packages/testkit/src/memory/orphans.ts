import {
  type Cell,
  decodeRows,
  type ForeignKey,
  fullName,
  type RIViolation,
  storedColumns,
  type Table,
} from '@albackup/core'
import type { MemoryDatabase } from './memory-server.ts'

const SAMPLES = 10

/** The foreign keys of the tables with rows that have no parent (SQL's MATCH SIMPLE: a key with a NULL needs none). */
export async function* findOrphans(database: MemoryDatabase, tables: readonly Table[]): AsyncGenerator<RIViolation> {
  for (const table of tables) {
    for (const foreignKey of table.foreignKeys) {
      const violation = await checkForeignKey(database, table, foreignKey)
      if (violation) yield violation
    }
  }
}

async function checkForeignKey(
  database: MemoryDatabase,
  table: Table,
  foreignKey: ForeignKey,
): Promise<RIViolation | undefined> {
  const parent = database.model.tables.find((other) => fullName(other) === fullName(foreignKey.references))
  const parents = new Set<string>()
  if (parent) for await (const key of keysOf(database, parent, foreignKey.references.columns)) parents.add(textOf(key))
  const orphans: string[] = []
  for await (const key of keysOf(database, table, foreignKey.columns)) {
    if (!key.includes(null) && !parents.has(textOf(key))) orphans.push(textOf(key))
  }
  if (orphans.length === 0) return undefined
  const samples = [...new Set(orphans)].slice(0, SAMPLES)
  return { table: fullName(table), foreignKey: foreignKey.name, rows: orphans.length, samples }
}

async function* keysOf(database: MemoryDatabase, table: Table, columns: readonly string[]): AsyncGenerator<Cell[]> {
  const names = storedColumns(table).map((column) => column.name)
  const places = columns.map((column) => names.indexOf(column))
  for await (const row of decodeRows(table, database.rows.get(fullName(table)) ?? [])) {
    yield places.map((place) => row[place] ?? null)
  }
}

function textOf(key: readonly Cell[]): string {
  return key.map(String).join(', ')
}
