import { describe, expect, it } from 'vitest'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { CatalogViews } from './catalog.ts'
import { readDatabaseSettings } from './database-settings.ts'
import { FEATURES } from './features-left-behind.ts'
import { byKindAndName, readLeftBehind } from './left-behind.ts'
import { readModules } from './modules.ts'
import { readReplicationObjects } from './replication-objects.ts'
import { SERVICES } from './services-left-behind.ts'

const reasons = [...FEATURES, ...SERVICES]

describe('what is not carried', () => {
  it.each(reasons)('$kind: is named with a reason', async ({ kind, reason, sql }) => {
    const asked = new RegExp(sql.trim().replace(/[\\^$.|+()[\]{}*?]/g, '\\$&'))
    const found = await readLeftBehind(scriptedCatalog([asked, [{ schema: 'dbo', name: 'x' }]]))
    expect(found).toContainEqual({ kind, name: '[dbo].[x]', reason })
  })

  it('is asked for only where the server has it', async () => {
    const statements: string[] = []
    const query = async (sql: string) => {
      statements.push(sql)
      return []
    }
    expect(await readLeftBehind({ query, views: new CatalogViews(new Set()) })).toEqual([])
    expect(statements).toHaveLength(1)
  })

  it('includes the settings of the database that a new one would not have', async () => {
    const row = { database: 'shop', is_read_committed_snapshot_on: 1, delayed_durability: 2, is_encrypted: 0 }
    expect(await readDatabaseSettings(scriptedCatalog([/sys\.databases/, [row]]))).toEqual([
      {
        kind: 'database settings',
        name: '[shop]',
        reason:
          'a restore does not make them; an administrator does with ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON, DELAYED_DURABILITY = FORCED',
      },
    ])
    expect(await readDatabaseSettings(scriptedCatalog([/sys\.databases/, [{ database: 'shop' }]]))).toEqual([])
  })

  it('includes objects of kinds that were never heard of', async () => {
    const rows = [{ kind: 'quantum table', schema: 'dbo', name: 'q' }]
    expect(await readLeftBehind(scriptedCatalog([/not in \('U'/, rows]))).toEqual([
      {
        kind: 'quantum table',
        name: '[dbo].[q]',
        reason: 'objects of this kind are not known to this program; script it on its own',
      },
    ])
  })

  it('comes in the same order every time', () => {
    const one = { kind: 'a', name: 'b', reason: '' }
    const other = { kind: 'a', name: 'a', reason: '' }
    expect(byKindAndName([{ ...one, kind: 'b' }, one, other])).toEqual([other, one, { ...one, kind: 'b' }])
  })
})

it('the objects of replication and change data capture are neither tables nor modules of the user', async () => {
  const rows = [
    { schema: 'cdc', name: 'dbo_T_CT', kind: 'object of change data capture' },
    { schema: 'dbo', name: 'MSmerge_contents', kind: 'object of replication' },
  ]
  const replication = await readReplicationObjects(scriptedCatalog([/change_tables/, rows]))
  expect(replication.owns({ schema: 'cdc', name: 'dbo_T_CT' })).toBe(true)
  expect(replication.owns({ schema: 'dbo', name: 'dbo_T_CT' })).toBe(false)
  expect(replication.leftBehind).toMatchObject(
    rows.map(({ kind, schema, name }) => ({ kind, name: `[${schema}].[${name}]` })),
  )
})

describe('a module without a text', () => {
  const module = {
    id: 1,
    schema: 'dbo',
    name: 'p',
    type: 'P',
    definition: null,
    onSchema: null,
    onName: null,
    usesAnsiNulls: true,
    usesQuotedIdentifier: true,
    isDisabled: false,
    isSchemaBound: false,
    isNative: false,
  }

  it.each([
    [true, 'its text is encrypted (WITH ENCRYPTION), and the server shows it to nobody; create it from its source'],
    [false, 'the login may not see its text; grant it VIEW DEFINITION'],
  ])('is in the model, and left behind with the reason; encrypted: %s', async (isEncrypted, reason) => {
    const found = await readModules(scriptedCatalog([/sys\.sql_modules/, [{ ...module, isEncrypted }]]))
    expect(found).toEqual({
      modules: [{ kind: 'procedure', schema: 'dbo', name: 'p', definition: null }],
      leftBehind: [{ kind: 'procedure', name: '[dbo].[p]', reason }],
    })
  })
})

it('a module that was renamed, or is bound to its tables, says so', async () => {
  const rows = [
    {
      id: 1,
      schema: 'dbo',
      name: 'new',
      type: 'V',
      definition: 'create view dbo.old with schemabinding as select id from dbo.t',
      onSchema: null,
      onName: null,
      usesAnsiNulls: true,
      usesQuotedIdentifier: true,
      isDisabled: false,
      isSchemaBound: true,
      isNative: false,
      isEncrypted: false,
    },
  ]
  const { modules } = await readModules(scriptedCatalog([/sys\.sql_modules/, rows]))
  expect(modules[0]?.native).toEqual({ schemaBound: true, renamed: true })
})

it('the view of a ledger is not asked for where tables have one', async () => {
  const sent: string[] = []
  const catalog = scriptedCatalog()
  const query: typeof catalog.query = (sql) => {
    sent.push(sql)
    return catalog.query(sql)
  }
  await readModules({ ...catalog, query })
  expect(sent[0]).toContain('not exists (select 1 from sys.tables l where l.ledger_view_id = o.object_id)')
  sent.length = 0
  await readModules({ query, views: new CatalogViews(new Set()) })
  expect(sent.join()).not.toContain('ledger')
})
