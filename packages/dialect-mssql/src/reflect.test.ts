import { CannotCarryError, SourceError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { reflect } from './reflect.ts'
import { INT_ROW } from './testing/catalog-rows.ts'
import { type Answer, scriptedCatalog } from './testing/scripted-catalog.ts'

const TABLES = ['plain', 'strange'].map((name, i) => ({
  id: i + 1,
  schema: 'dbo',
  name,
  temporalType: 0,
  usesAnsiNulls: true,
  ledgerType: 0,
}))

const column = (tableId: number, columnId: number, name: string, baseType: string) => ({
  tableId,
  columnId,
  schema: 'dbo',
  table: TABLES[tableId - 1]!.name,
  name,
  ...INT_ROW,
  baseType,
  typeName: baseType,
  nullable: true,
  isAnsiPadded: true,
  generatedAlways: 0,
  encryption: null,
  graphType: null,
  xmlSchema: null,
  xmlCollection: null,
})

const COLUMNS = [column(1, 1, 'id', 'int'), column(2, 1, 'id', 'int'), column(2, 2, 'q', 'quaternion')]

const catalogWith = (...answers: readonly Answer[]) =>
  scriptedCatalog(...answers, [/as \[temporalType\]/, TABLES], [/as \[generatedAlways\]/, COLUMNS])

const outside = { include: [], exclude: ['dbo.strange'] }

describe('a table outside of the scope', () => {
  it('does not fail a dump with a type that is not known', async () => {
    const { tables } = await reflect(catalogWith(), 'd', outside)
    expect(tables.map(({ name, columns }) => [name, columns.map((one) => one.name)])).toEqual([
      ['plain', ['id']],
      ['strange', ['id']],
    ])
    await expect(reflect(catalogWith(), 'd')).rejects.toThrow(CannotCarryError)
  })

  it('may have columns that are masked', async () => {
    const masked: Answer = [/sys\.masked_columns/, [{ schema: 'dbo', table: 'strange', column: 'id' }]]
    expect((await reflect(catalogWith(masked), 'd', outside)).tables).toHaveLength(2)
    await expect(reflect(catalogWith(masked), 'd')).rejects.toThrow(SourceError)
  })
})

it('what replication keeps for itself is no table, and is named', async () => {
  const own: Answer = [/sysmergearticles/, [{ schema: 'dbo', name: 'strange', kind: 'object of replication' }]]
  const { tables, leftBehind } = await reflect(catalogWith(own), 'd')
  expect(tables.map(({ name }) => name)).toEqual(['plain'])
  expect(leftBehind).toMatchObject([{ kind: 'object of replication', name: '[dbo].[strange]' }])
})
