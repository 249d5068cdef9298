/**
 * npm run bench: our dump and restore beside their limits and beside what one would use instead, all in one run.
 * Needs ALBACKUP_TEST_MSSQL_URL; uses ALBACKUP_TEST_POSTGRES_URL, or else an embedded PostgreSQL. Where that one is newer than the
 * pg_dump on the path, ALBACKUP_BENCH_POSTGRES_URL is for comparing with pg_dump.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '@albackup/testkit/postgres-server'
import { Connection } from 'tedious'
import { measureBesidePgDump } from './beside-pg-dump.ts'
import { CASES } from './cases.ts'
import { isInstalled, psql } from './competitors.ts'
import { measureFourTables } from './four-tables.ts'
import { makeTables } from './make-tables.ts'
import { describeMachine, reportTable } from './report.ts'
import { measureTable } from './rounds.ts'
import { POSTGRES_URL } from './servers.ts'
import { type BenchTable, lobTable, mixedTable, wideTable } from './tables.ts'
import { connect, runBatch, tediousConfiguration } from './tedious-connection.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    tables: { type: 'string', default: 'mixed,lob,wide' },
    write: { type: 'string' },
  },
})

if (values.case === undefined) await compare()
else process.stdout.write(JSON.stringify(await CASES[values.case]!(...(positionals as [string, ...string[]]))))

async function compare(): Promise<void> {
  const rows = Number(values.rows)
  const all = [mixedTable(rows), lobTable(Math.ceil(rows / 500)), wideTable(Math.ceil(rows / 5))]
  const tables = all.filter((table) => values.tables.split(',').includes(table.name))
  await makeTables(tables, say)
  const folder = mkdtempSync(join(tmpdir(), 'albackup-bench-'))
  const server = process.env[POSTGRES_URL] === undefined ? await startPostgres() : undefined
  try {
    if (server !== undefined) {
      process.env[POSTGRES_URL] = `postgres://${server.user}:${server.password}@${server.host}:${server.port}/postgres`
    }
    const text = await measureAll(tables, folder)
    process.stdout.write(`${text}\n`)
    if (values.write !== undefined) writeFileSync(values.write, `${text}\n`)
  } finally {
    await server?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  }
}

async function measureAll(tables: readonly BenchTable[], folder: string): Promise<string> {
  const database = 'albackup_bench'
  await psql('postgres', `drop database if exists ${database}`, `create database ${database}`)
  const sections = [describeMachine([await mssqlVersion()])]
  for (const table of tables) {
    const runs = await measureTable(table, { rounds: Number(values.rounds), folder, database, say })
    sections.push(reportTable(table, columnsOf(table), runs))
  }
  if (tables.some(({ name }) => name === 'mixed')) {
    sections.push(await measureFourTables({ rounds: Number(values.rounds), folder, database, say }))
    if (isInstalled('pg_dump')) {
      sections.push(await measureBesidePgDump({ rounds: Number(values.rounds), folder, database, say }))
    }
  }
  return sections.join('\n\n')
}

async function mssqlVersion(): Promise<string> {
  const connection = await connect(new Connection(tediousConfiguration('master')))
  const [row] = await runBatch(connection, 'select @@version')
  connection.close()
  return String(row?.[0]).split('\n')[0]!
}

function columnsOf(table: BenchTable): number {
  return table.create.replace(/\(\d+(,\d+)?\)/g, '').split(',').length
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
