import pg from 'pg'
import { describe, expect, it } from 'vitest'
import type { RestorePlan } from '../../packages/core/src/index.ts'
import { planForEmpty } from '../../packages/dialect-mssql/src/plan.ts'
import { reflect } from '../../packages/dialect-postgres/src/reflect.ts'
import { withPostgres } from '../expressions/opened-servers.ts'
import { findingsOf, queryOf } from './planned-views.ts'
import { ASCII_VIEWS, LEFT_BEHIND, ORDERED_VIEWS, VIEWS } from './view-pairs.ts'
import { VIEW_TABLES } from './view-tables.ts'

let plan: RestorePlan

withPostgres(async (client) => {
  await client.query(VIEW_TABLES)
  for (const [written] of [...VIEWS, ...ORDERED_VIEWS, ...ASCII_VIEWS, ...LEFT_BEHIND]) await client.query(written)
  const { host, port, user, database } = client
  const reader = new pg.Client({ host, port, user: user!, password: String(client.password), database: database! })
  await reader.connect()
  await reader.query("set search_path = ''")
  plan = planForEmpty(await reflect(reader), {})
  await reader.end()
})

describe('a view of PostgreSQL in T-SQL', () => {
  it.each(VIEWS)('shows the same rows: %s', (written, query) => {
    expect(queryOf(plan, written)).toBe(query)
    expect(findingsOf(plan, written)).toEqual([])
  })

  it.each(ORDERED_VIEWS)('shows the same rows in no order, and the plan says so: %s', (written, query) => {
    expect(queryOf(plan, written)).toBe(query)
    expect(findingsOf(plan, written)).toEqual([
      { severity: 'changed', message: expect.stringMatching(/^has no ORDER BY: /) },
    ])
  })

  it.each(ASCII_VIEWS)('shows the same rows for texts of ASCII, and the plan says so: %s', (written, query) => {
    expect(queryOf(plan, written)).toBe(query)
    expect(findingsOf(plan, written)).toEqual([
      { severity: 'changed', message: expect.stringMatching(/^may show other rows for texts beyond ASCII: /) },
    ])
  })

  it.each(LEFT_BEHIND)('is left behind with the reason: %s', (written, reason) => {
    expect(queryOf(plan, written)).toBeUndefined()
    expect(findingsOf(plan, written)).toEqual([{ severity: 'lost', message: `is left out, ${reason}` }])
  })
})
