import { join } from 'node:path'
import { type Cell, decodeRows, openBackup, readTableFile, verify } from '@albackup/core'
import { mssqlServer } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import { readRecording, startReplayServer } from '@albackup/testkit/tds-replay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'

const recording = readRecording(join(import.meta.dirname, 'recordings/shop'))

describe('the recorded shop', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is dumped through the real driver, verified, restored and proven', async () => {
    await using replay = await startReplayServer({ recording })
    await using job = await LiveJob.create()
    const { backup, tables, rows } = await job.dump({ ...mssqlServer(replay.url('shop')), name: 'shop' })
    replay.assertNoMisses()
    expect({ tables, rows }).toEqual({ tables: 12, rows: 755 })
    await verify({ backup: await openBackup(backup), signal: job.signal, onEvent: () => {} })
    const { client, proven, violations, tables: restored, findings } = await job.restore(backup, server)
    await client.end()
    expect({ proven, violations, losses: restored.flatMap((table) => table.losses) }).toEqual({
      proven: true,
      violations: [],
      losses: [],
    })
    // Every finding names its object and says why.
    for (const finding of findings)
      expect(finding).toMatchObject({ object: expect.stringMatching(/./), message: expect.stringMatching(/./) })
  })

  it('keeps the values of every type to the last digit', async () => {
    await using replay = await startReplayServer({ recording })
    await using job = await LiveJob.create()
    const backup = await openBackup((await job.dump({ ...mssqlServer(replay.url('shop')), name: 'shop' })).backup)
    const table = backup.metadata.model.tables.find(({ name }) => name.toLowerCase() === 'every type')!
    const { name } = backup.metadata.files.find((file) => file.table === table.name)!
    await using file = (await backup.storage.open(name))!
    const byKind = new Map<Cell, Record<string, Cell>>()
    for await (const row of decodeRows(table, readTableFile(file, name))) {
      byKind.set(row[1]!, Object.fromEntries(table.columns.map((column, i) => [column.name.toLowerCase(), row[i]!])))
    }
    expect(byKind.get('least')).toMatchObject({
      bigint: -(2n ** 63n),
      'decimal(38,0)': `-${'9'.repeat(38)}`,
      money: '-922337203685477.5808',
      date: '0001-01-01',
      'datetimeoffset(6)': '0001-01-01 14:00:00.000000 +14:00',
    })
    expect(byKind.get('greatest')).toMatchObject({
      bigint: 2n ** 63n - 1n,
      'decimal(38,0)': '9'.repeat(38),
      money: '922337203685477.5807',
      'datetime2(6)': '9999-12-31 23:59:59.999999',
    })
    expect(byKind.get('null')).toMatchObject({ bigint: null, money: null, xml: null, sql_variant: null })
  })
})
