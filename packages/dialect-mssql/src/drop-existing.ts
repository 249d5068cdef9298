import { RefusedError } from '@albackup/core'
import type { Execute } from './create-schema.ts'
import { isAboutStatement, serverReason, targetError } from './server-errors.ts'

/** Full-text statements are refused within a transaction (error 574). */
const BY_ITSELF = /^drop fulltext /

/**
 * Runs them in one transaction: all of them or, with a RefusedError, none; what is refused in one, afterwards. What cannot be dropped yet is tried again behind the
 * others; a server that rolls back at the first refusal begins anew.
 */
export async function dropExisting(execute: Execute, statements: readonly string[]): Promise<void> {
  await dropTogether(
    execute,
    statements.filter((sql) => !BY_ITSELF.test(sql)),
  )
  for (const sql of statements.filter((one) => BY_ITSELF.test(one))) {
    await execute(sql).catch((error: unknown) => {
      throw targetError(`cannot ${sql}`, error)
    })
  }
}

async function dropTogether(execute: Execute, statements: readonly string[]): Promise<void> {
  let order = statements
  for (let moves = 0; order.length > 0; moves++) {
    const refusal = await dropInTransaction(execute, order)
    if (refusal === undefined) return
    if (moves === statements.length) throw refused(refusal)
    order = [...order.filter((sql) => sql !== refusal.sql), refusal.sql]
  }
}

interface Refusal {
  readonly sql: string
  readonly error: unknown
}

/** Gives the statement with which the server rolled back. */
async function dropInTransaction(execute: Execute, statements: readonly string[]): Promise<Refusal | undefined> {
  await execute('set xact_abort off begin transaction')
  try {
    const refusal = await dropAll(statements, execute)
    if (refusal === undefined) await execute('commit transaction')
    return refusal
  } catch (error) {
    // Should even this fail, the connection is gone, and the server rolls back by itself.
    await execute('if @@trancount > 0 rollback transaction').catch(() => undefined)
    throw error instanceof RefusedError ? error : targetError('cannot drop what exists', error)
  }
}

/** Round after round: views and functions may need one another. Gives the statement with which the server rolled back. */
async function dropAll(statements: readonly string[], execute: Execute): Promise<Refusal | undefined> {
  const failed: Refusal[] = []
  for (const sql of statements) {
    try {
      await execute(sql)
    } catch (error) {
      if (!isAboutStatement(error)) throw error
      if (!(await isInTransaction(execute))) return { sql, error }
      failed.push({ sql, error })
    }
  }
  if (failed.length === 0) return undefined
  if (failed.length === statements.length) throw refused(failed[0]!)
  return dropAll(
    failed.map(({ sql }) => sql),
    execute,
  )
}

function isInTransaction(execute: Execute): Promise<boolean> {
  return execute(`if @@trancount = 0 raiserror ('the transaction was rolled back', 16, 1)`).then(
    () => true,
    (error: unknown) => {
      if (isAboutStatement(error)) return false
      throw error
    },
  )
}

function refused({ sql, error }: Refusal): RefusedError {
  return new RefusedError(`cannot ${sql}: ${serverReason(error)}`, {
    cause: error,
    hint: 'Nothing was dropped. Drop what needs it yourself if that may go; or the login lacks a right: "albackup doctor" names it.',
  })
}
