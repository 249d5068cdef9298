import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freebcpIn, freebcpOut, isInstalled, psql } from './competitors.ts'
import { measureCase, type Run } from './measure.ts'
import { DUMP_POSTGRES, LIMIT_OF, RESTORE_INTO } from './subjects.ts'
import type { BenchTable } from './tables.ts'

/** The runs of each subject, by its name, in the order of the report. */
export type Runs = Map<string, Run[]>

export interface RoundOptions {
  readonly rounds: number
  readonly folder: string
  /** A database of the PostgreSQL that is measured. */
  readonly database: string
  readonly say: (line: string) => void
}

/** Every subject in turn, then all of them again: what slows the machine down for a while slows all of them down. */
export async function measureTable(table: BenchTable, options: RoundOptions): Promise<Runs> {
  const runs: Runs = new Map()
  const keep = (subject: string, run: Run) => {
    runs.set(subject, [...(runs.get(subject) ?? []), run])
    options.say(`${table.name}: ${subject} ${run.seconds.toFixed(2)} s`)
  }
  for (let round = 0; round < options.rounds; round++) await measureRound(table, options, round, keep)
  return runs
}

type Keep = (subject: string, run: Run) => void

async function measureRound(table: BenchTable, options: RoundOptions, round: number, keep: Keep): Promise<void> {
  const { folder, database } = options
  const backupDir = join(folder, 'backups')
  mkdirSync(backupDir, { recursive: true })
  keep(LIMIT_OF.dump, await measureCase('drain', table.name))
  const plain = await measureCase('dump-mssql', table.name, 'null', backupDir)
  keep('albackup dump, codec null', plain)
  const deflated = await measureCase('dump-mssql', table.name, 'deflate', backupDir)
  keep('albackup dump, codec deflate', deflated)
  keep('tedious row events', await measureCase('tedious-rows', table.name))
  if (isInstalled('freebcp')) keep('freebcp out', await freebcpOut(table.name, folder))
  for (const [codec, { backup }] of [
    ['null', plain],
    ['deflate', deflated],
  ] as const) {
    keep(
      `${RESTORE_INTO.postgres}, codec ${codec}`,
      await measureCase('restore-postgres', table.name, backup!, database),
    )
    keep(`${RESTORE_INTO.mssql}, codec ${codec}`, await measureCase('restore-mssql', table.name, backup!))
  }
  for (const codec of ['null', 'deflate']) {
    keep(`${DUMP_POSTGRES}, codec ${codec}`, await measureCase('dump-postgres', table.name, codec, backupDir, database))
  }
  if (isInstalled('psql')) {
    keep(LIMIT_OF.dumpPostgres, await copyOutWithPsql(table, options))
    keep(LIMIT_OF.postgres, await copyWithPsql(table, options, round))
  }
  if (isInstalled('freebcp')) keep(LIMIT_OF.mssql, await freebcpIn(table, folder))
  rmSync(backupDir, { recursive: true })
}

async function copyOutWithPsql(table: BenchTable, { folder, database }: RoundOptions): Promise<Run> {
  const file = join(folder, `${table.name}.copied`)
  const run = await psql(database, `\\copy bench.${table.name} to '${file}' with (format binary)`)
  rmSync(file)
  return run
}

async function copyWithPsql(table: BenchTable, { folder, database }: RoundOptions, round: number): Promise<Run> {
  const file = join(folder, `${table.name}.copy`)
  if (round === 0) {
    await psql(
      database,
      `drop table if exists public.${table.name}`,
      `create table public.${table.name} (like bench.${table.name})`,
      `\\copy bench.${table.name} to '${file}' with (format binary)`,
    )
  }
  return psql(
    database,
    `truncate public.${table.name}`,
    `\\copy public.${table.name} from '${file}' with (format binary)`,
  )
}
