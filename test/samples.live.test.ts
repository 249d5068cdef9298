import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBackup, type PlannedTable, storedColumns, verify } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'
import { loadSample, SAMPLES, samplesAreThere } from './samples.ts'
import { comparable, differences, mssqlTexts, postgresTexts } from './value-text.ts'

const live = samplesAreThere() ? liveMssql() : undefined

describe.skipIf(live === undefined)('a sample database, dumped and restored into PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it.each([
    { name: 'northwind', tables: 13 },
    { name: 'pubs', tables: 11 },
    { name: 'chinook', tables: 11 },
  ] as const)('$name is there row by row and value by value', async ({ name, tables }) => {
    await using job = await LiveJob.create()
    await using database = await live!.createDatabase(`sample_${name}`)
    await loadSample(name, database)
    const dumped = await job.dump(database)
    expect(dumped.tables).toBe(tables)
    await verify({ backup: await openBackup(dumped.backup), signal: job.signal, onEvent: () => {} })
    const { client, plan, proven, violations, tables: restored } = await job.restore(dumped.backup, server)
    try {
      expect({ proven, violations, losses: restored.flatMap((table) => table.losses) }).toEqual({
        proven: true,
        violations: [],
        losses: [],
      })
      for (const planned of plan.tables) {
        const columns = storedColumns(planned.source)
        const there = await client.query({ text: postgresTexts(planned), rowMode: 'array' })
        const here = await database.query(mssqlTexts(planned.source))
        expect(differences(comparable(there.rows, columns), comparable(here, columns)), planned.name).toEqual([])
      }
    } finally {
      await client.end()
    }
  })

  it('chinook is what its PostgreSQL twin is', async () => {
    await using job = await LiveJob.create()
    await using database = await live!.createDatabase('sample_twin')
    await loadSample('chinook', database)
    const { client, plan } = await job.restore((await job.dump(database)).backup, server)
    const twin = await loadTwin(server)
    try {
      for (const planned of plan.tables) {
        const columns = storedColumns(planned.source)
        const ours = await client.query({ text: postgresTexts(planned), rowMode: 'array' })
        const theirs = await twin.query({ text: postgresTexts(await twinOf(planned, twin)), rowMode: 'array' })
        // PostgreSQL takes the twin's N'…' for char(n), which drops trailing blanks.
        const trimmed = (rows: readonly unknown[][]) =>
          rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell.trimEnd() : cell)))
        const unlike = differences(comparable(trimmed(ours.rows), columns), comparable(trimmed(theirs.rows), columns))
        expect(unlike, planned.name).toEqual([])
        expect(ours.rows.length, planned.name).toBeGreaterThan(0)
      }
      expect(await shapeOf(client)).toEqual(await shapeOf(twin))
    } finally {
      await client.end()
      await twin.end()
    }
  })

  async function loadTwin({ host, port, user, password, createDatabase }: PostgresServer): Promise<pg.Client> {
    const client = new pg.Client({ host, port, user, password, database: await createDatabase() })
    await client.connect()
    const script = readFileSync(join(SAMPLES, 'chinook/Chinook_PostgreSql.sql'), 'utf8')
    await client.query(script.replace(/^(DROP|CREATE) DATABASE .*$|^\\c.*$/gm, ''))
    return client
  }
})

/** The twin has the same tables with the same columns in the same order, under names in snake case. */
async function twinOf(planned: PlannedTable, twin: pg.Client): Promise<PlannedTable> {
  const { rows } = await twin.query<{ table_name: string; column_name: string }>({
    text: `select table_name, column_name from information_schema.columns
      where table_schema = 'public' and replace(table_name, '_', '') = $1 order by ordinal_position`,
    values: [planned.name.toLowerCase()],
  })
  expect(rows.map((row) => row.column_name.replaceAll('_', ''))).toEqual(
    planned.columns.map((column) => column.name.toLowerCase()),
  )
  const columns = planned.columns.map((column, i) => ({ ...column, name: rows[i]!.column_name }))
  return { ...planned, schema: 'public', name: rows[0]!.table_name, columns }
}

/** How many keys, references and indexes a database has, by kind. */
async function shapeOf(client: pg.Client): Promise<unknown> {
  const { rows } = await client.query(`select contype, count(*) from pg_constraint
    where contype in ('p', 'f') and connamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    group by contype order by contype`)
  return rows
}
