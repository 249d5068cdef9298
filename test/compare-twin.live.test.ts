import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareModels, type SchemaModel } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { loadSample, SAMPLES, samplesAreThere } from './samples.ts'

const live = samplesAreThere() ? liveMssql() : undefined
const context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

/** The model of chinook as its authors wrote it for SQL Server. */
async function sqlServerModel(): Promise<SchemaModel> {
  await using database = await live!.createDatabase('twin')
  await loadSample('chinook', database)
  await using source = await mssql.openSource!(mssql.parseConnection(database.connection), context)
  return await source.reflect()
}

/** The same as they wrote it for PostgreSQL: names in snake case, in the schema public. */
async function postgresModel(): Promise<SchemaModel> {
  await using server = await startPostgres()
  const { host, port, user, password } = server
  const connection = { host, port, user, password, database: await server.createDatabase() }
  const client = new pg.Client(connection)
  await client.connect()
  const script = readFileSync(join(SAMPLES, 'chinook/Chinook_PostgreSql.sql'), 'utf8')
  await client.query(script.replace(/^(DROP|CREATE) DATABASE .*$|^\\c.*$/gm, ''))
  await client.end()
  await using target = await postgres.openTarget!(postgres.parseConnection(connection), context)
  return await target.reflect()
}

describe.skipIf(live === undefined)('the models of chinook and its twin of another engine', () => {
  it('say the same but for what the authors declared otherwise', async () => {
    const [a, b] = [await sqlServerModel(), await postgresModel()]
    expect([a.tables.length, b.tables.length]).toEqual([11, 11])
    const { plane, differences, notCompared } = compareModels(a, b, { values: false, onRequest: false })
    expect(plane).toBe('neutral')
    expect(differences.map(({ sentence }) => sentence)).toEqual([
      'table dbo.employee: column birthdate is timestamp(3) in A and timestamp(6) in B',
      'table dbo.employee: column hiredate is timestamp(3) in A and timestamp(6) in B',
      'table dbo.invoice: column invoicedate is timestamp(3) in A and timestamp(6) in B',
    ])
    expect(notCompared).toContain('the names of schemas: dbo of A is taken for public of B')
  })
})
