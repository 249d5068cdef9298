import {
  type Backup,
  type Module,
  type NativeObject,
  type SchemaModel,
  type Table,
  type Target,
  verifyTarget,
} from '@albackup/core'
import { sampleForeignKey, sampleKey, sampleTable } from '@albackup/testkit'
import { expect, it } from 'vitest'
import { parsePolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import { planRestore } from './plan-restore.ts'

/** What was altered by hand in a SQL Server, as far as no server of development can be altered so. */

const INT = { kind: 'integer', bits: 32, signed: true } as const

const column = (name: string) => ({ name, native: { declaration: 'int' }, logical: INT, nullable: false })

const T: Table = sampleTable('dbo', 'T', [column('a'), column('b')], {
  primaryKey: { ...sampleKey('pk', 'a'), clustered: true },
  foreignKeys: [sampleForeignKey('fk', ['b'], { schema: 'dbo', name: 'T', columns: ['a'] })],
  checks: [
    { name: 'ck', systemNamed: false, expression: { native: '([a]>(0))' }, enabled: true, trusted: true },
    { name: 'old', systemNamed: false, expression: { native: '([b]>(0))' }, enabled: true, trusted: false },
  ],
  indexes: [
    {
      ...{ name: 'ix', unique: false, clustered: false, method: 'btree', included: [], enabled: true },
      columns: [{ name: 'b', descending: false }],
    },
  ],
})

const TRIGGER: Module = {
  ...{ kind: 'trigger', schema: 'dbo', name: 'tr', on: { schema: 'dbo', name: 'T' } },
  definition: 'create trigger dbo.tr on dbo.T after insert as return',
}

const GRANT: NativeObject = {
  ...{ kind: 'permission', name: 'SELECT on [dbo].[T] to [reader]', stage: 'after modules', onRequest: true },
  statements: ['grant select on object::[dbo].[T] to [reader]'],
  table: T,
}

const MODEL: SchemaModel = {
  ...{ dialect: 'mssql', database: { name: 'd', collation: null }, schemas: [{ name: 'dbo' }], types: [] },
  ...{ sequences: [], tables: [T], modules: [TRIGGER], objects: [GRANT], leftBehind: [] },
}

const FACTS = {
  ...{ builtInTypes: [], collations: [], schemas: ['dbo'], types: [] },
  objects: [{ kind: 'table', schema: 'dbo', name: 'T' }],
  collation: 'SQL_Latin1_General_CP1_CI_AS',
} as const

async function said(there: Partial<SchemaModel>, onRequest = true) {
  const scope = { content: 'schema', include: [], exclude: [] }
  const backup = { path: 'test', metadata: { model: MODEL, scope, files: [] } } as unknown as Backup
  const target: Partial<Target> = {
    plan: async (model, policy) => planRestore(model, parsePolicy(policy, model), FACTS),
    reflect: async () => ({ ...MODEL, ...there }),
    compareTexts: async (pairs) => pairs.map(() => false),
    async *checkRI() {},
    quote,
  }
  const context = { signal: new AbortController().signal, warn() {}, debug() {} }
  const request = { backup, policy: {}, context, onEvent: () => {}, target: target as Target, onRequest }
  const { missing, notCompared } = await verifyTarget(request)
  return { missing: missing!.map(({ sentence }) => sentence), notCompared }
}

function withTable(changes: Partial<Table>): Partial<SchemaModel> {
  return { tables: [{ ...T, ...changes }] }
}

function withObject(kind: string, name: string, facts: Partial<NativeObject> = {}): Partial<SchemaModel> {
  return { objects: [GRANT, { kind, name, statements: [], stage: 'after modules', table: T, ...facts }] }
}

it('is proven where nothing was altered, and says what it was not asked for', async () => {
  expect(await said({})).toEqual({ missing: [], notCompared: [] })
  const notCompared = ['users, roles and permissions, which are restored on request only']
  expect(await said({ objects: [] }, false)).toEqual({ missing: [], notCompared })
})

const [CHECK, OLD] = [T.checks[0]!, T.checks[1]!]

it.each<[string, Partial<SchemaModel>, string]>([
  [
    'a trigger that was switched off',
    { modules: [{ ...TRIGGER, native: { disabled: true } }] },
    'trigger dbo.tr on dbo.T is disabled in the target and enabled in the plan',
  ],
  [
    'a trigger that was added',
    { modules: [TRIGGER, { ...TRIGGER, name: 'more' }] },
    'trigger dbo.more on dbo.T is in the target and not in the plan',
  ],
  [
    'a foreign key that was switched off',
    withTable({ foreignKeys: [{ ...T.foreignKeys[0]!, enabled: false }] }),
    'table dbo.T: foreign key fk is disabled in the target and enabled in the plan',
  ],
  [
    'a foreign key that is not trusted',
    withTable({ foreignKeys: [{ ...T.foreignKeys[0]!, trusted: false }] }),
    'table dbo.T: foreign key fk is not trusted in the target and trusted in the plan',
  ],
  [
    'a check that was switched off',
    withTable({ checks: [{ ...CHECK, enabled: false }, OLD] }),
    'table dbo.T: check ck is disabled in the target and enabled in the plan',
  ],
  [
    'a check that is trusted',
    withTable({ checks: [CHECK, { ...OLD, trusted: true }] }),
    'table dbo.T: check old is trusted in the target and not trusted in the plan',
  ],
  [
    'a check that is not for replication',
    withTable({ checks: [{ ...CHECK, native: { notForReplication: true } }, OLD] }),
    'table dbo.T: check ck has not for replication yes in the target and none in the plan',
  ],
  [
    'an index that was switched off',
    withTable({ indexes: [{ ...T.indexes[0]!, enabled: false }] }),
    'table dbo.T: index ix is disabled in the target and enabled in the plan',
  ],
  [
    'an index with a filter',
    withTable({ indexes: [{ ...T.indexes[0]!, filter: { native: '([b]>(0))' } }] }),
    'table dbo.T: index ix has filter ([b]>(0)) in the target and none in the plan',
  ],
  [
    'an index that was added',
    withTable({ indexes: [T.indexes[0]!, { ...T.indexes[0]!, name: 'more', method: 'columnstore' }] }),
    'table dbo.T: index more is in the target and not in the plan',
  ],
  [
    'an identity',
    withTable({
      columns: [{ ...T.columns[0]!, identity: { seed: '1', increment: '1', lastValue: null } }, T.columns[1]!],
    }),
    'table dbo.T: identity a is in the target and not in the plan',
  ],
  [
    'versions that the server keeps',
    withTable({ native: { temporal: { history: { schema: 'dbo', name: 'H' } } } }),
    'table dbo.T has temporal {"history":{"name":"H","schema":"dbo"}} in the target and none in the plan',
  ],
  [
    'a security policy',
    withObject('security policy', '[dbo].[more]'),
    'security policy [dbo].[more] is in the target and not in the plan',
  ],
  [
    'a full-text index',
    withObject('full-text index', '[dbo].[T]'),
    'full-text index [dbo].[T] is in the target and not in the plan',
  ],
  [
    'a permission that was given',
    withObject('permission', 'UPDATE on [dbo].[T] to [reader]', { onRequest: true }),
    'permission UPDATE on [dbo].[T] to [reader] is in the target and not in the plan',
  ],
  ['a permission that was taken', { objects: [] }, 'permission SELECT on [dbo].[T] to [reader] is not in the target'],
])('names %s', async (_, there, sentence) => {
  expect(await said(there)).toEqual({ missing: [sentence], notCompared: [] })
})

it('says that it does not look into what no backup carries', async () => {
  const captured = { kind: 'change data capture', name: '[dbo].[T]', reason: '' }
  expect(await said({ leftBehind: [captured] })).toEqual({
    missing: [],
    notCompared: ['change data capture [dbo].[T]: is in the target, and no proof looks into it'],
  })
})
