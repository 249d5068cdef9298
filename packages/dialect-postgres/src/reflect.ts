import type { DatabaseFacts, SchemaModel } from '@albackup/core'
import type { ClientBase } from 'pg'
import { readColumns } from './catalog/columns.ts'
import { readConstraints } from './catalog/constraints.ts'
import { readIndexes } from './catalog/indexes.ts'
import { readSchemas } from './catalog/schemas.ts'
import { readSequences } from './catalog/sequences.ts'
import { readTables } from './catalog/tables.ts'
import { readTypes } from './catalog/types.ts'
import { targetError } from './server-errors.ts'

const DATABASE = `select datname as name, datcollate as collation from pg_database where datname = current_database()`

/** The tables of the database with their keys, indexes and constraints, and its sequences; all queries see one snapshot. */
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
  const schemas = await readSchemas(client)
  const sequences = await readSequences(client)
  const columns = await readColumns(client, await readTypes(client))
  const constraintsOf = await readConstraints(client)
  const indexes = await readIndexes(client)
  const tables = (await readTables(client)).map(({ oid, schema, name, comment }) => ({
    schema,
    name,
    columns: columns.get(oid) ?? [],
    ...constraintsOf(oid),
    indexes: indexes.of(oid),
    ...(comment === null ? {} : { comment }),
  }))
  return {
    dialect: 'postgres',
    database,
    schemas,
    types: [],
    sequences,
    tables,
    modules: [],
    leftBehind: indexes.leftBehind,
  }
}
