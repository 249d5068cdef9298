import { describe, expect, it } from 'vitest'
import { CUSTOMERS, column, ORDERS, RICH_MODEL, text } from '../testing/rich-model.ts'
import { compareModels } from './compare-models.ts'
import { normalise } from './normalise.ts'
import type { Json, SchemaModel, Table } from './schema-model.ts'

const EVERYTHING = { values: true, onRequest: true }

function withTables(...tables: readonly Table[]): SchemaModel {
  return { ...RICH_MODEL, tables }
}

function sentencesOf(a: SchemaModel, b: SchemaModel, options = { values: false, onRequest: false }) {
  return compareModels(a, b, options).differences.map(({ sentence }) => sentence)
}

/** The model with one leaf changed, for each leaf, with the path of that leaf. */
function* mutations(value: Json, path: readonly string[] = []): Generator<{ path: string; changed: Json }> {
  if (typeof value !== 'object' || value === null) {
    yield { path: path.join('.'), changed: changedLeaf(value) }
    return
  }
  for (const [key, inner] of Object.entries(value as Record<string, Json>)) {
    for (const { path: where, changed } of mutations(inner, [...path, key])) {
      const copy = Array.isArray(value) ? [...value] : { ...value }
      Object.assign(copy, { [key]: changed })
      yield { path: where, changed: copy }
    }
  }
}

function changedLeaf(leaf: Json): Json {
  if (typeof leaf === 'boolean') return !leaf
  return typeof leaf === 'number' ? leaf + 1 : `${leaf ?? ''}x`
}

describe('compareModels', () => {
  it('finds nothing in a model and itself', () => {
    const { differences, plane } = compareModels(RICH_MODEL, structuredClone(RICH_MODEL), EVERYTHING)
    expect([differences, plane]).toEqual([[], 'native'])
  })

  it('finds every change of a model but those that mean nothing', () => {
    const unseen = [...mutations(RICH_MODEL as unknown as Json)]
      .filter(({ path }) => path !== 'dialect')
      .filter(({ changed }) => {
        const { differences } = compareModels(RICH_MODEL, changed as unknown as SchemaModel, EVERYTHING)
        return differences.length === 0
      })
      .map(({ path }) => path.replaceAll(/\.\d+/g, '').replace(/logical\..*/, 'logical'))
    expect([...new Set(unseen)].sort()).toEqual([
      'database.name',
      'database.native.order',
      'leftBehind.kind',
      'leftBehind.name',
      'leftBehind.reason',
      // When a native object is made, and how it is dropped, follows from what it is.
      'objects.drop',
      'objects.onRequest',
      'objects.stage',
      // The meaning follows from the words of the same engine.
      'sequences.logical',
      // Made up by the server.
      'tables.checks.name',
      'tables.columns.default.name',
      'tables.columns.logical',
      'tables.primaryKey.name',
      'tables.uniqueKeys.name',
      'types.logical',
    ])
  })

  it('finds a difference exactly where normal forms are not equal', () => {
    const options = { plane: 'native', ...EVERYTHING } as const
    const form = JSON.stringify(normalise(RICH_MODEL, options))
    for (const { path, changed } of mutations(RICH_MODEL as unknown as Json)) {
      const other = { ...(changed as unknown as SchemaModel), dialect: 'mssql' }
      const equal = JSON.stringify(normalise(other, options)) === form
      expect([path, compareModels(RICH_MODEL, other, EVERYTHING).differences.length === 0]).toEqual([path, equal])
    }
  })

  it('leaves out what changes without the schema changing, and what is made on request, unless asked for', () => {
    const changed: SchemaModel = {
      ...RICH_MODEL,
      sequences: RICH_MODEL.sequences.map((sequence) => ({ ...sequence, lastValue: '18' })),
      objects: RICH_MODEL.objects!.slice(0, -1),
    }
    const { differences, notCompared } = compareModels(RICH_MODEL, changed, { values: false, onRequest: false })
    expect(differences).toEqual([])
    expect(notCompared).toContain('users, roles and permissions, which are restored on request only')
    expect(sentencesOf(RICH_MODEL, changed, EVERYTHING)).toEqual([
      'sequence dbo.Numbers has last value 17 in A and 18 in B',
      'permission select to [reader] is only in A',
    ])
  })

  it('says what is different in a sentence, and as data', () => {
    const wider = column('ShipName', 'nvarchar(60)', text(60), { comment: 'Who gets it.' })
    const changed = { ...ORDERS, columns: ORDERS.columns.map((one) => (one.name === 'ShipName' ? wider : one)) }
    const { differences } = compareModels(RICH_MODEL, withTables(CUSTOMERS, changed), EVERYTHING)
    expect(differences).toEqual([
      {
        object: { kind: 'table', name: 'dbo.Orders' },
        kind: 'column',
        name: 'ShipName',
        aspect: 'type',
        a: 'nvarchar(40)',
        b: 'nvarchar(60)',
        sentence: 'table dbo.Orders: column ShipName is nvarchar(40) in A and nvarchar(60) in B',
      },
      {
        object: { kind: 'table', name: 'dbo.Orders' },
        kind: 'column',
        name: 'ShipName',
        aspect: 'default',
        a: "(N'')",
        b: null,
        sentence: "table dbo.Orders: column ShipName has default (N'') in A and none in B",
      },
    ])
  })

  const foreign = ORDERS.foreignKeys[0]!
  const index = ORDERS.indexes[0]!
  const view = RICH_MODEL.modules[0]!
  const withView = (definition: string | null): SchemaModel => ({
    ...RICH_MODEL,
    modules: [{ ...view, definition }, RICH_MODEL.modules[1]!],
  })
  it.each<readonly [string, SchemaModel, readonly string[]]>([
    ['a table that is missing, once', withTables(CUSTOMERS), ['table dbo.Orders is only in A']],
    [
      'a table that is there besides',
      withTables(CUSTOMERS, ORDERS, { ...CUSTOMERS, name: 'More' }),
      ['table dbo.More is only in B'],
    ],
    [
      'a name in other case',
      withTables({ ...CUSTOMERS, name: 'customers' }, ORDERS),
      ['table dbo.Customers is named dbo.customers in B'],
    ],
    [
      'columns in another order',
      withTables({ ...CUSTOMERS, columns: CUSTOMERS.columns.toReversed() }, ORDERS),
      [
        'table dbo.Customers has its columns in another order, from number 1 on: CustomerID, Phone in A and Phone, CustomerID in B',
      ],
    ],
    [
      'a column that is missing, without its place being another order',
      withTables(CUSTOMERS, { ...ORDERS, columns: ORDERS.columns.toSpliced(1, 1) }),
      ['table dbo.Orders: column CustomerID is only in A'],
    ],
    [
      'a foreign key that does something else',
      withTables(CUSTOMERS, {
        ...ORDERS,
        foreignKeys: [{ ...foreign, onDelete: 'no action', enabled: false, trusted: false }],
      }),
      [
        'table dbo.Orders: foreign key FK_Orders_Customers has delete action cascade in A and no action in B',
        'table dbo.Orders: foreign key FK_Orders_Customers is enabled in A and disabled in B',
        'table dbo.Orders: foreign key FK_Orders_Customers is trusted in A and not trusted in B',
      ],
    ],
    [
      'an index that is another',
      withTables(CUSTOMERS, {
        ...ORDERS,
        indexes: [{ ...index, unique: true, columns: [index.columns[0]!], included: ['OrderID', 'CustomerID'] }],
      }),
      [
        'table dbo.Orders: index IX_Orders_Ship has columns (ShipName, Freight desc) in A and (ShipName) in B',
        'table dbo.Orders: index IX_Orders_Ship is not unique in A and unique in B',
      ],
    ],
    [
      'an index with another name',
      withTables(CUSTOMERS, { ...ORDERS, indexes: [{ ...index, name: 'IX_2' }] }),
      ['table dbo.Orders: index IX_Orders_Ship is named IX_2 in B'],
    ],
    [
      'two indexes that differ in more than their names',
      withTables(CUSTOMERS, { ...ORDERS, indexes: [{ ...index, name: 'IX_2', unique: true }] }),
      ['table dbo.Orders: index IX_Orders_Ship is only in A', 'table dbo.Orders: index IX_2 is only in B'],
    ],
    [
      'a key the server named, by its columns',
      withTables({ ...CUSTOMERS, uniqueKeys: [] }, ORDERS),
      ['table dbo.Customers: unique key (Phone) is only in A'],
    ],
    [
      'a primary key that the user named in one of both',
      withTables({ ...CUSTOMERS, primaryKey: { ...CUSTOMERS.primaryKey!, systemNamed: false, name: 'PK_C' } }, ORDERS),
      ['table dbo.Customers: primary key (CustomerID) is named by the server in A and PK_C in B'],
    ],
    [
      'the first line that differs in a text',
      withView(view.definition!.replace('select OrderID', 'select OrderID, Freight')),
      [
        'view dbo.Open orders has another text from line 2 on: "select OrderID" in A and "select OrderID, Freight" in B',
      ],
    ],
    [
      'a text that goes on',
      withView(`${view.definition}\nwhere 1 = 1`),
      ['view dbo.Open orders has another text from line 4 on: its end in A and "where 1 = 1" in B'],
    ],
    [
      'what differs at the end of a long value',
      withView(`${view.definition}${', 1'.repeat(100)} x`),
      [
        'view dbo.Open orders has another text from line 3 on: "from dbo.Orders" in A and "from dbo.Orders, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,…" in B',
      ],
    ],
    [
      'a text the server does not show',
      withView(null),
      [
        `view dbo.Open orders has text create view dbo.[Open orders] as select OrderID from dbo.Orders in A and none in B`,
      ],
    ],
    [
      'the collation of the database, and what else only the engine knows',
      { ...RICH_MODEL, database: { name: 'other', collation: 'Thai_CI_AS' } },
      [
        'the database has collation Latin1_General_CI_AS in A and Thai_CI_AS in B',
        'the database has recursive triggers yes in A and none in B',
      ],
    ],
  ])('says of %s', (_, changed, sentences) => {
    expect(sentencesOf(RICH_MODEL, changed)).toEqual(sentences)
  })

  it('shows of long values the place that differs', () => {
    const condition = (end: string) => ({
      ...ORDERS.checks[0]!,
      name: 'CK',
      systemNamed: false,
      expression: { native: `${'1'.repeat(300)}${end}` },
    })
    const withCheck = (end: string) => withTables(CUSTOMERS, { ...ORDERS, checks: [condition(end)] })
    const start = `…${'1'.repeat(39)}`
    expect(sentencesOf(withCheck('>2'), withCheck('>3'))).toEqual([
      `table dbo.Orders: check CK has condition ${start}>2 in A and ${start}>3 in B`,
    ])
  })

  it('puts what only B has beside what else is of its kind', () => {
    const a = { ...RICH_MODEL, schemas: [], modules: [] }
    const b = { ...RICH_MODEL, tables: [CUSTOMERS, ORDERS, { ...CUSTOMERS, name: 'More' }], types: [] }
    expect(compareModels(a, b, EVERYTHING).differences.map(({ object }) => object.kind)).toEqual([
      'schema',
      'schema',
      'type',
      'table',
      'view',
      'trigger',
    ])
  })

  it('tells what was left behind, since it is in no model', () => {
    expect(compareModels(RICH_MODEL, withTables(), EVERYTHING).notCompared).toEqual([
      'procedure [dbo].[secret] of A: it is encrypted',
      'procedure [dbo].[secret] of B: it is encrypted',
    ])
  })
})
