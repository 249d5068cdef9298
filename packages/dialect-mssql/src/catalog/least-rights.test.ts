import type { LeftBehind, SchemaModel } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { estimate } from '../estimate.ts'
import { ServerError, sourceError } from '../server-errors.ts'
import { type Catalog, CatalogViews } from './catalog.ts'
import { hiddenRowsWarning } from './left-behind.ts'
import { type ModuleRow, readModules } from './modules.ts'
import { HIDDEN_ROWS } from './security-policies.ts'

const VIEWS = new CatalogViews(
  new Set(['sql_expression_dependencies.referenced_id', 'dm_db_partition_stats.row_count']),
)

/** A catalog that answers with `rows`, but fails with an error of that number where `view` is read. */
function catalogWithout(view: string, number: number, rows: readonly object[]): Catalog {
  const query = async (sql: string) => {
    if (sql.includes(view)) throw sourceError('cannot query database [d]', new ServerError(number, 'denied'))
    return rows as never
  }
  return { query, views: VIEWS }
}

const view: ModuleRow = {
  id: 1,
  schema: 'dbo',
  name: 'v',
  type: 'V',
  definition: 'create view v as select 1 as one',
  onSchema: null,
  onName: null,
  usesAnsiNulls: true,
  usesQuotedIdentifier: true,
  isDisabled: false,
  isEncrypted: false,
  isSchemaBound: false,
  isNative: false,
}

describe('for a login that may read the tables and no more', () => {
  it('modules are listed without the dependencies that only db_owner may read', async () => {
    const { modules } = await readModules(catalogWithout('sys.sql_expression_dependencies', 229, [view]))
    expect(modules.map(({ name }) => name)).toEqual(['v'])
  })

  it('modules are then in the order in which their texts mention one another', async () => {
    const rows = [
      { ...view, id: 1, name: 'a', definition: 'create view a as select id from [Z]]x]' },
      { ...view, id: 2, name: 'b', definition: 'create view b as select id from dbo.a' },
      { ...view, id: 3, name: 'Z]x', definition: 'create view "Z]x" as select 1 as id' },
    ]
    const { modules } = await readModules(catalogWithout('sys.sql_expression_dependencies', 229, rows))
    expect(modules.map(({ name }) => name)).toEqual(['Z]x', 'a', 'b'])
  })

  it('sizes are estimated from what every login may read', async () => {
    const catalog = catalogWithout('sys.dm_db_partition_stats', 262, [
      { schema: 'dbo', name: 't', rows: '7', bytes: '9' },
    ])
    const model = { tables: [{ schema: 'dbo', name: 't' }] } as unknown as Parameters<typeof estimate>[1]
    expect(await estimate(catalog, model)).toEqual([{ schema: 'dbo', name: 't', rows: 7, bytes: 9 }])
  })

  it('row-level security is warned of where rows are read, and nothing else that stays behind', () => {
    const table = (name: string) => ({ schema: 'dbo', name })
    const hidden = (name: string) => ({ kind: HIDDEN_ROWS, name: `[dbo].[${name}]`, reason: '' })
    const model = (...leftBehind: readonly LeftBehind[]) =>
      ({ tables: [table('a'), table('b')], leftBehind }) as unknown as SchemaModel
    expect(hiddenRowsWarning(model({ kind: 'route', name: '[a]', reason: '' }))).toBe(undefined)
    expect(hiddenRowsWarning(model(hidden('a'), hidden('b')))).toBe(
      'rows that this login may not see are not in the backup: there is row-level security on [dbo].[a], [dbo].[b]',
    )
    expect(hiddenRowsWarning(model(hidden('a')), { include: [], exclude: ['dbo.a'] })).toBe(undefined)
  })

  it('any other failure is one', async () => {
    await expect(readModules(catalogWithout('sys.sql_expression_dependencies', 1205, [view]))).rejects.toThrow('1205')
    await expect(
      estimate(catalogWithout('sys.dm_db_partition_stats', 1205, []), { tables: [] } as never),
    ).rejects.toThrow('1205')
  })
})
