import type { Backup, Column, LogicalType, SchemaModel, SqlExpression, Table } from '@albackup/core'
import { sampleForeignKey, sampleKey, sampleTable } from '@albackup/testkit'
import { parseExpression } from '../packages/dialect-mssql/src/expression-parser.ts'

/** A schema of SQL Server that has something of every part that a proof compares. */

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const TINYINT: LogicalType = { kind: 'integer', bits: 8, signed: false }
const MONEY: LogicalType = { kind: 'decimal', precision: 10, scale: 2 }
const DAY: LogicalType = { kind: 'date' }

function text(length: number): LogicalType {
  const comparison = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false } as const
  return { kind: 'text', length, unit: 'utf16', fixed: false, comparison }
}

function sql(native: string): SqlExpression {
  const meaning = parseExpression(native)
  return { native, ...(meaning !== undefined && { meaning }) }
}

function column(name: string, declaration: string, logical: LogicalType, facts: Partial<Column> = {}): Column {
  return { name, native: { declaration }, logical, nullable: false, ...facts }
}

function defaultTo(native: string): Partial<Column> {
  return { default: { name: null, systemNamed: true, expression: sql(native) } }
}

const CUSTOMERS: Table = sampleTable(
  'sales',
  'customers',
  [
    column('id', 'int', INT, { identity: { seed: '1001', increment: '3', lastValue: null } }),
    column('name', 'nvarchar(80)', text(80), { comment: 'As on the letters.' }),
    column('email', 'nvarchar(120)', text(120)),
    column('rank', 'tinyint', TINYINT, defaultTo('((1))')),
    column('since', 'date', DAY, { nullable: true, ...defaultTo("('2020-02-29')") }),
    column('credit', 'decimal(10,2)', MONEY, defaultTo('((0))')),
    column('twice', 'decimal(10,2)', MONEY, {
      nullable: true,
      computed: { expression: sql('([credit]+[credit])'), persisted: true },
    }),
  ],
  {
    primaryKey: sampleKey('pk_customers', 'id'),
    uniqueKeys: [sampleKey('uq_customers_email', 'email')],
    checks: [
      {
        name: 'ck_customers_credit',
        systemNamed: false,
        expression: sql('([credit]>=(0))'),
        enabled: true,
        trusted: true,
      },
      {
        name: 'ck_customers_old',
        systemNamed: false,
        expression: sql('([credit]<(100))'),
        enabled: true,
        trusted: false,
      },
    ],
    indexes: [
      {
        ...{ name: 'ix_customers_name', unique: false, clustered: false, method: 'btree', enabled: true },
        columns: [
          { name: 'name', descending: false },
          { name: 'since', descending: true },
        ],
        included: ['email', 'credit'],
        filter: sql('([credit]>(0))'),
        comment: 'For the search.',
      },
    ],
    comment: 'Who buys.',
  },
)

const ORDERS: Table = sampleTable(
  'sales',
  'orders',
  [
    column('id', 'int', INT, defaultTo('(NEXT VALUE FOR [sales].[numbers])')),
    column('customer', 'int', INT, { nullable: true }),
    column('adviser', 'int', INT, { nullable: true }),
  ],
  {
    primaryKey: sampleKey('pk_orders', 'id'),
    foreignKeys: [
      {
        ...sampleForeignKey('fk_orders_customer', ['customer'], {
          schema: 'sales',
          name: 'customers',
          columns: ['id'],
        }),
        onDelete: 'cascade',
      },
      {
        ...sampleForeignKey('fk_orders_adviser', ['adviser'], { schema: 'sales', name: 'customers', columns: ['id'] }),
        trusted: false,
      },
    ],
  },
)

export const ALTERED_MODEL: SchemaModel = {
  dialect: 'mssql',
  database: { name: 'shop', collation: null },
  schemas: [{ name: 'sales', comment: 'What is sold.' }],
  types: [],
  sequences: [
    {
      ...{ schema: 'sales', name: 'numbers', native: { declaration: 'int' }, logical: INT },
      ...{ start: '10', increment: '5', minimum: '1', maximum: '99999', cycle: false, cache: null, lastValue: null },
      comment: 'For orders.',
    },
  ],
  tables: [CUSTOMERS, ORDERS],
  modules: [],
  leftBehind: [],
}

/** As much of a backup of the schema as restoring and proving need. */
export function schemaBackup(model: SchemaModel): Backup {
  const scope = { content: 'schema', include: [], exclude: [] }
  return { path: 'test', metadata: { model, scope, files: [] } } as unknown as Backup
}
