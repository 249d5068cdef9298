import { type MappingPolicy, openBackup } from '@albackup/core'
import { postgres } from '@albackup/dialect-postgres'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { startPostgres } from '@albackup/testkit/postgres-server'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, postgresRows } from '../expressions/both-servers.ts'
import { asMultiset } from '../expressions/view-rows.ts'
import { LiveJob } from '../live-job.ts'
import { nameOf } from './planned-views.ts'
import { ASCII_VIEWS, ORDERED_VIEWS, VIEWS } from './view-pairs.ts'
import { VIEW_TABLES } from './view-tables.ts'

const carried = [...VIEWS, ...ORDERED_VIEWS, ...ASCII_VIEWS].map(([written]) => written)

/** Babelfish, where it stands in for a SQL Server, does not group instants that were loaded in bulk: it hashes bytes that nobody set. */
const UNLIKE: ReadonlySet<string> = new Set(['public.v_grouped_by_instant'])

/** Rows that are equal to none, nor to none unequal: a NULL is among the values. */
const WITHOUT_ROWS: ReadonlySet<string> = new Set(['public.v_not_in_null'])

const live = liveMssql()

/** As usual, and where texts compare as they do in the database, which takes `a` for `A`. */
const MAPPINGS: readonly MappingPolicy[] = [{}, { text: { collation: 'database' } }]

describe.skipIf(live === undefined).each(MAPPINGS)(
  'a view of PostgreSQL in SQL Server, by the mapping %j',
  (policy) => {
    const opened: AsyncDisposable[] = []
    const keep = <T extends AsyncDisposable>(thing: T): T => {
      opened.unshift(thing)
      return thing
    }
    let origin: pg.Client
    let rows: (sql: string) => Promise<readonly (readonly unknown[])[]>
    let isLookalike: boolean
    let findings: readonly string[]

    beforeAll(async () => {
      const job = keep(await LiveJob.create())
      const { host, port, user, password, createDatabase } = keep(await startPostgres())
      const connection = { host, port, user, password, database: await createDatabase() }
      origin = await connect(connection)
      await origin.query(VIEW_TABLES)
      for (const written of carried) await origin.query(written)
      const { backup } = await job.dumpOf(postgres, connection)
      const copy = keep(await live!.createDatabase('views_back'))
      rows = copy.query
      isLookalike = (await rows("select serverproperty('BabelfishVersion')"))[0]![0] !== null
      const restored = await job.restoreIntoMssql(backup, copy, { policy, prove: !isLookalike })
      findings = restored.findings
        .filter(({ kind, severity }) => kind === 'view' && severity === 'lost')
        .map(({ message }) => message)
      expect((await openBackup(backup)).metadata.model.modules.length).toBe(carried.length)
    }, 240_000)
    afterAll(async () => {
      await origin?.end()
      for (const each of opened) await each[Symbol.asyncDispose]()
    })

    it('is taken by the server, as are all others', () => {
      expect(findings).toEqual([])
    })

    it.for(carried)('shows the same rows: %s', async (written, { skip }) => {
      const name = nameOf(written)
      skip(isLookalike && UNLIKE.has(name))
      const [schema, view] = name.split('.') as [string, string]
      const expected = await postgresRows(origin, `select * from "${schema}"."${view}"`)
      const shown = await rows(`select * from [${schema === 'public' ? 'dbo' : schema}].[${view}]`)
      expect(asMultiset(shown, false)).toEqual(asMultiset(expected, false))
      expect(expected.length === 0).toBe(WITHOUT_ROWS.has(name))
    })
  },
)
