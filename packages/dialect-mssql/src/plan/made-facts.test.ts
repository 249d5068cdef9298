import { type Backup, type Column, type SchemaModel, type Table, type Target, verifyTarget } from '@albackup/core'
import { expect, it } from 'vitest'
import { parsePolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import { madeColumnFacts } from './made-facts.ts'
import { planRestore } from './plan-restore.ts'

const FACTS = {
  ...{ builtInTypes: [], collations: ['latin1_general_bin2'], schemas: ['dbo'], types: [] },
  objects: [{ kind: 'table', schema: 'dbo', name: 'T' }],
  collation: 'SQL_Latin1_General_CP1_CI_AS',
} as const

const TEXT = { kind: 'text', length: 9, unit: 'utf16', fixed: false } as const

const T: Table = {
  ...{ schema: 'dbo', name: 'T', uniqueKeys: [], foreignKeys: [], checks: [] },
  columns: [
    {
      ...{ name: 'a', logical: TEXT, nullable: false },
      native: { declaration: 'varchar(9)', collation: FACTS.collation, facts: { masked: 'default()' } },
    },
    {
      ...{ name: 'b', logical: TEXT, nullable: true },
      native: { declaration: 'varchar(9)', collation: 'Latin1_General_BIN2' },
    },
  ],
  primaryKey: {
    ...{ name: 'pk', systemNamed: false, clustered: true, columns: [{ name: 'a', descending: false }] },
    native: { fillFactor: 80, compression: 'page' },
  },
  indexes: [
    {
      ...{ name: 'ix', unique: false, clustered: false, method: 'btree', included: [], enabled: true },
      columns: [{ name: 'b', descending: false }],
    },
  ],
  native: { lockEscalation: 'disable' },
}

const MODEL: SchemaModel = {
  ...{ dialect: 'mssql', database: { name: 'd', collation: null }, schemas: [{ name: 'dbo' }], types: [] },
  ...{ sequences: [], tables: [T], modules: [], leftBehind: [] },
}

/** What the proof says when the target's table is `there`, and these objects of its own are. */
async function said(there: Table, objects: NonNullable<SchemaModel['objects']> = []): Promise<readonly string[]> {
  const scope = { content: 'schema', include: [], exclude: [] }
  const backup = { path: 'test', metadata: { model: MODEL, scope, files: [] } } as unknown as Backup
  const target: Partial<Target> = {
    plan: async (model, policy) => planRestore(model, parsePolicy(policy, model), FACTS),
    reflect: async () => ({ ...MODEL, tables: [there], objects }),
    compareTexts: async (pairs) => pairs.map(() => false),
    quote,
  }
  const context = { signal: new AbortController().signal, warn() {}, debug() {} }
  const request = { backup, policy: {}, context, onEvent: () => {}, target: target as Target }
  return (await verifyTarget(request)).missing!.map(({ sentence }) => sentence)
}

const [A, B] = [T.columns[0]!, T.columns[1]!]

it('expects a table of SQL Server as it was, with its storage, masks and collations', async () => {
  expect(await said(T)).toEqual([])
})

it('names the description of a key that the plan does not describe, and of nothing else', async () => {
  const described = (object: string) => ({
    ...{ kind: 'extended property', name: `[MS_Description] of ${object}`, statements: [] },
    stage: 'after modules' as const,
  })
  expect(await said(T, [described('constraint [dbo].[t].[PK]'), described('view [dbo].[more]')])).toEqual([
    'extended property [MS_Description] of constraint [dbo].[t].[PK] is in the target and not in the plan',
  ])
})

it('expects a hidden column only where the table has a period', () => {
  const column: Column = { ...B, native: { ...B.native, facts: { hidden: true } } }
  expect(madeColumnFacts(column, { ...T, native: { ledger: 'updatable' } })).toMatchObject({ hidden: null })
  const period = { start: 'a', end: 'b' }
  expect(madeColumnFacts(column, { ...T, native: { period } })).toMatchObject({ hidden: true })
})

it.each<[string, Partial<Table>, string]>([
  [
    'another fill factor',
    { primaryKey: { ...T.primaryKey!, native: { fillFactor: 90, compression: 'page' } } },
    'table dbo.T: primary key pk has fill factor 90 in the target and 80 in the plan',
  ],
  [
    'no compression',
    { primaryKey: { ...T.primaryKey!, native: { fillFactor: 80 } } },
    'table dbo.T: primary key pk has no compression in the target and page in the plan',
  ],
  [
    'a key that is switched off',
    { primaryKey: { ...T.primaryKey!, native: { fillFactor: 80, compression: 'page', disabled: true } } },
    'table dbo.T: primary key pk has disabled yes in the target and none in the plan',
  ],
  [
    'a compressed index',
    { indexes: [{ ...T.indexes[0]!, native: { compression: 'row' } }] },
    'table dbo.T: index ix has compression row in the target and none in the plan',
  ],
  [
    'an index that ignores what is there twice',
    { indexes: [{ ...T.indexes[0]!, native: { ignoreDuplicateKey: true } }] },
    'table dbo.T: index ix has ignore duplicate key yes in the target and none in the plan',
  ],
  [
    'another mask',
    { columns: [{ ...A, native: { ...A.native, facts: { masked: 'email()' } } }, B] },
    'table dbo.T: column a has masked email() in the target and default() in the plan',
  ],
  [
    'a mask that was not there',
    { columns: [A, { ...B, native: { ...B.native, facts: { masked: 'email()' } } }] },
    'table dbo.T: column b has masked email() in the target and none in the plan',
  ],
  [
    'the collation of the database where the column had its own',
    { columns: [A, { ...B, native: { ...B.native, collation: FACTS.collation } }] },
    'table dbo.T: column b has collation SQL_Latin1_General_CP1_CI_AS in the target and Latin1_General_BIN2 in the plan',
  ],
  [
    'a collation of its own where the column had that of the database',
    { columns: [{ ...A, native: { ...A.native, collation: 'Latin1_General_BIN2' } }, B] },
    'table dbo.T: column a has collation Latin1_General_BIN2 in the target and SQL_Latin1_General_CP1_CI_AS in the plan',
  ],
  ['a comment', { comment: 'more' }, 'table dbo.T has comment "more" in the target and none in the plan'],
  ['locks that escalate', { native: {} }, 'table dbo.T has no lock escalation in the target and disable in the plan'],
])('names %s', async (_, changes, sentence) => {
  expect(await said({ ...T, ...changes })).toEqual([sentence])
})
