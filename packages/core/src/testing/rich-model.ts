import type { LogicalType } from '../model/logical-type.ts'
import type { Column, SchemaModel, Table } from '../model/schema-model.ts'

const INTEGER: LogicalType = { kind: 'integer', bits: 32, signed: true }

export function column(name: string, declaration: string, logical: LogicalType, facts: Partial<Column> = {}): Column {
  return { name, native: { declaration }, logical, nullable: false, ...facts }
}

export function text(length: number | null): LogicalType {
  return { kind: 'text', length, unit: 'utf16', fixed: false }
}

export const CUSTOMERS: Table = {
  schema: 'dbo',
  name: 'Customers',
  columns: [
    column('CustomerID', 'int', INTEGER),
    column('Phone', 'nvarchar(24)', text(24), {
      native: {
        declaration: 'nvarchar(24)',
        collation: 'Latin1_General_CI_AS',
        alias: { schema: 'dbo', name: 'Phone' },
      },
    }),
  ],
  primaryKey: {
    name: 'PK__Customer__A4AE64B8',
    systemNamed: true,
    columns: [{ name: 'CustomerID', descending: false }],
    clustered: true,
  },
  uniqueKeys: [
    {
      name: 'UQ__Customer__5C7E359E',
      systemNamed: true,
      columns: [{ name: 'Phone', descending: false }],
      clustered: false,
    },
  ],
  foreignKeys: [],
  checks: [],
  indexes: [],
}

export const ORDERS: Table = {
  schema: 'dbo',
  name: 'Orders',
  columns: [
    column('OrderID', 'int', INTEGER, {
      identity: { seed: '1', increment: '1', lastValue: '11077', native: { notForReplication: true } },
    }),
    column('CustomerID', 'int', INTEGER, { nullable: true }),
    column('ShipName', 'nvarchar(40)', text(40), {
      default: { name: 'DF__Orders__ShipName__1', systemNamed: true, expression: { native: "(N'')" } },
      comment: 'Who gets it.',
    }),
    column(
      'Freight',
      'money',
      { kind: 'decimal', precision: 19, scale: 4 },
      {
        default: { name: 'DF_Orders_Freight', systemNamed: false, expression: { native: '((0))' } },
      },
    ),
    column(
      'Total',
      'money',
      { kind: 'decimal', precision: 19, scale: 4 },
      {
        computed: { expression: { native: '([Freight]*(2))' }, persisted: true },
      },
    ),
    column(
      'Version',
      'rowversion',
      { kind: 'rowversion' },
      { native: { declaration: 'rowversion', facts: { hidden: true } } },
    ),
  ],
  primaryKey: {
    name: 'PK_Orders',
    systemNamed: false,
    columns: [{ name: 'OrderID', descending: false }],
    clustered: true,
    native: { fillFactor: 80 },
  },
  uniqueKeys: [],
  foreignKeys: [
    {
      name: 'FK_Orders_Customers',
      systemNamed: false,
      columns: ['CustomerID'],
      references: { schema: 'dbo', name: 'Customers', columns: ['CustomerID'] },
      onDelete: 'cascade',
      onUpdate: 'no action',
      enabled: true,
      trusted: true,
      native: { notForReplication: true },
    },
  ],
  checks: [
    {
      name: 'CK__Orders__Freight__2',
      systemNamed: true,
      expression: { native: '([Freight]>=(0))' },
      enabled: true,
      trusted: true,
    },
  ],
  indexes: [
    {
      name: 'IX_Orders_Ship',
      unique: false,
      clustered: false,
      method: 'btree',
      columns: [
        { name: 'ShipName', descending: false },
        { name: 'Freight', descending: true },
      ],
      included: ['CustomerID', 'OrderID'],
      filter: { native: '([Freight]>(0))' },
      enabled: true,
      comment: 'For the search.',
      native: { fillFactor: 90, dataCompression: 'page' },
    },
  ],
  comment: 'What was ordered.',
  native: { lockEscalation: 'auto' },
}

/** Something of every part a model can have. */
export const RICH_MODEL: SchemaModel = {
  dialect: 'mssql',
  database: {
    name: 'Northwind',
    collation: 'Latin1_General_CI_AS',
    native: { recursiveTriggers: true, order: ['table dbo.Orders'] },
  },
  schemas: [{ name: 'dbo' }, { name: 'sales', comment: 'What is sold.' }],
  types: [
    {
      schema: 'dbo',
      name: 'Phone',
      native: { declaration: 'nvarchar(24)', collation: 'Latin1_General_CI_AS', facts: { ansiPaddingOff: true } },
      logical: text(24),
      nullable: true,
      comment: 'With the code of the country.',
    },
  ],
  sequences: [
    {
      schema: 'dbo',
      name: 'Numbers',
      native: { declaration: 'bigint' },
      logical: { kind: 'integer', bits: 64, signed: true },
      start: '1',
      increment: '1',
      minimum: '1',
      maximum: '9223372036854775807',
      cycle: false,
      cache: 50,
      lastValue: '17',
      comment: 'For invoices.',
    },
  ],
  tables: [CUSTOMERS, ORDERS],
  modules: [
    {
      kind: 'view',
      schema: 'dbo',
      name: 'Open orders',
      definition: 'create view dbo.[Open orders] as\nselect OrderID\nfrom dbo.Orders',
      native: { ansiNullsOff: true },
    },
    {
      kind: 'trigger',
      schema: 'dbo',
      name: 'Orders_trg',
      definition: 'create trigger …',
      on: { schema: 'dbo', name: 'Orders' },
    },
  ],
  objects: [
    {
      kind: 'synonym',
      name: '[dbo].[Buyers]',
      statements: ['create synonym …'],
      stage: 'after modules',
      drop: 'drop …',
    },
    {
      kind: 'full-text index',
      name: '[dbo].[Orders]',
      statements: ['create fulltext index …', 'alter …'],
      stage: 'with keys',
      table: { schema: 'dbo', name: 'Orders' },
    },
    {
      kind: 'permission',
      name: 'select to [reader]',
      statements: ['grant …'],
      stage: 'after modules',
      onRequest: true,
    },
  ],
  leftBehind: [{ kind: 'procedure', name: '[dbo].[secret]', reason: 'it is encrypted' }],
}
