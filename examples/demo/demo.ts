/**
 * npm run demo: a SQL Server database becomes a folder of files, and the folder becomes a PostgreSQL database.
 * `--source URL` takes a live server instead of the recorded one; `--dir DIR` says where the backup goes.
 */
import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@albackup/testkit/postgres-server'
import { albackup } from './command.ts'
import { command, countRows, heading, indented, query, say, selectStatement } from './show.ts'
import { openDemoSource } from './source.ts'

const { values } = parseArgs({ options: { source: { type: 'string' }, dir: { type: 'string', default: '.demo' } } })
/** Columns of examples/shop that show it. */
const TREACHEROUS = [
  'what',
  'bigint',
  'money',
  'decimal(38,0)',
  'datetimeoffset(6)',
  'datetimeoffset(6)__offset',
  'nvarchar(40)',
]

const backupDir = join(values.dir, 'backups')

const begun = performance.now()
rmSync(values.dir, { recursive: true, force: true })
await using source = await openDemoSource(values.source)

heading(1, 'Dump')
say(`The SQL Server is ${source.description}.`)
const shownSource = new URL(source.url)
shownSource.password = ''
command(`albackup dump --source ${shownSource.href} --backup-dir ${backupDir}`)
const dumped = JSON.parse(await albackup(['dump', '--source', source.url, '--backup-dir', backupDir, '--json']))
const backup = relative(process.cwd(), dumped.backup)
indented(`${dumped.tables} tables, ${dumped.rows} rows, ${dumped.bytes} bytes in ${backup}`)

heading(2, 'Look at it')
command(`albackup show ${backup}`)
indented(await albackup(['show', backup]))

heading(3, 'Verify the files')
command(`albackup verify ${backup}`)
indented(await albackup(['verify', backup]))

heading(4, 'Restore into PostgreSQL, and prove it')
await using server = await startPostgres()
const database = await server.createDatabase()
const target = `postgres://${server.user}@${server.host}:${server.port}/${database}`
const environment = { ALBACKUP_POSTGRES_PASSWORD: server.password }
command(`albackup restore ${backup} --target ${target} --verify`)
indented(await albackup(['restore', backup, '--target', target, '--verify'], environment))

heading(5, 'What is there now')
const client = target.replace('@', `:${server.password}@`)
const counted = await countRows(client)
indented(counted.map(({ table, rows }) => `${String(rows).padStart(6)}  ${table}`).join('\n'))
const restored = counted.reduce((sum, { rows }) => sum + rows, 0)
if (restored !== dumped.rows) throw new Error(`${dumped.rows} rows were dumped, and ${restored} are there`)
if (values.source === undefined) {
  say()
  say('A few values that are easily lost on the way:')
  say()
  const sql = await selectStatement(client, 'every type', TREACHEROUS)
  command(`psql ${target} -c '${sql}'`)
  indented(await query(client, sql))
}

say()
say(
  `Done in ${((performance.now() - begun) / 1000).toFixed(1)} s: ${dumped.rows} rows were dumped, ${restored} are there, each proven equal.`,
)
say(`The backup stays in ${backup}; any Avro reader opens its files. The PostgreSQL was for this demo and is gone.`)
