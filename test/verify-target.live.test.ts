import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionSettings, type Dialect, openBackup, type TargetProof, verifyTarget } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { startPostgres } from '@albackup/testkit/postgres-server'
import { describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'
import { loadSample, samplesAreThere } from './samples.ts'

const live = liveMssql()

const SHOP = readFileSync(join(import.meta.dirname, '../examples/shop/shop.sql'), 'utf8')

/** What the live server of development does not tell: what a reseeded identity or a sequence has given out. */
const UNTOLD = /: identity \S+ is at |^sequence .* is not in the target/

/** In lower case, as some servers keep names. */
function sentences({ tables, missing }: TargetProof): readonly string[] {
  const rows = tables.filter(({ proven }) => !proven).flatMap(({ differentRows }) => differentRows)
  const all = [...rows, ...(missing ?? [])].map(({ sentence }) => sentence.toLowerCase())
  return all.filter((sentence) => !UNTOLD.test(sentence))
}

const CHANGED = [
  expect.stringMatching(/^row movement_id -1 is only in the backup$/),
  expect.stringMatching(/^row product_id 501: name is .* in the backup and another in the target$/),
  expect.stringMatching(/^table sales.customers: index ix_customers_name.* is not in the target$/),
]

async function verified(
  job: LiveJob,
  path: string,
  dialect: Dialect,
  settings: ConnectionSettings,
): Promise<TargetProof> {
  const [connection, context] = [dialect.parseConnection(settings), job.context()]
  await using target = await dialect.openTarget!(connection, context)
  const openSource = () => dialect.openSource!(connection, context)
  const backup = await openBackup(path)
  return await verifyTarget({ backup, target, policy: {}, showRows: 5, openSource, context, onEvent: () => {} })
}

describe.skipIf(live === undefined)('a backup of SQL Server, restored', () => {
  it('is proven in SQL Server, and what was changed by hand is named', async () => {
    await using job = await LiveJob.create()
    await using origin = await live!.createDatabase('h9_origin')
    await using copy = await live!.createDatabase('h9_copy')
    await origin.run(SHOP)
    const { backup } = await job.dump(origin)
    await job.restoreIntoMssql(backup, copy)
    const before = await verified(job, backup, mssql, copy.connection)
    expect(before.tables.filter(({ proven }) => !proven)).toEqual([])
    expect(sentences(before)).toEqual([])
    await copy.run(`update stock.Products set name = N'another' where product_id = 501
go
delete from stock.Movements where movement_id = -1
go
drop index IX_Customers_name on sales.Customers`)
    expect(sentences(await verified(job, backup, mssql, copy.connection)).toSorted()).toEqual(CHANGED)
  }, 120_000)

  it.skipIf(!samplesAreThere()).each(['northwind', 'pubs', 'chinook'] as const)(
    'is proven in PostgreSQL: %s',
    async (name) => {
      await using job = await LiveJob.create()
      await using server = await startPostgres()
      await using origin = await live!.createDatabase(`h9_${name}`)
      await loadSample(name, origin)
      const { backup } = await job.dump(origin)
      const { client } = await job.restore(backup, server)
      const { host, port, user, password } = server
      const database = client.database!
      await client.end()
      const proof = await verified(job, backup, postgres, { host, port, user, password, database })
      expect({ ...proof, tables: proof.tables.filter(({ proven }) => !proven) }).toEqual({
        proven: true,
        tables: [],
        missing: [],
        unattainable: [],
        notCompared: [],
      })
    },
    180_000,
  )

  it('is proven in PostgreSQL, and what was changed by hand is named', async () => {
    await using job = await LiveJob.create()
    await using server = await startPostgres()
    await using origin = await live!.createDatabase('h9_origin')
    await origin.run(SHOP)
    const { backup } = await job.dump(origin)
    const { client } = await job.restore(backup, server)
    try {
      const { host, port, user, password } = server
      const settings = { host, port, user, password, database: client.database! }
      const { proven, tables } = await verified(job, backup, postgres, settings)
      expect(proven).toBe(true)
      const named = (source: RegExp) => tables.find((table) => source.test(table.source))!.target
      await client.query(`update ${named(/products$/i)} set name = 'another' where product_id = 501`)
      await client.query(`delete from ${named(/movements$/i)} where movement_id = -1`)
      const { rows } = await client.query<{ readonly name: string }>(
        `select format('%I.%I', schemaname, indexname) as name from pg_indexes where indexname ilike 'IX_Customers_name%'`,
      )
      await client.query(`drop index ${rows[0]!.name}`)
      expect(sentences(await verified(job, backup, postgres, settings)).toSorted()).toEqual(CHANGED)
    } finally {
      await client.end()
    }
  }, 120_000)
})
