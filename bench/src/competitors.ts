import { spawnSync } from 'node:child_process'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Run, runProcess } from './measure.ts'
import { DATABASE, MSSQL_URL, POSTGRES_URL, serverUrl } from './servers.ts'

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** FreeTDS's bulk copy, written in C: rows out into a file of characters. */
export async function freebcpOut(table: string, folder: string): Promise<Run> {
  const url = serverUrl(MSSQL_URL)
  const configuration = join(folder, 'freetds.conf')
  writeFileSync(
    configuration,
    `[bench]\nhost = ${url.hostname}\nport = ${url.port || 1433}\ntds version = 7.4\nclient charset = UTF-8\ntext size = 2147483647\n`,
  )
  const file = join(folder, 'freebcp.out')
  const login = ['-U', decodeURIComponent(url.username), '-P', decodeURIComponent(url.password)]
  const run = await runProcess(
    'freebcp',
    [`bench.${table}`, 'out', file, '-S', 'bench', '-D', DATABASE, '-c', ...login],
    {
      FREETDSCONF: configuration,
    },
  )
  const bytes = statSync(file).size
  rmSync(file)
  return { seconds: run.seconds, bytes, peakMemory: run.peakMemory }
}

/** One line of psql; gives the seconds that psql itself measured for its last statement. */
export async function psql(database: string, ...lines: string[]): Promise<Run> {
  const url = serverUrl(POSTGRES_URL)
  const login = ['-h', url.hostname, '-p', url.port || '5432', '-U', decodeURIComponent(url.username), '-d', database]
  const script = ['\\set ON_ERROR_STOP on', '\\timing on', ...lines].flatMap((line) => ['-c', line])
  const run = await runProcess('psql', ['-X', '-q', ...login, ...script], {
    PGPASSWORD: decodeURIComponent(url.password),
  })
  const times = [...run.output.matchAll(/Time: ([\d.]+) ms/g)]
  const last = times.at(-1)
  if (last === undefined) throw new Error(`psql told no time: ${run.output}`)
  return { seconds: Number(last[1]) / 1000, peakMemory: run.peakMemory }
}
