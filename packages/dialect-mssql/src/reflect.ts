import { CannotCarryError, type Column, inScope, type SchemaModel, type Scope, type Table } from '@albackup/core'
import { readAliasTypes } from './catalog/alias-types.ts'
import { readBoundObjects } from './catalog/bound-objects.ts'
import type { Catalog } from './catalog/catalog.ts'
import { readChecks } from './catalog/checks.ts'
import { type ColumnParts, type ColumnRow, isCarried, mapColumn, readColumns } from './catalog/columns.ts'
import { readComments } from './catalog/comments.ts'
import { readComputedColumns } from './catalog/computed-columns.ts'
import { readDefaults } from './catalog/defaults.ts'
import { readForeignKeys } from './catalog/foreign-keys.ts'
import { readIdentityColumns } from './catalog/identity-columns.ts'
import { readIndexes } from './catalog/indexes.ts'
import { byKindAndName, readLeftBehind } from './catalog/left-behind.ts'
import { byName, byQualifiedName, groupBy } from './catalog/lists.ts'
import { readMaskedColumns, requireUnmasked } from './catalog/masking.ts'
import { readModules } from './catalog/modules.ts'
import { readNativeObjects } from './catalog/native-objects.ts'
import { type ReplicationObjects, readReplicationObjects } from './catalog/replication-objects.ts'
import { readSchemas } from './catalog/schemas.ts'
import { readSequences } from './catalog/sequences.ts'
import { readTables, tableFacts } from './catalog/tables.ts'
import { readViewColumns } from './catalog/view-columns.ts'
import { withMeanings } from './view-meanings.ts'

const EVERYTHING: Scope = { include: [], exclude: [] }

/**
 * The whole schema of the database, from its catalog views: one query for each family of objects. Tables outside of the scope
 * are there without the columns that cannot be carried; what hides values is no matter there either.
 */
export async function reflect(catalog: Catalog, database: string, scope = EVERYTHING): Promise<SchemaModel> {
  requireUnmasked(await readMaskedColumns(catalog), (table) => inScope(scope, table))
  const comments = await readComments(catalog)
  const bound = await readBoundObjects(catalog)
  const schemas = await readSchemas(catalog)
  const replication = await readReplicationObjects(catalog)
  const { modules, leftBehind } = await readModules(catalog)
  const viewColumns = await readViewColumns(catalog)
  const native = await readNativeObjects(catalog)
  const collation = await readCollation(catalog)
  const model: SchemaModel = {
    dialect: 'mssql',
    database: { name: database, collation },
    schemas: byName(schemas.map(({ id, name }) => ({ name, ...comments.schema(id) }))),
    types: await readAliasTypes(catalog, comments, bound),
    sequences: await readSequences(catalog, comments),
    tables: await reflectTables(catalog, { comments, bound }, replication, scope),
    modules: modules.filter((module) => !replication.owns(module)),
    objects: native.objects,
    leftBehind: byKindAndName([
      ...leftBehind,
      ...native.leftBehind,
      ...replication.leftBehind,
      ...(await readLeftBehind(catalog)),
    ]),
  }
  return { ...model, modules: withMeanings(model, viewColumns) }
}

async function reflectTables(
  catalog: Catalog,
  { comments, bound }: Pick<ColumnParts, 'comments' | 'bound'>,
  replication: ReplicationObjects,
  scope: Scope,
): Promise<readonly Table[]> {
  const rows = (await readTables(catalog)).filter(
    (row) => !row.isExternal && !row.isDroppedLedger && !replication.owns(row),
  )
  const columns = groupBy(
    (await readColumns(catalog)).filter(isCarried),
    (row) => row.tableId,
    (row) => row,
  )
  const parts: ColumnParts = {
    defaults: await readDefaults(catalog),
    identities: await readIdentityColumns(catalog),
    computed: await readComputedColumns(catalog),
    comments,
    bound,
  }
  const indexesOf = await readIndexes(catalog, comments)
  const foreignKeysOf = await readForeignKeys(catalog)
  const checksOf = await readChecks(catalog)
  return byQualifiedName(rows).map((row) => {
    const { primaryKey, uniqueKeys, indexes } = indexesOf(row.id)
    return {
      schema: row.schema,
      name: row.name,
      columns: mapColumns(columns.get(row.id) ?? [], parts, inScope(scope, row)),
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

/** A type that is not known fails a table that is to be read, and no other. */
function mapColumns(rows: readonly ColumnRow[], parts: ColumnParts, isRead: boolean): readonly Column[] {
  if (isRead) return rows.map((row) => mapColumn(row, parts))
  return rows.flatMap((row) => {
    try {
      return [mapColumn(row, parts)]
    } catch (error) {
      if (error instanceof CannotCarryError) return []
      throw error
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
