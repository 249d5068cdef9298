import type { SchemaModel } from '@albackup/core'
import type { ClientBase } from 'pg'
import { NO_SEARCH_PATH } from './connections.ts'
import { createSchemaStatement } from './ddl.ts'
import { moduleKey, objectKey, textsFact } from './native-facts.ts'
import { oneStatement } from './one-statement.ts'
import { codeOf } from './server-errors.ts'

/**
 * What columns of the model need and this server cannot have: types made by functions, of extensions or not. What is not there already is
 * tried in a transaction that is rolled back, since whether a user may install an extension is told by no catalog of managed servers.
 * Throws what the driver throws.
 */
export async function missingNeeds(client: ClientBase, model: SchemaModel): Promise<ReadonlySet<string>> {
  const needs = new Set(
    model.tables.flatMap(({ columns }) => columns.flatMap(({ native }) => textsFact(native.facts, 'needs'))),
  )
  const missing = await notThere(client, [...needs])
  if (missing.length === 0) return new Set()
  await client.query('begin')
  for (const statement of trials(model)) await tryStatement(client, statement)
  await client.query(NO_SEARCH_PATH)
  const still = await notThere(client, missing)
  await client.query('rollback')
  return new Set(still)
}

const NOT_THERE = `
  select need from unnest($1::text[]) as need
  where not exists (select from pg_type t where t.typisdefined and 'type ' || t.oid::regtype = split_part(need, ' of extension ', 1))
  order by need`

async function notThere(client: ClientBase, needs: readonly string[]): Promise<readonly string[]> {
  return (await client.query<{ readonly need: string }>(NOT_THERE, [needs])).rows.map(({ need }) => need)
}

/** Of a function that is no text in the database. */
const CODE = /\blanguage (c|internal)\b/i

/** In the order of the source. */
function trials({ database, schemas, objects = [], modules }: SchemaModel): readonly string[] {
  const order = new Map(textsFact(database.native, 'order').map((key, i) => [key, i]))
  const found = [
    ...objects
      .filter(({ kind }) => ['extension', 'type name', 'type'].includes(kind))
      .map((object) => ({ key: objectKey(object), statements: object.statements })),
    ...modules
      .filter(({ native, definition }) => native?.early === true && CODE.test(definition ?? ''))
      .map((module) => ({ key: moduleKey(module), statements: [module.definition!] })),
  ]
  const place = (key: string) => order.get(key) ?? order.size
  found.sort((one, other) => place(one.key) - place(other.key))
  return [...schemas.map(({ name }) => createSchemaStatement(name)), ...found.flatMap(({ statements }) => statements)]
}

async function tryStatement(client: ClientBase, statement: string): Promise<void> {
  await client.query('savepoint trial')
  try {
    await client.query(oneStatement(statement))
    await client.query('release savepoint trial')
  } catch (error) {
    // What is no error of the statement has ended the connection.
    if (codeOf(error) === undefined) throw error
    await client.query('rollback to savepoint trial')
  }
}
