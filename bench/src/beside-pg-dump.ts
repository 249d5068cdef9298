import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CODECS, type Codec, openCodec } from '@albackup/core'
import { psql } from './competitors.ts'
import { JOBS, TABLES } from './four-tables.ts'
import { measureCase, median, runProcess } from './measure.ts'
import { DATABASE, POSTGRES_URL, serverUrl } from './servers.ts'

/** A server that the `pg_dump` on the path can read, where the one that is measured is newer. */
const PG_DUMP_URL = 'ALBACKUP_BENCH_POSTGRES_URL'

const THEIRS = `pg_dump -Fd -Z1 -j${JOBS}`

export interface BesidePgDump {
  readonly rounds: number
  readonly folder: string
  /** Of the PostgreSQL that is measured; has `four.*`. */
  readonly database: string
  readonly say: (line: string) => void
}

interface Measured {
  readonly seconds: number
  /** On disk. */
  readonly bytes: number
}

/**
 * Both programs from their start to their end, for one table and for four, as one table in Markdown. From here on the server of the
 * run is the one that pg_dump can read.
 */
export async function measureBesidePgDump(options: BesidePgDump): Promise<string> {
  const { folder, rounds, say } = options
  const backupDir = join(folder, 'beside')
  const { backup } = await measureCase('dump-four', 'four.*', backupDir, options.database)
  process.env[POSTGRES_URL] = process.env[PG_DUMP_URL] ?? process.env[POSTGRES_URL]
  const server = await serverVersion()
  const version = pgDumpVersion()
  if (version < Number.parseInt(server, 10)) {
    return `Beside pg_dump: version ${version} cannot read PostgreSQL ${server}. Set ${PG_DUMP_URL} to a server that it can read.`
  }
  await psql('postgres', `drop database if exists ${DATABASE}`, `create database ${DATABASE}`)
  await measureCase('restore-four', '', backup!, DATABASE)
  rmSync(backupDir, { recursive: true })
  await makeLargeTable()
  const tried = await subjects()
  const runs = new Map<string, Measured[]>()
  for (let round = 0; round < rounds; round++) {
    for (const [subject, dump] of tried) {
      const run = await dump(folder)
      runs.set(subject, [...(runs.get(subject) ?? []), run])
      say(`beside pg_dump: ${subject} ${run.seconds.toFixed(2)} s`)
    }
  }
  return report(server, version, runs)
}

type Dump = (folder: string) => Promise<Measured>

/**
 * One table, one of four times its rows, and four; ours with each codec that compresses and that this installation has. `pg_dump` reads
 * one table in one process, so for one table ours reads in one thread, too.
 */
async function subjects(): Promise<readonly (readonly [string, Dump])[]> {
  const tried = CODECS.filter((codec) => codec !== 'null').map((codec) =>
    openCodec(codec).then(
      () => [codec],
      () => [],
    ),
  )
  const codecs = (await Promise.all(tried)).flat()
  return SIZES.flatMap(([what, pattern, jobs]) => [
    ...codecs.map((codec): readonly [string, Dump] => [
      `albackup dump --jobs ${jobs} --codec ${codec}, ${what}`,
      (folder) => albackupDump(pattern, jobs, codec, folder),
    ]),
    [`${THEIRS}, ${what}`, (folder: string) => pgDump(pattern, folder)] as const,
  ])
}

const LARGE = 'large'

const SIZES = [
  ['one table', `four.${TABLES[0]}`, 1],
  ['one table of four times the rows', `${LARGE}.*`, 1],
  ['four tables', 'four.*', JOBS],
] as const

async function makeLargeTable(): Promise<void> {
  const rows = TABLES.map((table) => `select * from four.${table}`)
  await psql(
    DATABASE,
    `create schema ${LARGE}`,
    `create table ${LARGE}.mixed as ${rows.join(' union all ')}`,
    'vacuum analyze',
  )
}

async function albackupDump(pattern: string, jobs: number, codec: Codec, folder: string): Promise<Measured> {
  const url = serverUrl(POSTGRES_URL)
  url.pathname = `/${DATABASE}`
  const to = join(folder, 'beside')
  const program = fileURLToPath(new URL('../../packages/cli/bin/run.js', import.meta.url))
  const what = ['--include', pattern, '--jobs', `${jobs}`, '--codec', codec, '--backup-dir', to]
  return sized(to, await runProcess(process.execPath, [program, 'dump', '--source', url.href, ...what]))
}

async function pgDump(pattern: string, folder: string): Promise<Measured> {
  const url = serverUrl(POSTGRES_URL)
  const to = join(folder, 'pg_dump')
  const login = ['-h', url.hostname, '-p', url.port || '5432', '-U', decodeURIComponent(url.username)]
  const what = ['-Fd', '-Z1', `-j${JOBS}`, '-t', pattern, '-f', to, DATABASE]
  const password = { PGPASSWORD: decodeURIComponent(url.password) }
  return sized(to, await runProcess('pg_dump', [...login, ...what], password))
}

/** Takes the measure of what was written, and removes it. */
function sized(folder: string, { seconds }: { readonly seconds: number }): Measured {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => statSync(join(folder, name))).filter((file) => file.isFile())
  rmSync(folder, { recursive: true })
  return { seconds, bytes: files.reduce((sum, { size }) => sum + size, 0) }
}

/** The major version. */
function pgDumpVersion(): number {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  return Number(/\d+/.exec(stdout)?.[0])
}

/** Such as 15.20. */
async function serverVersion(): Promise<string> {
  const { output } = await psql('postgres', 'show server_version')
  return /\d+\.\d+/.exec(output)![0]
}

function report(server: string, version: number, runs: ReadonlyMap<string, readonly Measured[]>): string {
  const rows = [...runs].map(([subject, measured]) => [
    subject,
    median(measured.map(({ seconds }) => seconds)).toFixed(2),
    (median(measured.map(({ bytes }) => bytes)) / 1e6).toFixed(0),
  ])
  return [
    `### Beside pg_dump ${version}, from PostgreSQL ${server}`,
    '',
    ...[['', 'seconds', 'MB on disk'], ['---', '---:', '---:'], ...rows].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')
}
