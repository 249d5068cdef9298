import type { Context } from '@albackup/core'
import { connect, type Database } from './connect.ts'
import type { MssqlConnection } from './connection-settings.ts'
import { quote, quoteText } from './quote.ts'
import { isAboutStatement, targetError } from './server-errors.ts'

/** Every database server has this one. */
const FIRST_DATABASE = 'master'

/** A connection that has just ended may still count as a user of the database. */
const DROP_ATTEMPTS = 20
const DROP_PAUSE_MS = 250

/** Drops the database of that connection if there is one, with whoever is in it, and makes an empty one. Throws a TargetError. */
export async function recreateDatabase(
  connection: MssqlConnection,
  collation: string | null,
  context: Context,
): Promise<void> {
  const name = quote(connection.database)
  const master = await connect({ ...connection, database: FIRST_DATABASE }, context)
  try {
    if (await exists(master, connection.database)) await drop(master, name, context)
    await create(master, name, collation, context)
  } catch (error) {
    throw targetError(`cannot recreate database ${name}`, error)
  } finally {
    await master.close()
  }
}

async function exists(master: Database, name: string): Promise<boolean> {
  const rows = await master.query(`select 1 as [found] from sys.databases where name = ${quoteText(name)}`)
  return rows.length > 0
}

async function drop(master: Database, name: string, context: Context): Promise<void> {
  await evict(master, name, context)
  for (let attempt = 1; ; attempt++) {
    try {
      await master.execute(`drop database ${name}`)
      return
    } catch (error) {
      if (!isAboutStatement(error) || attempt === DROP_ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, DROP_PAUSE_MS))
    }
  }
}

/** Not every server lets its databases be altered; there the others have to leave by themselves. */
async function evict(master: Database, name: string, context: Context): Promise<void> {
  try {
    await master.execute(`alter database ${name} set single_user with rollback immediate`)
  } catch (error) {
    if (!isAboutStatement(error)) throw error
    context.debug(`cannot end the sessions in ${name}: ${String(error)}`)
  }
}

/** A collation that the server does not know, of another engine or a newer version, is left out with a word. */
async function create(master: Database, name: string, collation: string | null, context: Context): Promise<void> {
  if (collation === null) {
    await master.execute(`create database ${name}`)
    return
  }
  try {
    await master.execute(`create database ${name} collate ${collation}`)
  } catch (error) {
    if (!isAboutStatement(error)) throw error
    await master.execute(`create database ${name}`)
    context.warn(`database ${name} has the server's collation: it does not take ${collation}`)
  }
}
