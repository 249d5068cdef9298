import { type SchemaModel, SourceError, type Table } from '@albackup/core'
import { readAliasTypes } from './catalog/alias-types.ts'
import type { Catalog } from './catalog/catalog.ts'
import { readChecks } from './catalog/checks.ts'
import { type ColumnParts, type ColumnRow, isCarried, mapColumn, readColumns } from './catalog/columns.ts'
import { type Comments, readComments } from './catalog/comments.ts'
import { readComputedColumns } from './catalog/computed-columns.ts'
import { readDefaults } from './catalog/defaults.ts'
import { readForeignKeys } from './catalog/foreign-keys.ts'
import { readIdentityColumns } from './catalog/identity-columns.ts'
import { readIndexes } from './catalog/indexes.ts'
import { readLeftBehind } from './catalog/left-behind.ts'
import { byName, byQualifiedName, groupBy } from './catalog/lists.ts'
import { readModules } from './catalog/modules.ts'
import { readSchemas } from './catalog/schemas.ts'
import { readSequences } from './catalog/sequences.ts'
import { readTables, type TableRow, tableFacts } from './catalog/tables.ts'
import { quote } from './quote.ts'

/** The whole schema of the database, from its catalog views: one query for each family of objects. */
export async function reflect(catalog: Catalog, database: string): Promise<SchemaModel> {
  const comments = await readComments(catalog)
  const schemas = await readSchemas(catalog)
  return {
    dialect: 'mssql',
    database: { name: database, collation: await readCollation(catalog) },
    schemas: byName(schemas.map(({ id, name }) => ({ name, ...comments.schema(id) }))),
    types: await readAliasTypes(catalog, comments),
    sequences: await readSequences(catalog, comments),
    tables: await reflectTables(catalog, comments),
    modules: await readModules(catalog),
    leftBehind: await readLeftBehind(catalog),
  }
}

async function reflectTables(catalog: Catalog, comments: Comments): Promise<readonly Table[]> {
  const rows = (await readTables(catalog)).filter((row) => !row.isExternal && !row.isDroppedLedger)
  const columnRows = await readColumns(catalog)
  requireUnmasked(columnRows, await canUnmask(catalog))
  const columns = groupBy(
    columnRows.filter(isCarried),
    (row) => row.tableId,
    (row) => row,
  )
  const parts: ColumnParts = {
    defaults: await readDefaults(catalog),
    identities: await readIdentityColumns(catalog),
    computed: await readComputedColumns(catalog),
    comments,
  }
  const indexesOf = await readIndexes(catalog, comments)
  const foreignKeysOf = await readForeignKeys(catalog)
  const checksOf = await readChecks(catalog)
  return byQualifiedName(rows).map((row: TableRow) => {
    const { primaryKey, uniqueKeys, indexes } = indexesOf(row.id)
    return {
      schema: row.schema,
      name: row.name,
      columns: (columns.get(row.id) ?? []).map((column) => mapColumn(column, parts)),
      ...(primaryKey !== undefined && { primaryKey }),
      uniqueKeys,
      foreignKeys: foreignKeysOf(row.id),
      checks: checksOf(row.id),
      indexes,
      ...comments.object(row.id),
      ...tableFacts(row),
    }
  })
}

/** The collation of the database as far as the server tells; a name, such as Latin1_General_100_CI_AS_SC_UTF8. */
async function readCollation({ query }: Catalog): Promise<string | null> {
  const rows = await query<{ readonly collation: string | null }>(
    `select convert(nvarchar(128), databasepropertyex(db_name(), 'Collation')) as [collation]`,
  )
  return rows[0]?.collation ?? null
}

/** A server without dynamic data masking answers null. */
async function canUnmask({ query }: Catalog): Promise<boolean> {
  const rows = await query<{ readonly allowed: number | null }>(
    `select has_perms_by_name(null, 'database', 'unmask') as [allowed]`,
  )
  return rows[0]?.allowed !== 0
}

/** Without UNMASK the server would send made-up values, and say nothing. */
function requireUnmasked(columns: readonly ColumnRow[], allowed: boolean): void {
  const masked = columns.find((column) => column.isMasked)
  if (masked === undefined || allowed) return
  throw new SourceError(
    `cannot read table ${quote(masked.schema, masked.table)}: column ${quote(masked.name)} is masked for this login`,
    { hint: 'Grant the login UNMASK on the database.' },
  )
}
