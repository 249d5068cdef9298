import type { ForeignKey, SchemaModel, Table } from '@albackup/core'
import { expect, it } from 'vitest'
import { checkRI } from './check-ri.ts'

const foreignKey: ForeignKey = {
  name: 'FK_child',
  systemNamed: false,
  columns: ['x', 'y'],
  references: { schema: 'dbo', name: 'parent', columns: ['a', 'b'] },
  onDelete: 'no action',
  onUpdate: 'no action',
  enabled: false,
  trusted: false,
}

const table: Table = {
  schema: 'dbo',
  name: 'child',
  columns: [],
  uniqueKeys: [],
  foreignKeys: [foreignKey],
  checks: [],
  indexes: [],
}

const model: SchemaModel = {
  dialect: 'mssql',
  database: { name: 'db', collation: null },
  schemas: [],
  types: [],
  sequences: [],
  tables: [table],
  modules: [],
  leftBehind: [],
}

async function check(orphans: string) {
  const sent: string[] = []
  const query = async <Row>(sql: string) => {
    sent.push(sql)
    const rows: readonly unknown[] = sql.includes('count_big')
      ? [{ rows: orphans }]
      : [
          { k0: '1', k1: 'a' },
          { k0: '2', k1: 'b' },
        ]
    return rows as readonly Row[]
  }
  const violations = []
  for await (const violation of checkRI(query, model)) violations.push(violation)
  return { sent, violations }
}

it('lists a foreign key with rows that have no parent, and some of their keys', async () => {
  const { sent, violations } = await check('12')
  expect(violations).toEqual([{ table: '[dbo].[child]', foreignKey: 'FK_child', rows: 12, samples: ['1, a', '2, b'] }])
  expect(sent[0]).toBe(`select count_big(*) as [rows]
from [dbo].[child] c
where c.[x] is not null and c.[y] is not null
  and not exists (select 1 from [dbo].[parent] p where p.[a] = c.[x] and p.[b] = c.[y])`)
})

it('asks for no samples where every row has its parent', async () => {
  const { sent, violations } = await check('0')
  expect({ violations, statements: sent.length }).toEqual({ violations: [], statements: 1 })
})
