import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, SourceError } from '@albackup/core'
import { connect, type Database } from '../connect.ts'
import type { MssqlConnection } from '../connection-settings.ts'
import { quote, quoteText } from '../quote.ts'
import { isDenied, reasonOf, serverErrorNumber, sourceError } from '../server-errors.ts'

/** A read-only view of the database, made on the server for one dump. */
export interface DatabaseSnapshot {
  readonly name: string
  /** To connect to the snapshot instead of the database. */
  readonly connection: MssqlConnection
  /** Also when the job was stopped. Warns with the statement to be run when it fails. */
  drop(): Promise<void>
}

interface DataFile {
  readonly name: string
  readonly path: string
}

/** Files of rows; those of logs and FILESTREAM are no part of a snapshot. */
const DATA_FILES = `
select cast(f.name as nvarchar(128)) as [name], cast(f.physical_name as nvarchar(400)) as [path]
from sys.database_files f where f.type = 0 order by f.file_id`

/** Makes the snapshot. Throws a SourceError that says what the login or the server lacks, and leaves nothing behind then. */
export async function createDatabaseSnapshot(connection: MssqlConnection, context: Context): Promise<DatabaseSnapshot> {
  const name = snapshotName(connection.database)
  const snapshot: DatabaseSnapshot = {
    name,
    connection: { ...connection, database: name },
    drop: () => dropSnapshot(connection, name, context),
  }
  const database = await connect(connection, context)
  try {
    const files = await database.query<DataFile>(DATA_FILES)
    if (files.length === 0) throw new SourceError('the server does not tell the files of the database')
    await createOrDrop(database, createStatement(connection.database, name, files), snapshot)
    return snapshot
  } catch (error) {
    throw refusal(connection, error)
  } finally {
    await database.close()
  }
}

/** What the server has not refused in so many words may have been made. */
async function createOrDrop(database: Database, statement: string, snapshot: DatabaseSnapshot): Promise<void> {
  try {
    await database.execute(statement)
  } catch (error) {
    if (serverErrorNumber(error) === undefined) await snapshot.drop()
    throw error
  }
}

/** `<database>_albackup_20260427_153300_4f2a`, whatever the length of the database's name. */
export function snapshotName(database: string, now = new Date()): string {
  const [date, time] = now.toISOString().replaceAll(/[-:]/g, '').split(/[T.]/)
  return `${database.slice(0, 90)}_albackup_${date}_${time}_${randomBytes(2).toString('hex')}`
}

/** The files of a snapshot are sparse: they hold only the pages that the source changes meanwhile. */
export function createStatement(database: string, snapshot: string, files: readonly DataFile[]): string {
  const list = files.map(
    ({ name, path }) => `(name = ${quote(name)}, filename = ${quoteText(`${path}.${snapshot}.ss`)})`,
  )
  return `create database ${quote(snapshot)} on ${list.join(', ')} as snapshot of ${quote(database)}`
}

function refusal({ database, user }: MssqlConnection, error: unknown): unknown {
  const cannot = `cannot make a database snapshot of ${quote(database)}`
  if (!isDenied(error)) {
    const failure = sourceError(cannot, error)
    if (!(failure instanceof SourceError) || failure.hint !== undefined) return failure
    return new SourceError(failure.message, {
      cause: error,
      hint: 'Database snapshots need SQL Server 2016 SP1 or later on its own machine; Azure SQL has none. Use --consistency snapshot.',
    })
  }
  return new SourceError(`${cannot}: ${reasonOf(error)}`, {
    cause: error,
    hint: `An administrator can allow it: grant create any database to ${quote(user ?? 'login')}. Or use --consistency snapshot.`,
  })
}

/** Sessions that have just been closed may still count as users of the snapshot (error 3702). */
const DROP_PAUSES = [250, 500, 1000, 2000, 4000] as const

async function dropSnapshot(connection: MssqlConnection, name: string, context: Context): Promise<void> {
  const statement = `drop database if exists ${quote(name)}`
  try {
    const database = await connect(connection, { ...context, signal: new AbortController().signal })
    try {
      await dropWhenUnused(database, statement)
    } finally {
      await database.close()
    }
  } catch (error) {
    context.warn(`database snapshot ${quote(name)} is still there (${reasonOf(error)}); remove it with: ${statement}`)
  }
}

async function dropWhenUnused(database: Database, statement: string): Promise<void> {
  for (const pause of DROP_PAUSES) {
    try {
      return await database.execute(statement)
    } catch (error) {
      if (serverErrorNumber(error) !== 3702) throw error
      await sleep(pause)
    }
  }
  await database.execute(statement)
}
