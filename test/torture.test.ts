import { type Cell, type Column, decodeRows, openBackup, readTableFile, type Table } from '@albackup/core'
import { sampleModel } from '@albackup/testkit'
import { parseMssqlUrl } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import {
  type Answer,
  colMetadata,
  done,
  nbcRow,
  row,
  startReplayServer,
  type TdsRequest,
  types,
  values,
} from '@albackup/testkit/tds-replay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'
import { TORTURE, type TortureCase } from './torture-cases.ts'

const ID: Column = {
  name: 'id',
  native: { declaration: 'int' },
  logical: { kind: 'integer', bits: 32, signed: true },
  nullable: false,
}

/** A name that needs every kind of quoting: 128 UTF-16 code units with the number. */
const awkwardName = (i: number) => `${i} ]'"[ Größe 名前 😀 `.padEnd(128, 'x')

const tables: readonly Table[] = TORTURE.map(({ declaration, logical }, i) => ({
  schema: 'dbo',
  name: awkwardName(i),
  columns: [ID, { name: `the "${declaration}" value`, native: { declaration }, logical, nullable: true }],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}))

const model = { ...sampleModel(tables), dialect: 'mssql' }

/** Each value, and a NULL, by turns as ROW and as NBCROW. */
function answer({ sql }: TdsRequest): Answer {
  const torture = TORTURE[Number(/from \[dbo\]\."(\d+) /.exec(sql)?.[1])]
  if (torture === undefined) return done()
  const columns = [
    { name: 'id', type: types.intN(4) },
    { name: 'v', type: torture.type },
  ]
  const wire = [...torture.values.map((value) => value.wire), null]
  const rows = wire.map((value, n) => (n % 2 === 0 ? row : nbcRow)(columns, [values.int(n), value]))
  return Buffer.concat([colMetadata(columns), ...rows, done({ rows: rows.length })])
}

describe('every type, on the whole way from the wire of SQL Server into PostgreSQL', () => {
  let server: PostgresServer
  let job: LiveJob
  let restored: Awaited<ReturnType<LiveJob['restore']>>
  let backup: Awaited<ReturnType<typeof openBackup>>

  beforeAll(async () => {
    job = await LiveJob.create()
    server = await startPostgres()
    await using replay = await startReplayServer({ script: answer })
    const { backup: path } = await job.dumpRows(model, parseMssqlUrl(replay.url('torture')))
    backup = await openBackup(path)
    restored = await job.restore(path, server)
    await restored.client.query("set timezone to 'UTC'")
  })

  afterAll(async () => {
    await restored?.client.end()
    await server?.[Symbol.asyncDispose]()
    await job?.[Symbol.asyncDispose]()
  })

  it('is proven: what was sent is what is there', () => {
    expect(restored.tables.filter((table) => table.proven !== true)).toEqual([])
    expect(restored.tables.length).toBe(TORTURE.length)
  })

  const cases = TORTURE.map((torture, i) => ({ ...torture, i }))

  it.each(cases)('$declaration is exact in Avro', async ({ i, values: expected }) => {
    const facts = backup.metadata.files.find((file) => file.table === tables[i]!.name)!
    await using file = (await backup.storage.open(facts.name))!
    const cells: Cell[] = []
    for await (const [, cell] of decodeRows(tables[i]!, readTableFile(file, facts.name))) cells.push(cell!)
    expect(cells).toEqual([...expected.map((value) => value.cell), null])
  })

  it.each(cases)(
    '$declaration arrives as the plan said, and what is altered is counted',
    async ({ i, values: expected }) => {
      const planned = restored.plan.tables[i]!
      const name = (part: string) => `"${part.replaceAll('"', '""')}"`
      const { rows } = await restored.client.query(
        `select ${name(planned.columns[1]!.name)}::text as v from ${name(planned.schema)}.${name(planned.name)} order by id`,
      )
      expect(rows.map((one) => one.v)).toEqual([...expected.map((value) => value.postgres), null])
      const { losses } = restored.tables[i]!
      expect(Object.fromEntries(losses.map((loss) => [loss.kind, loss.count]))).toEqual(countLosses(expected))
    },
  )
})

function countLosses(expected: TortureCase['values']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { loss } of expected) if (loss !== undefined) counts[loss] = (counts[loss] ?? 0) + 1
  return counts
}
