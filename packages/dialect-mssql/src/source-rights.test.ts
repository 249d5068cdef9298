import { describe, expect, it } from 'vitest'
import { missingSourceRights } from './source-rights.ts'
import { scriptedCatalog } from './testing/scripted-catalog.ts'

const ALL = {
  user: 'ann]',
  database: 'shop',
  select: 1,
  viewDefinition: 1,
  viewState: 1,
  dependencies: 1,
  snapshots: 1,
}

const missing = (
  rights: Partial<Record<keyof typeof ALL, unknown>>,
  tables: readonly object[] = [],
  masked: readonly object[] = [],
) =>
  missingSourceRights(
    scriptedCatalog(
      [/as \[viewDefinition\]/, [{ ...ALL, ...rights }]],
      [/as \[unreadable\]/, tables],
      [/sys\.masked_columns/, masked],
    ),
  )

describe('a login lacks', () => {
  it('nothing, or what the server does not know', async () => {
    expect(await missing({})).toEqual([])
    expect(await missing({ viewDefinition: null, viewState: null, dependencies: null })).toEqual([])
  })

  it.each([
    [{ viewDefinition: 0 }, 'needed', 'grant view definition to "ann]"'],
    [{ viewState: 0 }, 'advised', 'grant view database state to "ann]"'],
    [{ dependencies: 0 }, 'advised', 'grant select on sys.sql_expression_dependencies to "ann]"'],
    [{ snapshots: 0 }, 'advised', 'alter database [shop] set allow_snapshot_isolation on'],
    [{ select: 0 }, 'needed', 'alter role [db_datareader] add member "ann]"'],
  ])('%o', async (rights, severity, grant) => {
    expect(await missing(rights)).toMatchObject([{ severity, grant }])
  })

  it('SELECT on some tables, which are named', async () => {
    const tables = [
      { schema: 'dbo', name: 'a', unreadable: false },
      { schema: 'dbo', name: 'b', unreadable: true },
    ]
    expect(await missing({ select: 0 }, tables)).toEqual([
      {
        right: 'SELECT on [dbo].[b]',
        severity: 'needed',
        consequence: 'A dump fails at this table, unless it is left out with --exclude.',
        grant: 'grant select on object::[dbo].[b] to "ann]"',
      },
    ])
    expect(await missing({ select: 0 }, [{ ...tables[0] }])).toEqual([])
  })

  it('what is denied, until that is taken back', async () => {
    const denied = { schema: 'dbo', table: 'T', grantee: 'public' }
    const catalog = scriptedCatalog(
      [/as \[viewDefinition\]/, [ALL]],
      [
        /p\.state = 'D'/,
        [
          { ...denied, column: null },
          { ...denied, column: 'c' },
        ],
      ],
    )
    expect((await missingSourceRights(catalog)).map(({ right, grant }) => [right, grant])).toEqual([
      ['SELECT on [dbo].[T], which is denied', 'revoke select on object::[dbo].[T] from [public]'],
      ['SELECT on [dbo].[T].[c], which is denied', 'revoke select ([c]) on object::[dbo].[T] from [public]'],
    ])
  })

  it('UNMASK where columns are masked', async () => {
    const columns = ['a', 'b', 'c', 'd'].map((column) => ({ schema: 'dbo', table: 'T', column }))
    expect(await missing({}, [], columns)).toEqual([
      {
        right: 'UNMASK on database [shop]',
        severity: 'needed',
        consequence:
          'The server would send made-up values of [dbo].[T].[a], [dbo].[T].[b], [dbo].[T].[c] and 1 more, so a dump of their tables is refused.',
        grant: 'grant unmask to "ann]"',
      },
    ])
  })
})
