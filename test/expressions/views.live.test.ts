import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { postgresRows } from './both-servers.ts'
import { withMssql, withPostgres } from './opened-servers.ts'
import { nameOf, planViews } from './planned-views.ts'
import { ASCII_VIEWS, VIEWS } from './view-pairs.ts'
import { asMultiset, fillMssqlTables, fillPostgresTables } from './view-rows.ts'

const plan = planViews()
const translated = [...VIEWS, ...ASCII_VIEWS].map(([definition]) => definition)

const postgresServer = withPostgres(async (client) => {
  for (const { sql } of plan.statements.tables) await client.query(sql)
  await fillPostgresTables(client)
})

describe('a translated view', () => {
  it('is one of at least forty', () => {
    expect(translated.length).toBeGreaterThan(40)
  })

  it.each(plan.statements.objects)('is taken by PostgreSQL, which can read it: $object', async ({ sql, object }) => {
    await postgresServer.client.query(sql)
    await postgresServer.client.query(`select * from ${quoted(object)}`)
  })
})

/** Rows that are equal to none, nor to none unequal: a NULL is among the values. */
const WITHOUT_ROWS = 'dbo.V_NotInNull'

const live = liveMssql()

describe.skipIf(live === undefined)('a view and its translation', () => {
  const mssqlServer = withMssql(live, 'views', fillMssqlTables)

  it.each(translated)('show the same rows: %s', async (definition) => {
    await mssqlServer.session.query(definition)
    const [schema, name] = nameOf(definition).split('.')
    const expected = await mssqlServer.session.query(`select * from [${schema}].[${name}]`)
    const companions = await companionsOf(nameOf(definition))
    const shown = await postgresRows(postgresServer.client, `select * from ${quoted(nameOf(definition))}`)
    const kept = shown.map((row) => row.filter((_, place) => !companions.has(place)))
    const fold = /distinct|group by|union(?! all)/.test(definition)
    expect(asMultiset(kept, fold)).toEqual(asMultiset(expected, fold))
    expect(expected.length === 0).toBe(nameOf(definition) === WITHOUT_ROWS)
  })

  /** The places of the columns that hold offsets. */
  async function companionsOf(view: string): Promise<ReadonlySet<number>> {
    const { fields } = await postgresServer.client.query(`select * from ${quoted(view)} limit 0`)
    return new Set(fields.flatMap(({ name }, place) => (name.endsWith('__offset') ? [place] : [])))
  }
})

function quoted(fullName: string): string {
  return fullName.replace(/^(.*?)\.(.*)$/, '"$1"."$2"')
}
