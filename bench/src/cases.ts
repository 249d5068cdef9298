import { type Codec, type Connection, type Dialect, dump, openBackup, restore } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import { Connection as TediousConnection } from 'tedious'
import { JOBS } from './four-tables.ts'
import { DATABASE, mssqlConnection, postgresConnection, quietContext, RESTORED } from './servers.ts'
import { connect, DrainingConnection, runBatch, tediousConfiguration } from './tedious-connection.ts'

/** What one measured run gives: seconds for the table's rows alone, and for the whole job where there is one. */
export interface Measured {
  readonly seconds: number
  readonly jobSeconds?: number
  readonly bytes?: number
  /** Where a dump has put its backup. */
  readonly backup?: string
}

/** The cases that run in a process of their own. `argument` is the backup folder, or the backup, or a database. */
export const CASES: Readonly<Record<string, (table: string, ...given: string[]) => Promise<Measured>>> = {
  drain,
  'tedious-rows': tediousRows,
  'dump-mssql': (table, codec, folder) => dumpTable(mssql, mssqlConnection(DATABASE), table, codec!, folder!),
  'dump-postgres': (table, codec, folder, database) =>
    dumpTable(postgres, postgresConnection(database!), table, codec!, folder!),
  'restore-postgres': (_, backup, database) => restoreTable(postgres, postgresConnection(database!), backup!),
  'dump-four': (pattern, folder, database) => dumpTogether(pattern, folder!, database!),
  'restore-four': async (_, backup, database) => ({
    seconds: (await restoreTogether(backup!, database!, false)).loading,
  }),
  'prove-four': async (_, backup, database) => ({ seconds: (await restoreTogether(backup!, database!, true)).proving }),
  'restore-mssql': (_, backup) => restoreTable(mssql, mssqlConnection(RESTORED), backup!),
}

async function drain(table: string): Promise<Measured> {
  const connection = await connect(new DrainingConnection(tediousConfiguration(DATABASE)))
  connection.draining = true
  const begun = performance.now()
  await runBatch(connection, `select * from bench.${table}`)
  const seconds = secondsSince(begun)
  connection.close()
  return { seconds, bytes: connection.bytes }
}

async function tediousRows(table: string): Promise<Measured> {
  const connection = await connect(new TediousConnection(tediousConfiguration(DATABASE)))
  let rows = 0
  const begun = performance.now()
  await runBatch(connection, `select * from bench.${table}`, () => {
    rows++
  })
  const seconds = secondsSince(begun)
  connection.close()
  return { seconds, bytes: rows }
}

async function dumpTable(
  dialect: Dialect,
  connection: Connection,
  table: string,
  codec: string,
  backupDir: string,
): Promise<Measured> {
  const begun = performance.now()
  await using source = await dialect.openSource!(connection, quietContext())
  let seconds = 0
  const result = await dump({
    source,
    dialect: dialect.name,
    host: 'bench',
    database: connection.database,
    backupDir,
    codec: codec as Codec,
    include: [`bench.${table}`],
    exclude: [],
    toolVersion: 'bench',
    context: quietContext(),
    onEvent: (event) => {
      if (event.type === 'table-end') seconds = event.seconds
    },
  })
  return { seconds, jobSeconds: secondsSince(begun), bytes: result.bytes, backup: result.backup }
}

async function restoreTable(dialect: Dialect, connection: Connection, backup: string): Promise<Measured> {
  const begun = performance.now()
  await using target = await dialect.openTarget!(connection, quietContext())
  let seconds = 0
  await restore({
    backup: await openBackup(backup),
    target,
    policy: {},
    allowRestore: true,
    checkRI: true,
    prove: false,
    failOnLoss: false,
    context: quietContext(),
    onEvent: (event) => {
      if (event.type === 'table-end') seconds = event.seconds
    },
  })
  return { seconds, jobSeconds: secondsSince(begun) }
}

/** From the first row of the first table to the last of the last. */
async function dumpTogether(pattern: string, backupDir: string, database: string): Promise<Measured> {
  const connection = postgresConnection(database)
  const context = quietContext()
  await using source = await postgres.openSource!(connection, context)
  const stages = new Map<string, number>()
  const result = await dump({
    source,
    dialect: postgres.name,
    host: 'bench',
    database,
    backupDir,
    codec: 'null',
    include: [pattern],
    exclude: [],
    jobs: JOBS,
    threads: { dialect: postgres, connection, context },
    toolVersion: 'bench',
    context,
    onEvent: (event) => {
      if (event.type === 'stage') stages.set(event.stage, performance.now())
    },
  })
  return { seconds: secondsSince(stages.get('read rows')!), bytes: result.bytes, backup: result.backup }
}

/** Seconds of loading the rows, and of reading every one back, from the begin of the one stage to that of the next. */
async function restoreTogether(
  backup: string,
  database: string,
  prove: boolean,
): Promise<{ readonly loading: number; readonly proving: number }> {
  const connection = postgresConnection(database)
  const context = quietContext()
  await using target = await postgres.openTarget!(connection, context)
  const stages = new Map<string, number>()
  await restore({
    backup: await openBackup(backup),
    target,
    policy: {},
    allowRestore: true,
    checkRI: true,
    prove,
    failOnLoss: false,
    jobs: JOBS,
    threads: { dialect: postgres, connection, context },
    context,
    onEvent: (event) => {
      if (event.type === 'stage') stages.set(event.stage, performance.now())
    },
  })
  const loading = stages.get('create keys and indexes')! - stages.get('load rows')!
  return { loading: loading / 1000, proving: prove ? secondsSince(stages.get('prove')!) : 0 }
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000
}
