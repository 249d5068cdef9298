import type { LogicalType, MappingPolicy } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { planForEmpty } from '../plan.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }

const MODEL = sampleModel([
  sampleTable('Sales', 'OrderDetails', [sampleColumn('OrderID', INT), sampleColumn('orderid', INT)], {
    primaryKey: { ...sampleKey('PK_OrderDetails', 'OrderID'), systemNamed: true },
    indexes: [
      {
        name: 'IX_Order',
        unique: false,
        clustered: false,
        method: 'btree',
        columns: [{ name: 'orderid', descending: false }],
        included: [],
        enabled: true,
      },
    ],
    foreignKeys: [
      sampleForeignKey('FK_Orders', ['OrderID'], { schema: 'Sales', name: 'Orders', columns: ['OrderID'] }),
    ],
  }),
  sampleTable('Sales', 'Orders', [sampleColumn('OrderID', INT)], { primaryKey: sampleKey('PK_Orders', 'OrderID') }),
])

function planned(policy: MappingPolicy) {
  const { statements, tables, findings } = planForEmpty(MODEL, policy)
  return {
    names: tables.map(({ schema, name, columns }) => [schema, name, ...columns.map((column) => column.name)]),
    sql: [...statements.keys, ...statements.references]
      .map(({ sql }) => sql)
      .filter((sql) => !sql.startsWith('analyze')),
    findings: findings.map(({ severity, kind, object, message }) => `${severity} ${kind} ${object}: ${message}`),
  }
}

describe('names', () => {
  it('are kept when nothing is said', () => {
    expect(planned({}).names[0]).toEqual(['Sales', 'OrderDetails', 'OrderID', 'orderid'])
    expect(planned({}).findings).toEqual([])
  })

  it('are spelled as the mapping says, everywhere, and only what collides needs a word', () => {
    const { names, sql, findings } = planned({ names: 'snake_case' })
    expect(names).toEqual([
      ['sales', 'order_details', 'order_id', 'orderid'],
      ['sales', 'orders', 'order_id'],
    ])
    expect(sql).toEqual([
      'alter table "sales"."order_details" add constraint "order_details_pkey" primary key ("order_id")',
      'alter table "sales"."orders" add constraint "pk_orders" primary key ("order_id")',
      'create index "ix_order" on "sales"."order_details" ("orderid")',
      'alter table "sales"."order_details" add constraint "fk_orders" foreign key ("order_id") references "sales"."orders" ("order_id") on delete no action on update no action',
    ])
    expect(findings).toEqual([])
  })

  it('that collide when spelled alike are told', () => {
    const { names, findings } = planned({ names: 'lower' })
    expect(names[0]!.slice(0, 3)).toEqual(['sales', 'orderdetails', 'orderid'])
    expect(names[0]![3]).toMatch(/^orderid_[0-9a-f]{8}$/)
    expect(findings).toEqual([
      expect.stringMatching(
        /^changed column Sales\.OrderDetails\.orderid: is called "orderid_[0-9a-f]{8}" in PostgreSQL: something else has that name$/,
      ),
    ])
  })

  it('given one by one go before the others', () => {
    const rename = { 'Sales.Orders': 'Bestellungen', 'Sales.OrderDetails.orderid': 'OrderID' }
    const { names, sql, findings } = planned({ rename })
    expect(names[0]!.slice(0, 2)).toEqual(['Sales', 'OrderDetails'])
    expect(names[0]![2]).toMatch(/^OrderID_[0-9a-f]{8}$/)
    expect(names[0]![3]).toBe('OrderID')
    expect(names[1]).toEqual(['Sales', 'Bestellungen', 'OrderID'])
    expect(sql.at(-1)).toContain('references "Sales"."Bestellungen" ("OrderID")')
    expect(findings).toEqual([
      expect.stringContaining('changed column Sales.OrderDetails.OrderID: is called "OrderID_'),
    ])
  })

  it.each([
    [{ 'Sales.Orders': 'x', 'Sales.OrderDetails': 'x' }],
    [{ 'Sales.Orders': 'x'.repeat(64) }],
    [{ 'Sales.Orders.OrderID': 'xmin' }],
  ])('that cannot be given are refused: %j', (rename) => {
    expect(() => planned({ rename })).toThrow(`cannot use setting "mapping.rename.`)
  })

  it.each(['pg_data', 'information_schema', 'x'.repeat(64), 'a\0b'])(
    'that no schema can have are refused: %s',
    (name) => {
      expect(() => planned({ schemas: { Sales: name } })).toThrow(
        `cannot use setting "mapping.schemas.Sales": "${name}"`,
      )
    },
  )

  it('for what is not there are told', () => {
    const policy = { rename: { 'Sales.Order': 'x' }, columns: { 'Sales.Orders.x': 'text' }, types: { money: 'text' } }
    expect(planned(policy).findings).toEqual([
      'changed setting mapping.rename.Sales.Order: is about nothing that is restored',
      'changed setting mapping.columns.Sales.Orders.x: is about nothing that is restored',
      'changed setting mapping.types.money: is about nothing that is restored',
    ])
  })
})
