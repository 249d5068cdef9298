import type { DatabaseFacts, NativeFacts, NativeObject, SchemaModel, Table } from '@albackup/core'
import type { ClientBase } from 'pg'
import { type ReflectedColumn, readColumns } from './catalog/columns.ts'
import { readComments } from './catalog/comments.ts'
import { readConstraints } from './catalog/constraints.ts'
import {
  type Dependency,
  dependencyOrder,
  dependents,
  indexesOf,
  needsOfAll,
  readDependencies,
} from './catalog/dependencies.ts'
import { type FoundDomain, readDomains } from './catalog/domains.ts'
import { readIndexes } from './catalog/indexes.ts'
import { readLeftBehind } from './catalog/left-behind.ts'
import { type FoundModule, readModules } from './catalog/modules.ts'
import { readExtensionRows } from './catalog/objects/extension-rows.ts'
import { type FoundObject, readObjects } from './catalog/objects/read-objects.ts'
import { readSchemas } from './catalog/schemas.ts'
import { readSequenceValues, type SequenceValue } from './catalog/sequence-values.ts'
import { readSequences } from './catalog/sequences.ts'
import { offspringOf, readTables, type TableRow, tableFacts } from './catalog/tables.ts'
import { readTypes, type Types } from './catalog/types.ts'
import { readViewColumns } from './catalog/view-columns.ts'
import { holdsNames, moduleKey, objectKey, tableKey, typeKey } from './native-facts.ts'
import { targetError } from './server-errors.ts'
import { withMeanings } from './view-meanings.ts'

const DATABASE = `select datname as name, datcollate as collation from pg_database where datname = current_database()`

/** The whole schema of the database; all queries see one snapshot. */
export async function reflect(client: ClientBase): Promise<SchemaModel> {
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    const model = await readModel(client)
    await client.query('commit')
    return model
  } catch (error) {
    throw targetError(error, 'read the catalog')
  }
}

/** The same within the transaction that the connection is in. */
export async function readModel(client: ClientBase): Promise<SchemaModel> {
  const database = (await client.query<DatabaseFacts>(DATABASE)).rows[0]!
  const types = await readTypes(client)
  const rows = await readTables(client)
  const domains = await readDomains(client, types)
  const dependencies = await readDependencies(client)
  const modules = await readModules(client)
  const objects = await readObjects(client)
  const extensionRows = await readExtensionRows(client)
  const sequenceValue = await readSequenceValues(client)
  const tables = await reflectTables(client, rows, types, sequenceValue)
  const early = earlyOrder(rows, domains, modules, objects, dependencies, tables.some(holdsNames))
  return {
    dialect: 'postgres',
    database: { ...database, native: { order: early.keys } satisfies NativeFacts },
    schemas: await readSchemas(client),
    types: domains.map(({ domain }) => domain),
    sequences: await readSequences(client, sequenceValue),
    tables,
    modules: withMeanings(
      tables,
      inOrder(modules, dependencies).map(({ address, module }) =>
        early.addresses.has(address) ? { ...module, native: { ...module.native, early: true } } : module,
      ),
      await readViewColumns(client, types),
    ),
    objects: [
      ...inOrder(objects, dependencies).map(({ address, object }) => ({
        ...object,
        stage: stageOf(object, address, early),
      })),
      ...extensionRows.objects.map(({ object }) => object),
      ...(await readComments(client, keysOf(domains, objects))),
    ],
    leftBehind: [...(await readLeftBehind(client)), ...extensionRows.leftBehind],
  }
}

/** What is made before the rows come, as others may speak of it, by address. */
function keysOf(domains: readonly FoundDomain[], objects: readonly FoundObject[]): ReadonlyMap<string, string> {
  const early = objects.filter(({ object }) => object.stage === 'before tables')
  return new Map([
    ...early.map(({ address, object }) => [address, objectKey(object)] as const),
    ...domains.map(({ address, domain }) => [address, typeKey(domain)] as const),
  ])
}

async function reflectTables(
  client: ClientBase,
  rows: readonly TableRow[],
  types: Types,
  sequenceValue: (oid: string) => SequenceValue,
): Promise<readonly Table[]> {
  const columns = await readColumns(client, types, sequenceValue)
  const constraintsOf = await readConstraints(client)
  const indexesOf = await readIndexes(client)
  const columnsOf = (oid: string): readonly ReflectedColumn[] => columns.get(oid) ?? []
  const tables = rows.filter(({ isPartition }) => !isPartition)
  const known = new Set(tables.map(({ schema, name }) => typeKey({ schema, name })))
  return tables.map((row) => {
    const { oid, schema, name, comment } = row
    const { foreignKeys, ...constraints } = constraintsOf(oid)
    return {
      schema,
      name,
      columns: columnsOf(oid).map(({ column }) => column),
      ...constraints,
      foreignKeys: foreignKeys.filter(({ references }) => known.has(typeKey(references))),
      indexes: indexesOf(oid),
      ...(comment === null ? {} : { comment }),
      ...tableFacts(row, columnsOf(oid), offspringOf(row, rows, columnsOf)),
    }
  })
}

function inOrder<T extends FoundModule | FoundObject>(
  found: readonly T[],
  dependencies: readonly Dependency[],
): readonly T[] {
  const byAddress = new Map<string, T[]>()
  for (const one of found) byAddress.set(one.address, [...(byAddress.get(one.address) ?? []), one])
  return dependencyOrder([...byAddress.keys()], dependencies).flatMap((address) => byAddress.get(address) ?? [])
}

interface EarlyOrder {
  /** Of the modules that come before the tables. */
  readonly addresses: ReadonlySet<string>
  /** What needs a view. */
  readonly tooLate: ReadonlySet<string>
  /** Also the views that keep rows of their own come before the tables, without them. */
  readonly allViews: boolean
  readonly keys: readonly string[]
}

/** Of objects that come after the modules, indexes are those of materialized views. */
function stageOf(
  { kind, stage }: NativeObject,
  address: string,
  { tooLate, allViews }: EarlyOrder,
): NativeObject['stage'] {
  if (stage === 'before tables' && tooLate.has(address)) return 'after modules'
  return stage === 'after modules' && kind === 'index' && allViews ? 'with keys' : stage
}

/**
 * What is made before the rows come, in order: types, tables, and the functions that need no view, since a column may need the
 * function, and the function a table. A view comes with them when a column holds its rows, and each that can when rows may name it
 * (`named`): not one that needs a key.
 */
function earlyOrder(
  tables: readonly TableRow[],
  domains: Awaited<ReturnType<typeof readDomains>>,
  modules: readonly FoundModule[],
  objects: readonly FoundObject[],
  dependencies: readonly Dependency[],
  named: boolean,
): EarlyOrder {
  const tableAddresses = tables.map(({ oid }) => `pg_class:${oid}`)
  // Indexes come before the views that can wait.
  const needed = needsOfAll([...tableAddresses, ...indexesOf(dependencies)], dependencies)
  const needsKey = new Set(dependencies.filter(({ to }) => to.startsWith('pg_constraint:')).map(({ from }) => from))
  const isEarlyView = ({ address, module }: FoundModule) =>
    (named && !needsKey.has(address)) || (module.native?.materialized !== true && needed.has(address))
  const views = modules.filter(({ module }) => module.kind === 'view')
  const lateViews = views.filter((view) => !isEarlyView(view)).map(({ address }) => address)
  const tooLate = dependents(new Set(lateViews), dependencies)
  const keys = new Map<string, string>()
  for (const { address, object } of objects) {
    if (object.stage === 'before tables' && !tooLate.has(address)) keys.set(address, objectKey(object))
  }
  for (const { address, domain } of domains) keys.set(address, typeKey(domain))
  const early = modules.filter(({ address, module }) => module.kind !== 'trigger' && !tooLate.has(address))
  for (const { address, module } of early) keys.set(address, moduleKey(module))
  for (const table of tables) if (!table.isPartition) keys.set(`pg_class:${table.oid}`, tableKey(table))
  const order = dependencyOrder([...keys.keys()], dependencies)
  return {
    addresses: new Set(early.map(({ address }) => address)),
    tooLate,
    allViews: named && views.every(({ address }) => !tooLate.has(address)),
    keys: order.map((address) => keys.get(address)!),
  }
}
