import type { Finding, PlannedStatement, RestorePlan, SchemaPart } from '@albackup/core'
import type { ClientBase } from 'pg'
import { NO_SEARCH_PATH } from './connections.ts'
import { DatabaseError } from './driver.ts'
import { codeOf, reasonOf, targetError } from './server-errors.ts'
import { isShared } from './shared-objects.ts'

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
    const action = kind === 'statistics' ? `analyze table ${object}` : `create ${object}`
    if (!isAboutStatement(error)) throw targetError(error, action)
    if (fallback !== undefined) {
      const failed = await runStatement({ object, ...(kind && { kind }), optional, sql: fallback.sql }, run)
      if (failed !== undefined) return failed
      return { ...fallback.finding, message: `${fallback.finding.message}: ${reasonOf(error)}` }
    }
    if (!optional) throw targetError(error, action)
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
export function isAboutStatement(error: unknown): boolean {
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
    const withinFunction = error instanceof DatabaseError && error.where !== undefined
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
export async function runRevocably(sql: string, run: (sql: string) => Promise<void>): Promise<void> {
  await run('savepoint statement')
  try {
    await run(sql)
  } catch (error) {
    await run('rollback to savepoint statement')
    throw error
  }
  await run('release savepoint statement')
}
