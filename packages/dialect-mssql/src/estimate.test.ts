import type { Table } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { type Catalog, CatalogViews } from './catalog/catalog.ts'
import { estimate } from './estimate.ts'
import { ServerError } from './server-errors.ts'
import { column } from './testing/read-response.ts'

const table = (name: string): Table => ({
  schema: 'dbo',
  name,
  columns: [
    column('id', { kind: 'integer', bits: 32, signed: true }),
    column('note', { kind: 'text', length: 4000, unit: 'utf16', fixed: false }),
    column('key', { kind: 'uuid' }),
  ],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
})

const model = { tables: [table('A'), table('B')] }

function catalogOf(answers: readonly (readonly [RegExp, readonly object[] | Error])[]): Catalog {
  return {
    views: new CatalogViews(new Set(['dm_db_partition_stats.row_count'])),
    async query<Row>(sql: string) {
      const rows = answers.find(([when]) => when.test(sql))?.[1] ?? []
      if (rows instanceof Error) throw rows
      return rows as readonly Row[]
    },
  }
}

const PARTITIONS = [
  { schema: 'dbo', name: 'B', rows: '10', bytes: null },
  { schema: 'dbo', name: 'gone', rows: '7', bytes: null },
]

const rowsAndBytes = async (catalog: Catalog) =>
  (await estimate(catalog, model)).map(({ name, rows, bytes }) => [name, rows, bytes])

describe('how large tables are is told', () => {
  it('by the pages they use', async () => {
    const pages = [{ schema: 'dbo', name: 'B', rows: '10', bytes: '81920' }]
    expect(await rowsAndBytes(catalogOf([[/dm_db_partition_stats/, pages]]))).toEqual([
      ['A', 0, 0],
      ['B', 10, 81_920],
    ])
  })

  it('by their rows and types where the login may not see the pages', async () => {
    const denied = new ServerError(262, 'VIEW DATABASE STATE permission denied.')
    expect(
      await rowsAndBytes(
        catalogOf([
          [/dm_db_partition_stats/, denied],
          [/sys\.partitions/, PARTITIONS],
        ]),
      ),
    ).toEqual([
      ['A', 0, 0],
      ['B', 10, 600],
    ])
  })

  it('by counting where the server says that everything is empty; a table that cannot be counted is small', async () => {
    expect(
      await rowsAndBytes(
        catalogOf([
          [/count_big\(\*\) as \[rows\] from \[dbo\]\.\[A\]/, new ServerError(229, 'denied')],
          [/count_big/, [{ rows: '100' }]],
        ]),
      ),
    ).toEqual([
      ['A', 0, 0],
      ['B', 100, 6000],
    ])
  })

  it('not at all when the connection is lost', async () => {
    const lost = new Error('socket hang up')
    await expect(estimate(catalogOf([[/count_big/, lost]]), model)).rejects.toThrow(lost)
  })
})
