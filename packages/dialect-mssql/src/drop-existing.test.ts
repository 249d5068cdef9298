import { RefusedError, type RestorePlan, TargetError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { dropExisting } from './drop-existing.ts'
import { existingDrops } from './existing-drops.ts'
import { scriptedCatalog } from './testing/scripted-catalog.ts'
import { type Refuse, ScriptedSession, serverFailure } from './testing/scripted-session.ts'

const planOf = (...existing: readonly string[]): RestorePlan => ({
  dialect: 'mssql',
  tables: [],
  findings: [],
  existing,
  statements: { tables: [], keys: [], references: [], values: [], objects: [] },
})

const object = (kind: string, name: string, schema: string | null = 'dbo') => ({ kind, schema, name })
const reference = (table: string, referencedTable: string) => ({
  name: `FK_${table}`,
  schema: 'dbo',
  table,
  referencedSchema: 'dbo',
  referencedTable,
})
const versioned = { schema: 'dbo', table: 'T', historySchema: 'dbo', historyTable: 'H' }
const DATABASE = [{ collation: 'Latin1_General_CI_AS' }]

describe('what exists is dropped', () => {
  it('by kind and name, and in an order in which the server lets it go', async () => {
    const catalog = scriptedCatalog(
      [/'Collation'/, DATABASE],
      [
        /'U' then 'table'/,
        ['table', 'view', 'function', 'sequence'].map((kind) => object(kind, kind === 'table' ? 't' : kind)),
      ],
      [/from sys\.types/, [object('type', 'T'), object('type', 'kept')]],
      [/sys\.partition_schemes/, [object('partition scheme', 'ps', null)]],
      [/temporal_type = 2/, [{ ...versioned, table: 't' }]],
      [/sys\.foreign_keys/, [reference('t', 't'), reference('t', 'elsewhere')]],
    )
    const plan = planOf(
      '[dbo].[T]',
      'type [dbo].[T]',
      'view [dbo].[view]',
      'function [dbo].[function]',
      'partition scheme [ps]',
    )
    expect(await existingDrops(catalog, plan)).toEqual([
      'alter table [dbo].[t] set (system_versioning = off)',
      'alter table [dbo].[t] drop constraint [FK_t]',
      'drop view [dbo].[view]',
      'drop table [dbo].[t]',
      'drop function [dbo].[function]',
      'drop type [dbo].[T]',
      'drop partition scheme [ps]',
    ])
  })

  it.each([
    ['refers to it', [/sys\.foreign_keys/, [reference('Other', 'T')]], '[dbo].[Other] ([FK_Other])'],
    [
      'has it for its history',
      [/temporal_type = 2/, [{ ...versioned, table: 'Other', historyTable: 'T' }]],
      '[dbo].[Other]',
    ],
  ] as const)('unless a table that stays %s', async (_, answer, named) => {
    const catalog = scriptedCatalog([/'Collation'/, DATABASE], [/'U' then 'table'/, [object('table', 'T')]], answer)
    const refusal = existingDrops(catalog, planOf('[dbo].[T]'))
    await expect(refusal).rejects.toThrow(RefusedError)
    await expect(refusal).rejects.toThrow(named)
  })
})

/** `b>a` cannot go before a. */
function needing(gives: 'refuses' | 'rolls back'): Refuse {
  let gone = new Set<string>()
  return (sql) => {
    const [name, first] = sql.split('>')
    if (first !== undefined && !gone.has(first)) {
      if (gives === 'refuses') return serverFailure(`${first} needs ${name}`, 3729)
      gone = new Set()
      return 'rolls back'
    }
    gone.add(name!)
    return undefined
  }
}

describe('dropping', () => {
  it.each(['refuses', 'rolls back'] as const)('finds an order also where the server %s', async (gives) => {
    const session = new ScriptedSession(needing(gives))
    await dropExisting(session.execute, ['c>b', 'b>a', 'a'])
    expect(session.done).toEqual(['a', 'b>a', 'c>b'])
  })

  it.each(['refuses', 'rolls back'] as const)('keeps everything when the server %s for good', async (gives) => {
    const session = new ScriptedSession(needing(gives))
    await expect(dropExisting(session.execute, ['a', 'b>outsider'])).rejects.toThrow(RefusedError)
    expect(session.done).toEqual([])
  })

  it('that is refused tells the reason in the words of the server: it may be a right', async () => {
    const session = new ScriptedSession((sql) =>
      sql.startsWith('drop') ? serverFailure('you do not have permission', 3701) : undefined,
    )
    await expect(dropExisting(session.execute, ['drop table [dbo].[t]'])).rejects.toMatchObject({
      message: 'cannot drop table [dbo].[t]: you do not have permission (error 3701)',
      hint: expect.stringMatching(/^Nothing was dropped\. .* lacks a right/),
    })
  })

  it('does by itself what no transaction may hold', async () => {
    const session = new ScriptedSession()
    await dropExisting(session.execute, ['drop table a', 'drop fulltext catalog c'])
    expect(session.sent.at(-2)).toBe('commit transaction')
    expect(session.done).toEqual(['drop table a', 'drop fulltext catalog c'])
  })

  it('ends with a lost connection', async () => {
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    await expect(dropExisting(new ScriptedSession(() => lost).execute, ['a'])).rejects.toThrow(TargetError)
  })
})
