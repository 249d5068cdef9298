import { RefusedError, type RestorePlan } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import {
  nameFolding,
  objectName,
  readTargetObjects,
  type TargetKind,
  type TargetObject,
} from './catalog/target-facts.ts'
import { dropStatement, existingName } from './plan/existing.ts'
import { quote } from './quote.ts'

/** What stands before another here may need it. */
const ORDER: readonly TargetKind[] = [
  'database trigger',
  'security policy',
  'trigger',
  'procedure',
  'view',
  'synonym',
  'table',
  // Its expressions may call them.
  'function',
  'aggregate',
  'queue',
  'sequence',
  'type',
  'default',
  'rule',
  'xml schema collection',
  'assembly',
  'partition scheme',
  'partition function',
  'fulltext catalog',
  'fulltext stoplist',
]

/**
 * The statements that drop what the plan says exists. Throws a RefusedError when a table that stays refers to one that goes, or
 * has one for its history.
 */
export async function existingDrops(catalog: Catalog, plan: RestorePlan): Promise<readonly string[]> {
  const doomed = await findDoomed(catalog, plan)
  await refuseOutsideReferences(catalog, doomed)
  return [
    ...(await endVersioning(catalog, doomed)),
    ...(await dropForeignKeys(catalog, doomed)),
    ...doomed.map(dropStatement),
  ]
}

async function findDoomed(catalog: Catalog, plan: RestorePlan): Promise<readonly TargetObject[]> {
  const [database] = await catalog.query<{ readonly collation: string | null }>(
    `select convert(nvarchar(128), databasepropertyex(db_name(), 'Collation')) as [collation]`,
  )
  const fold = nameFolding(database?.collation ?? null)
  const existing = new Set(plan.existing.map(fold))
  const objects = (await readTargetObjects(catalog)).filter((object) =>
    existing.has(fold(existingName(object.kind, objectName(object)))),
  )
  return objects.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
}

interface ReferenceRow {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly referencedSchema: string
  readonly referencedTable: string
}

const REFERENCES = `
select cast(f.name as nvarchar(128)) as [name], cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [table],
  cast(rs.name as nvarchar(128)) as [referencedSchema], cast(r.name as nvarchar(128)) as [referencedTable]
from sys.foreign_keys f
join sys.tables t on t.object_id = f.parent_object_id
join sys.schemas s on s.schema_id = t.schema_id
join sys.tables r on r.object_id = f.referenced_object_id
join sys.schemas rs on rs.schema_id = r.schema_id`

async function refuseOutsideReferences(catalog: Catalog, doomed: readonly TargetObject[]): Promise<void> {
  const outside = (await references(catalog, doomed)).filter(({ isInside }) => !isInside)
  if (outside.length === 0) return
  const list = outside.map(({ row }) => `${quote(row.schema, row.table)} (${quote(row.name)})`).join(', ')
  throw new RefusedError(`cannot drop the existing tables: tables that are not in the backup refer to them: ${list}`, {
    hint: 'Nothing was dropped. Drop those foreign keys yourself if they may go.',
  })
}

/** Foreign keys among what goes, which would keep tables from being dropped one after another. */
async function dropForeignKeys(catalog: Catalog, doomed: readonly TargetObject[]): Promise<readonly string[]> {
  const inside = (await references(catalog, doomed)).filter(({ isInside }) => isInside)
  return inside.map(({ row }) => `alter table ${quote(row.schema, row.table)} drop constraint ${quote(row.name)}`)
}

/** The foreign keys that refer to what goes; `isInside`: from a table that goes, too. */
async function references(catalog: Catalog, doomed: readonly TargetObject[]) {
  const tables = new Set(doomed.filter(({ kind }) => kind === 'table').map(objectName))
  const rows = await catalog.query<ReferenceRow>(REFERENCES)
  return rows
    .filter((row) => tables.has(quote(row.referencedSchema, row.referencedTable)))
    .map((row) => ({ row, isInside: tables.has(quote(row.schema, row.table)) }))
}

interface VersionedRow {
  readonly schema: string
  readonly table: string
  readonly historySchema: string
  readonly historyTable: string
}

const VERSIONED = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [table],
  cast(hs.name as nvarchar(128)) as [historySchema], cast(h.name as nvarchar(128)) as [historyTable]
from sys.tables t
join sys.schemas s on s.schema_id = t.schema_id
join sys.tables h on h.object_id = t.history_table_id
join sys.schemas hs on hs.schema_id = h.schema_id
where t.temporal_type = 2`

/** A table whose history is kept cannot be dropped, nor can its history. Throws a RefusedError where the table itself stays. */
async function endVersioning(catalog: Catalog, doomed: readonly TargetObject[]): Promise<readonly string[]> {
  if (!catalog.views.has('tables', 'history_table_id')) return []
  const names = new Set(doomed.map(objectName))
  const rows = await catalog.query<VersionedRow>(VERSIONED)
  const stays = rows.find(
    (row) => names.has(quote(row.historySchema, row.historyTable)) && !names.has(quote(row.schema, row.table)),
  )
  if (stays !== undefined) {
    const table = quote(stays.schema, stays.table)
    throw new RefusedError(
      `cannot drop ${quote(stays.historySchema, stays.historyTable)}: it is the history of ${table}, which is not in the backup`,
      { hint: 'Nothing was dropped. Switch off SYSTEM_VERSIONING of that table if its history may go.' },
    )
  }
  return rows
    .filter((row) => names.has(quote(row.schema, row.table)))
    .map((row) => `alter table ${quote(row.schema, row.table)} set (system_versioning = off)`)
}
