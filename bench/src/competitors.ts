import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from 'tedious'
import { type Run, runProcess } from './measure.ts'
import { DATABASE, MSSQL_URL, POSTGRES_URL, RESTORED, serverUrl } from './servers.ts'
import type { BenchTable } from './tables.ts'
import { connect, runBatch, tediousConfiguration } from './tedious-connection.ts'

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** FreeTDS's bulk copy, written in C: rows out into a file of characters. */
export async function freebcpOut(table: string, folder: string): Promise<Run> {
  const file = join(folder, 'freebcp.out')
  const run = await freebcp(DATABASE, `bench.${table}`, 'out', file, folder)
  const bytes = statSync(file).size
  rmSync(file)
  return { seconds: run.seconds, bytes, peakMemory: run.peakMemory }
}

/** The same rows from such a file into an empty table of the same columns, in one batch, as a restore does it. */
export async function freebcpIn(table: BenchTable, folder: string): Promise<Run> {
  const file = join(folder, `${table.name}.bcp`)
  if (!existsSync(file)) await freebcp(DATABASE, `bench.${table.name}`, 'out', file, folder)
  const connection = await connect(new Connection(tediousConfiguration(RESTORED)))
  await runBatch(connection, `drop table if exists dbo.${table.name}`)
  // Some servers read the decimals that it sends wrong, and refuse them at times; money is not longer.
  await runBatch(connection, table.create.replace('bench.', 'dbo.').replace(/decimal\(\d+,\d+\)/g, 'money'))
  connection.close()
  const run = await freebcp(RESTORED, `dbo.${table.name}`, 'in', file, folder, '-b', String(table.rows + 1))
  return { seconds: run.seconds, bytes: statSync(file).size, peakMemory: run.peakMemory }
}

function freebcp(
  database: string,
  table: string,
  direction: 'in' | 'out',
  file: string,
  folder: string,
  ...more: string[]
) {
  const url = serverUrl(MSSQL_URL)
  const configuration = join(folder, 'freetds.conf')
  writeFileSync(
    configuration,
    `[bench]\nhost = ${url.hostname}\nport = ${url.port || 1433}\ntds version = 7.4\nclient charset = UTF-8\ntext size = 2147483647\n`,
  )
  const login = ['-U', decodeURIComponent(url.username), '-P', decodeURIComponent(url.password)]
  return runProcess('freebcp', [table, direction, file, '-S', 'bench', '-D', database, '-c', ...more, ...login], {
    FREETDSCONF: configuration,
  })
}

/** One line of psql; gives the seconds that psql itself measured for its last statement. */
export async function psql(database: string, ...lines: string[]): Promise<Run & { readonly output: string }> {
  const url = serverUrl(POSTGRES_URL)
  const login = ['-h', url.hostname, '-p', url.port || '5432', '-U', decodeURIComponent(url.username), '-d', database]
  const script = ['\\set ON_ERROR_STOP on', '\\timing on', ...lines].flatMap((line) => ['-c', line])
  const run = await runProcess('psql', ['-X', '-q', ...login, ...script], {
    PGPASSWORD: decodeURIComponent(url.password),
  })
  const times = [...run.output.matchAll(/Time: ([\d.]+) ms/g)]
  const last = times.at(-1)
  if (last === undefined) throw new Error(`psql told no time: ${run.output}`)
  return { seconds: Number(last[1]) / 1000, peakMemory: run.peakMemory, output: run.output }
}
