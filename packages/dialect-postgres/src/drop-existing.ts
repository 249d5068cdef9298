import { RefusedError, type RestorePlan } from '@albackup/core'
import type { ClientBase } from 'pg'
import { runRevocably } from './create-schema.ts'
import { loosenTables } from './loosen-tables.ts'
import { quote } from './quote.ts'
import { codeOf, reasonOf, targetError } from './server-errors.ts'

/** dependent_objects_still_exist. */
const DEPENDED_ON = '2BP01'

/**
 * Drops what exists of the plan: its views and functions of rows, then its tables, all in one statement so that
 * foreign keys among them do not matter. All of it or nothing.
 */
export async function dropExisting(client: ClientBase, plan: RestorePlan): Promise<void> {
  const existing = new Set(plan.existing)
  const tables = plan.tables.map(({ schema, name }) => quote(schema, name)).filter((table) => existing.has(table))
  const others = plan.existing.filter((name) => !tables.includes(name))
  try {
    await client.query('begin')
    const routines = others.filter(isRoutine)
    const views = await existingViews(client, others)
    await loosenTables(
      client,
      tables,
      routines,
      views.map(({ name }) => name),
    )
    const dropRoutines = routines.map((routine) => `drop routine ${routine}`)
    const holding = await holdsRowsOfViews(client, tables)
    await dropInTurns(client, [...views.map(dropView), ...dropTables(holding), ...dropRoutines])
    const [dropRest] = dropTables(tables.filter((table) => !holding.includes(table)))
    if (dropRest !== undefined) await client.query(dropRest)
    await client.query('commit')
  } catch (error) {
    // Should even this fail, the connection is closed on failure, which rolls back as well.
    await client.query('rollback').catch(() => undefined)
    if (codeOf(error) !== DEPENDED_ON) throw targetError(error, `drop ${existing.size} existing objects`)
    throw new RefusedError(`cannot drop the existing tables: something else needs them: ${reasonOf(error)}`, {
      cause: error,
      hint: 'Nothing was dropped. Drop what is named there yourself if it may go.',
    })
  }
}

function dropTables(tables: readonly string[]): readonly string[] {
  return tables.length === 0 ? [] : [`drop table ${tables.join(', ')}`]
}

/** Those of the tables that have columns of rows of views: they go before these. */
async function holdsRowsOfViews(client: ClientBase, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string }>(
    `select given.name from unnest($1::text[]) with ordinality as given (name, position)
     where exists (select from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
       join pg_class v on v.oid in (t.typrelid, e.typrelid) and v.relkind in ('v', 'm') where a.attrelid = to_regclass(given.name))
     order by given.position`,
    [tables],
  )
  return rows.map(({ name }) => name)
}

/** A view may call a function, and a function take the rows of a view: what something needs is tried again when others have gone. */
async function dropInTurns(client: ClientBase, statements: readonly string[]): Promise<void> {
  const needed: string[] = []
  let failure: unknown
  for (const statement of statements) {
    try {
      await runRevocably(statement, async (sql) => void (await client.query(sql)))
    } catch (error) {
      if (codeOf(error) !== DEPENDED_ON) throw error
      failure ??= error
      needed.push(statement)
    }
  }
  if (needed.length === statements.length && failure !== undefined) throw failure
  if (needed.length > 0) await dropInTurns(client, needed)
}

/** What is named and is no view (a sequence) is overwritten. */
async function existingViews(client: ClientBase, names: readonly string[]): Promise<readonly ExistingView[]> {
  const { rows } = await client.query<ExistingView>(
    `select given.name, c.relkind as kind from unnest($1::text[]) with ordinality as given (name, position)
     join pg_class c on c.oid = to_regclass(given.name) where c.relkind in ('v', 'm') order by given.position`,
    [names.filter((name) => !isRoutine(name))],
  )
  return rows
}

interface ExistingView {
  readonly name: string
  /** m: materialized, v: not. */
  readonly kind: string
}

function dropView({ name, kind }: ExistingView): string {
  return `drop ${kind === 'm' ? 'materialized view' : 'view'} ${name}`
}

/** A routine is named with what it takes; other names are quoted as a whole. */
function isRoutine(name: string): boolean {
  return name.endsWith(')')
}
