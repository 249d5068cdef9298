import { type Finding, type PlannedStatement, RefusedError, type RestorePlan, type SchemaPart } from '@albackup/core'
import pg, { type ClientBase } from 'pg'
import { NO_SEARCH_PATH } from './connections.ts'
import { quote } from './quote.ts'
import { codeOf, reasonOf, targetError } from './server-errors.ts'
import { isShared } from './shared-objects.ts'

/** dependent_objects_still_exist. */
const DEPENDED_ON = '2BP01'

/**
 * Runs the statements of a part. The tables come in one transaction: all of them or none. What follows is long work that
 * is worth keeping, each statement by itself.
 */
export async function createSchema(
  client: ClientBase,
  plan: RestorePlan,
  part: SchemaPart,
  debug: (message: string) => void,
): Promise<readonly Finding[]> {
  const run = async (sql: string) => {
    debug(sql)
    await client.query(sql)
  }
  if (part !== 'tables') return runAll(plan.statements[part], (sql) => runWithNames(sql, run))
  try {
    await run('begin')
    const findings = await runAll(plan.statements[part], (sql) => runRevocably(sql, run))
    await run('commit')
    return findings
  } catch (error) {
    // Should even this fail, the connection is closed on failure, which rolls back as well.
    await client.query('rollback').catch(() => undefined)
    throw targetError(error, 'create the tables')
  }
}

/**
 * Drops what exists of the plan: its views in the order in which the plan names them, functions of rows, then its tables, all in one statement so that
 * foreign keys among them do not matter. All of it or nothing.
 */
export async function dropExisting(client: ClientBase, plan: RestorePlan): Promise<void> {
  const existing = new Set(plan.existing)
  const tables = plan.tables.map(({ schema, name }) => quote(schema, name)).filter((table) => existing.has(table))
  const others = plan.existing.filter((name) => !tables.includes(name))
  try {
    await client.query('begin')
    for (const statement of await dropViews(client, others)) await client.query(statement)
    for (const routine of others.filter(isRoutine)) await client.query(`drop routine ${routine}`)
    if (tables.length > 0) await client.query(`drop table ${tables.join(', ')}`)
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

/** What is named and is no view (a sequence) is overwritten. */
async function dropViews(client: ClientBase, names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly name: string; readonly kind: string }>(
    `select given.name, c.relkind as kind from unnest($1::text[]) with ordinality as given (name, position)
     join pg_class c on c.oid = to_regclass(given.name) where c.relkind in ('v', 'm') order by given.position`,
    [names.filter((name) => !isRoutine(name))],
  )
  return rows.map(({ name, kind }) => `drop ${kind === 'm' ? 'materialized view' : 'view'} ${name}`)
}

/** A routine is named with what it takes; other names are quoted as a whole. */
function isRoutine(name: string): boolean {
  return name.endsWith(')')
}

async function runAll(
  statements: readonly PlannedStatement[],
  run: (sql: string) => Promise<void>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  let notMade: Finding | undefined
  for (const statement of statements) {
    const finding = await runStatement(statement, run)
    if (finding === undefined || isSame(finding, findings.at(-1)) || isOf(finding, notMade)) continue
    findings.push(finding)
    if (finding.severity === 'lost' && statement.sql.startsWith('create ')) notMade = finding
  }
  return findings
}

async function runStatement(
  { sql, object, kind, optional, fallback }: PlannedStatement,
  run: (sql: string) => Promise<void>,
): Promise<Finding | undefined> {
  try {
    await run(sql)
    if (kind === 'extension') await run(NO_SEARCH_PATH)
    return undefined
  } catch (error) {
    if (!isAboutStatement(error)) throw targetError(error, `create ${object}`)
    if (fallback !== undefined) {
      const failed = await runStatement({ object, ...(kind && { kind }), optional, sql: fallback.sql }, run)
      if (failed !== undefined) return failed
      return { ...fallback.finding, message: `${fallback.finding.message}: ${reasonOf(error)}` }
    }
    if (!optional) throw targetError(error, `create ${object}`)
    if (isThereAlready(error, kind)) {
      return { severity: 'info', kind, object, message: 'was there already, and is left as it is' }
    }
    return {
      severity: 'lost',
      kind: kind ?? 'object',
      object,
      message: `is left out, the server refused: ${reasonOf(error)}`,
    }
  }
}

/** The statements of one object may all say the same. */
function isSame(one: Finding, other: Finding | undefined): boolean {
  return one.kind === other?.kind && one.object === other.object && one.message === other.message
}

/** What is said further of an object that could not be made fails for that reason. */
function isOf(one: Finding, notMade: Finding | undefined): boolean {
  return one.kind === notMade?.kind && one.object === notMade.object
}

/** duplicate_function, duplicate_object, duplicate_table; unique_violation for the parts of one. */
const DUPLICATES: readonly (string | undefined)[] = ['42723', '42710', '42P07', '23505']

function isThereAlready(error: unknown, kind: string | undefined): kind is string {
  return kind !== undefined && isShared(kind) && DUPLICATES.includes(codeOf(error))
}

/**
 * Whether another statement could still succeed. A lost connection, a cancel, a full disk or a damaged file is the end of the restore
 * (SQLSTATE classes 08, 53 and 57, codes 58030, XX001 and XX002, and errors that are not the server's). A library that is not there
 * or not right (58P01, XX000) is about the functions in it.
 */
function isAboutStatement(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57|58030|XX00[12])/.test(code)
}

/** undefined_table, undefined_function, undefined_object, invalid_schema_name. */
const MISSING_NAMES: readonly (string | undefined)[] = ['42P01', '42883', '42704', '3F000']

/**
 * The text of a function, which a check or an index calls, may leave its names to the search path. Where it finds nothing without
 * one, the statement is run with that of the database and the user.
 */
async function runWithNames(sql: string, run: (sql: string) => Promise<void>): Promise<void> {
  try {
    await run(sql)
  } catch (error) {
    const withinFunction = error instanceof pg.DatabaseError && error.where !== undefined
    if (!withinFunction || !MISSING_NAMES.includes(codeOf(error))) throw error
    await run('reset search_path')
    try {
      await run(sql)
    } finally {
      await run(NO_SEARCH_PATH)
    }
  }
}

/** Within a transaction: a failure undoes this statement only. */
async function runRevocably(sql: string, run: (sql: string) => Promise<void>): Promise<void> {
  await run('savepoint statement')
  try {
    await run(sql)
  } catch (error) {
    await run('rollback to savepoint statement')
    throw error
  }
  await run('release savepoint statement')
}
