import { expect, it } from 'vitest'
import type { Range, Source } from '../dialect/dialect.ts'
import { SourceError } from '../errors.ts'
import { detectReplication } from '../model/profiles/index.ts'
import type { Column, SchemaModel, Table } from '../model/schema-model.ts'
import { warnOfUnsentChanges } from './unsent-changes.ts'

function table(name: string, ...columns: readonly string[]): Table {
  const column = (one: string): Column => ({
    name: one,
    native: { declaration: 'int' },
    logical: { kind: 'integer', bits: 32, signed: true },
    nullable: false,
  })
  return {
    schema: 'dbo',
    name,
    columns: columns.map(column),
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  }
}

const GAP_COLUMNS = ['start_id', 'end_id']

function modelWith(gapColumns: readonly string[]): SchemaModel {
  return {
    dialect: 'any',
    database: { name: 'shop', collation: null },
    schemas: [{ name: 'dbo' }],
    types: [],
    sequences: [],
    tables: [
      table('sym_node_identity'),
      table('sym_trigger_hist'),
      table('sym_data', 'DATA_ID'),
      table('sym_data_gap', ...gapColumns),
      table('sym_outgoing_batch', 'batch_id', 'STATUS'),
    ],
    modules: [],
    leftBehind: [],
  }
}

/** Answers with so many rows, by table; notes what it is asked. */
function sourceOf(rows: Readonly<Record<string, number | Error>>, asked: string[] = []): Source {
  return {
    quote: (...parts: readonly string[]) => parts.map((part) => `[${part}]`).join('.'),
    async *readRows({ name }: Table, range: Range | null) {
      asked.push(`${name}: ${range?.predicate}`)
      const found = rows[name] ?? 0
      if (found instanceof Error) throw found
      if (found > 0) yield { rows: found, bytes: new Uint8Array(1), digest: 0n }
    },
  } as unknown as Source
}

function warn(source: Source, model: SchemaModel) {
  return warnOfUnsentChanges(source, model, detectReplication(model))
}

it('asks for batches without confirmation, and whether the newest change is beyond what was routed', async () => {
  const asked: string[] = []
  expect(await warn(sourceOf({}, asked), modelWith(GAP_COLUMNS))).toEqual([])
  expect(asked).toEqual([
    `sym_outgoing_batch: [STATUS] not in ('OK', 'IG')`,
    'sym_data: [DATA_ID] = (select max([DATA_ID]) from [dbo].[sym_data]) and exists (select 1 from [dbo].[sym_data_gap] where [DATA_ID] >= [start_id] and ([DATA_ID] <= [end_id] or [end_id] < 0))',
  ])
})

it.each([
  [['status'], ` and [status] = 'GP')`],
  [['is_expired'], ' and [is_expired] = 0)'],
])('asks only for gaps that are open: %s', async (columns, end) => {
  const asked: string[] = []
  await warn(sourceOf({}, asked), modelWith([...GAP_COLUMNS, ...columns]))
  expect(asked[1]?.endsWith(end)).toBe(true)
})

it('says what was not sent', async () => {
  expect(await warn(sourceOf({ sym_outgoing_batch: 3, sym_data: 1 }), modelWith(GAP_COLUMNS))).toEqual([
    '3 batches of changes in [dbo].[sym_outgoing_batch] were not yet confirmed by the nodes they are for',
    'the newest change in [dbo].[sym_data] is not yet routed to any node',
  ])
  expect(await warn(sourceOf({ sym_outgoing_batch: 1 }), modelWith(GAP_COLUMNS))).toEqual([
    '1 batch of changes in [dbo].[sym_outgoing_batch] was not yet confirmed by the node it is for',
  ])
})

it('says what it could not find out', async () => {
  const denied = new SourceError('cannot read table [dbo].[sym_data]: permission denied')
  expect(await warn(sourceOf({ sym_data: denied }), modelWith(GAP_COLUMNS))).toEqual([
    'whether [dbo].[sym_data] has changes that were not sent could not be found out: cannot read table [dbo].[sym_data]: permission denied',
  ])
  await expect(warn(sourceOf({ sym_data: new TypeError('a bug') }), modelWith(GAP_COLUMNS))).rejects.toThrow('a bug')
})

it('asks nothing of tables that a version of SymmetricDS does not have', async () => {
  const model = modelWith([])
  const asked: string[] = []
  await warn(sourceOf({}, asked), {
    ...model,
    tables: model.tables.filter(({ name }) => name !== 'sym_outgoing_batch'),
  })
  expect(asked).toEqual([])
})
