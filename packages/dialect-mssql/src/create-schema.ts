import type { Finding, PlannedStatement, RestorePlan, SchemaPart } from '@albackup/core'
import { isAboutStatement, serverReason, targetError } from './server-errors.ts'
import { splitSettings } from './settings.ts'

/** Runs one batch as it is. */
export type Execute = (sql: string) => Promise<void>

interface Failed {
  readonly statement: PlannedStatement
  readonly error: unknown
}

/** The statements of these parts may need one another, in an order that only the server knows. */
const IN_ROUNDS: ReadonlySet<SchemaPart> = new Set(['tables', 'objects'])

/**
 * Runs the statements of a part. The tables come in one transaction: all of them or none, unless the server gives up a
 * transaction with the first statement it refuses. What follows is long work that is worth keeping, each statement by itself.
 */
export async function createSchema(execute: Execute, plan: RestorePlan, part: SchemaPart): Promise<readonly Finding[]> {
  const statements = plan.statements[part]
  if (part !== 'tables') return runAll(statements, execute, IN_ROUNDS.has(part))
  return (await runInTransaction(statements, execute)) ?? runAll(statements, execute, true)
}

/** undefined when the server has rolled back; the next statement would not be part of anything. */
async function runInTransaction(
  statements: readonly PlannedStatement[],
  execute: Execute,
): Promise<readonly Finding[] | undefined> {
  let isLost = false
  const run = async (sql: string) => {
    try {
      await execute(sql)
    } catch (error) {
      if (!isAboutStatement(error)) throw error
      isLost = await isTransactionLost(execute)
      throw isLost ? new TransactionLost() : error
    }
  }
  await execute('set xact_abort off begin transaction')
  try {
    const findings = await runAll(statements, run, true)
    await execute('commit transaction')
    return findings
  } catch (error) {
    // Should even this fail, the connection is gone, and the server rolls back by itself.
    await execute('if @@trancount > 0 rollback transaction').catch(() => undefined)
    if (isLost) return undefined
    throw targetError('cannot create the tables', error)
  }
}

class TransactionLost extends Error {}

async function isTransactionLost(execute: Execute): Promise<boolean> {
  return execute(`if @@trancount = 0 or xact_state() <> 1 raiserror ('lost', 16, 1)`).then(
    () => false,
    (error: unknown) => {
      if (isAboutStatement(error)) return true
      throw error
    },
  )
}

async function runAll(
  statements: readonly PlannedStatement[],
  execute: Execute,
  inRounds: boolean,
): Promise<readonly Finding[]> {
  let failed = await runEach(statements, execute)
  if (inRounds) failed = await runAgain(failed, execute)
  const findings: Finding[] = []
  for (let [first, ...others] = failed; first !== undefined; [first, ...others] = failed) {
    const { finding, isMade } = await settle(first, execute)
    findings.push(finding)
    // What needed the object may be made now.
    failed = isMade && inRounds ? await runAgain(others, execute) : others
  }
  return findings
}

/** Round after round, until nothing more succeeds. */
async function runAgain(failed: readonly Failed[], execute: Execute): Promise<readonly Failed[]> {
  const again = await runEach(statementsOf(failed), execute)
  return again.length === 0 || again.length === failed.length ? again : runAgain(again, execute)
}

function statementsOf(failed: readonly Failed[]): readonly PlannedStatement[] {
  return failed.map(({ statement }) => statement)
}

async function runEach(statements: readonly PlannedStatement[], execute: Execute): Promise<readonly Failed[]> {
  const failed: Failed[] = []
  for (const statement of statements) {
    try {
      await runStatement(statement.sql, execute)
    } catch (error) {
      if (!isAboutStatement(error)) throw targetError(`cannot create ${statement.object}`, error)
      failed.push({ statement, error })
    }
  }
  return failed
}

async function runStatement(planned: string, execute: Execute): Promise<void> {
  const { before, sql, after } = splitSettings(planned)
  if (before !== undefined) await execute(before)
  try {
    await execute(sql)
  } finally {
    if (after !== undefined) await execute(after)
  }
}

/** What becomes of a statement that the server will not have. Throws when the restore makes no sense without it. */
async function settle(
  { statement, error }: Failed,
  execute: Execute,
): Promise<{ readonly finding: Finding; readonly isMade: boolean }> {
  const { object, kind = 'object', optional, fallback } = statement
  if (fallback !== undefined) {
    const [failed] = await runEach([{ ...statement, sql: fallback.sql }], execute)
    if (failed === undefined) {
      const message = `${fallback.finding.message}: ${serverReason(error)}`
      return { finding: { ...fallback.finding, message }, isMade: true }
    }
  }
  if (!optional) throw targetError(`cannot create ${object}`, error)
  const message = `is left out, the server refused: ${serverReason(error)}`
  return { finding: { severity: 'lost', kind, object, message }, isMade: false }
}
