import { InterruptedError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { ServerError, sourceError } from '../server-errors.ts'
import { CatalogViews } from './catalog.ts'
import { readChecks } from './checks.ts'
import { readComputedColumns } from './computed-columns.ts'
import { readDefaults } from './defaults.ts'

const UNPRINTABLE = new ServerError(50000, 'unrecognized node type')

const ROWS = [
  { tableId: 1, columnId: 2, name: 'first' },
  { tableId: 1, columnId: 3, name: "the other's" },
]

/** By a query for all, or for it alone. */
function isAsked({ columnId, name }: (typeof ROWS)[number], sql: string): boolean {
  if (!/_id = \d+ and /.test(sql)) return true
  return sql.endsWith(`column_id = ${columnId}`) || sql.endsWith(`name = N'${name.replaceAll("'", "''")}'`)
}

/** Answers only questions that do not ask for the definition of the first row. */
function catalogThatFails(error: unknown) {
  const query = async (sql: string) => {
    const asked = ROWS.filter((row) => isAsked(row, sql))
    const tells = /[cd]\.definition/.test(sql)
    if (tells && asked.some(({ columnId }) => columnId === 2)) throw error
    return asked.map((row) => ({ ...row, definition: tells ? '(1)' : null, isPersisted: true })) as never
  }
  return { query, views: new CatalogViews(new Set()) }
}

describe.each([
  ['source', sourceError('cannot query database [d]', UNPRINTABLE)],
  ['target', UNPRINTABLE],
])('where the server of a %s cannot print one definition', (_, error) => {
  const catalog = catalogThatFails(error)

  it('computed columns are known, and what the others compute', async () => {
    const computed = await readComputedColumns(catalog)
    expect([...computed.values()].map(({ expression }) => expression.native)).toEqual(['', '(1)'])
  })

  it('defaults are known, and what the others are', async () => {
    const defaults = await readDefaults(catalog)
    expect([...defaults.values()].map(({ expression }) => expression.native)).toEqual(['', '(1)'])
  })

  it('checks are known, and the conditions of the others', async () => {
    const checks = (await readChecks(catalog))(1)
    expect(checks.map(({ name, expression }) => [name, expression.native])).toEqual([
      ['first', ''],
      ["the other's", '(1)'],
    ])
  })
})

it('a target asks for each definition, too, though its errors are as the server gave them', async () => {
  const computed = await readComputedColumns(catalogThatFails(new ServerError(50000, 'unrecognized node type')))
  expect([...computed.values()].map(({ expression }) => expression.native)).toEqual(['', '(1)'])
})

it.each([
  ['a deadlock', new ServerError(1205, 'deadlocked', 13)],
  ['a lost session', new ServerError(50000, 'gone', 20)],
])('%s is not taken for a definition that cannot be printed', async (_, error) => {
  await expect(readComputedColumns(catalogThatFails(error))).rejects.toThrow(error)
})

it('an interruption is not taken for a definition that cannot be printed', async () => {
  await expect(readComputedColumns(catalogThatFails(new InterruptedError('stopped')))).rejects.toThrow(InterruptedError)
})
