import { describe, expect, it } from 'vitest'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { CatalogViews } from './catalog.ts'
import { readMaskedColumns, requireUnmasked } from './masking.ts'

const column = (table: string, name: string) => ({ schema: 'dbo', table, column: name })

describe('masked columns', () => {
  it('refuse a dump by name', () => {
    const columns = [column('T', 'b'), column('T', 'a')]
    expect(() => requireUnmasked(columns, () => true)).toThrow(
      'cannot read the database: columns [dbo].[T].[a], [dbo].[T].[b] are masked for this login',
    )
    expect(() => requireUnmasked([column('T', 'a')], () => true)).toThrow('column [dbo].[T].[a] is masked')
  })

  it('do not matter in tables that are not read', () => {
    expect(() => requireUnmasked([column('T', 'a')], ({ name }) => name !== 'T')).not.toThrow()
    expect(() => requireUnmasked([], () => true)).not.toThrow()
  })

  it('are asked for with the permission on each, and only where there can be some', async () => {
    expect(await readMaskedColumns(scriptedCatalog([/'UNMASK', c\.name, 'COLUMN'/, [column('T', 'a')]]))).toEqual([
      column('T', 'a'),
    ])
    const query = () => Promise.reject(new Error('asked'))
    expect(await readMaskedColumns({ query, views: new CatalogViews(new Set()) })).toEqual([])
  })
})
