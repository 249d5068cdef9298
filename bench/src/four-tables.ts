import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { psql } from './competitors.ts'
import { measureCase, median, type Run } from './measure.ts'

/** Four equal tables of PostgreSQL, two at a time. */
export const TABLES = ['four_1', 'four_2', 'four_3', 'four_4'] as const
export const JOBS = 2

const OURS = {
  dump: `albackup dump, --jobs ${JOBS}`,
  restore: `albackup restore, --jobs ${JOBS}`,
  proof: `proof, --jobs ${JOBS}`,
} as const
const THEIRS = { dump: 'psql \\copy to, two at a time', restore: 'psql \\copy, two at a time' } as const

const LIMITS: Readonly<Record<string, string>> = {
  [OURS.dump]: THEIRS.dump,
  [OURS.restore]: THEIRS.restore,
  [OURS.proof]: THEIRS.dump,
}

export interface FourTables {
  readonly rounds: number
  readonly folder: string
  /** Of the PostgreSQL that is measured; has `bench.mixed`. */
  readonly database: string
  readonly say: (line: string) => void
}

/** Medians as one table in Markdown. */
export async function measureFourTables(options: FourTables): Promise<string> {
  await makeFourTables(options.database)
  const seconds = new Map<string, number[]>()
  const keep = (subject: string, run: Pick<Run, 'seconds'>) => {
    seconds.set(subject, [...(seconds.get(subject) ?? []), run.seconds])
    options.say(`four tables: ${subject} ${run.seconds.toFixed(2)} s`)
  }
  for (let round = 0; round < options.rounds; round++) await measureRound(options, keep)
  return report(seconds)
}

async function makeFourTables(database: string): Promise<void> {
  const target = restored(database)
  await psql('postgres', `drop database if exists ${target}`, `create database ${target}`)
  await psql(database, 'drop schema if exists four cascade', 'create schema four')
  for (const table of TABLES) await psql(database, `create table four.${table} as table bench.mixed`)
  await psql(database, 'checkpoint')
}

function restored(database: string): string {
  return `${database}_four`
}

async function measureRound(
  { folder, database }: FourTables,
  keep: (subject: string, run: Pick<Run, 'seconds'>) => void,
): Promise<void> {
  const backupDir = join(folder, 'four')
  const file = (table: string) => join(folder, `${table}.copied`)
  const dumped = await measureCase('dump-four', 'four.*', backupDir, database)
  keep(OURS.dump, dumped)
  keep(
    THEIRS.dump,
    await twoAtATime((table) => psql(database, `\\copy four.${table} to '${file(table)}' (format binary)`)),
  )
  keep(OURS.proof, await measureCase('prove-four', '', dumped.backup!, restored(database)))
  keep(OURS.restore, await measureCase('restore-four', '', dumped.backup!, restored(database)))
  for (const table of TABLES) await psql(restored(database), `truncate four.${table}`)
  keep(
    THEIRS.restore,
    await twoAtATime((table) => psql(restored(database), `\\copy four.${table} from '${file(table)}' (format binary)`)),
  )
  rmSync(backupDir, { recursive: true })
  for (const table of TABLES) rmSync(file(table))
}

/** From the first to the last; each of the two begins another table when it has ended one. */
async function twoAtATime(copy: (table: string) => Promise<unknown>): Promise<{ readonly seconds: number }> {
  const waiting: string[] = [...TABLES]
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) await copy(table)
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: JOBS }, work))
  return { seconds: (performance.now() - begun) / 1000 }
}

function report(seconds: ReadonlyMap<string, readonly number[]>): string {
  const medianOf = (subject: string) => median(seconds.get(subject) ?? [])
  const lines = [...seconds.keys()].map((subject) => {
    const limit = LIMITS[subject]
    return [
      subject,
      medianOf(subject).toFixed(2),
      limit === undefined ? '' : `${(medianOf(subject) / medianOf(limit)).toFixed(2)} x`,
    ]
  })
  const head = ['', 'seconds', 'of psql']
  return [
    `### Four tables like \`mixed\` in PostgreSQL, ${JOBS} at a time`,
    '',
    ...[head, ['---', '---:', '---:'], ...lines].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')
}
