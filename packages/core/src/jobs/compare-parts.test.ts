import { expect, it } from 'vitest'
import type { Finding, PlannedTable, RestorePlan, RIViolation, RuleViolation, TableRule } from '../dialect/dialect.ts'
import type { TextPair } from '../dialect/made-schema.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { RICH_MODEL } from '../testing/rich-model.ts'
import { compareParts } from './compare-parts.ts'

const MODEL: SchemaModel = { ...RICH_MODEL, sequences: [] }

function planOf(makes: SchemaModel): RestorePlan {
  const tables = makes.tables.map(
    (source): PlannedTable => ({ source, schema: source.schema, name: source.name, columns: [] }),
  )
  const statements = { tables: [], keys: [], references: [], values: [], objects: [] }
  return { dialect: 'mssql', tables, statements, findings: [], makes, existing: [] }
}

interface Answers {
  readonly same?: (pair: TextPair) => boolean | null
  readonly violations?: readonly RIViolation[]
  readonly findings?: readonly Finding[]
  readonly onRequest?: boolean
  readonly broken?: (rule: TableRule) => RuleViolation | null
}

async function said(there: SchemaModel, answers: Answers = {}) {
  const { same = () => false, violations = [], findings = [], onRequest = false, broken = () => null } = answers
  const plan = { ...planOf(MODEL), findings }
  const tables = plan.tables.map((planned) => ({
    planned,
    there: there.tables.find(({ name }) => name === planned.name) ?? null,
  }))
  const target = {
    compareTexts: async (pairs: readonly TextPair[]) => pairs.map(same),
    checkRules: async (rules: readonly TableRule[]) => rules.map(broken),
    async *checkRI() {
      yield* violations
    },
  }
  const { missing, unattainable, notCompared } = await compareParts({
    ...{ model: MODEL, plan, there, tables, target, onRequest },
  })
  const parts = { missing: missing.map(({ sentence }) => sentence), notCompared }
  return unattainable.length === 0 ? parts : { ...parts, unattainable }
}

function withOrders(change: (orders: Table) => Partial<Table>): SchemaModel {
  const [customers, orders] = MODEL.tables
  return { ...MODEL, tables: [customers!, { ...orders!, ...change(orders!) }] }
}

it('finds nothing in what is there as it is made', async () => {
  expect(await said(MODEL)).toEqual({ missing: [], notCompared: [] })
})

it('does not mind other cases of names, nor other tables', async () => {
  const there = withOrders(({ columns, indexes }) => ({
    columns: columns.map((column) => ({ ...column, name: column.name.toUpperCase() })),
    indexes: [{ ...indexes[0]!, name: 'ix_orders_SHIP', comment: indexes[0]!.comment! }],
  }))
  const more = { ...there.tables[1]!, name: 'More' }
  expect(await said({ ...there, tables: [...there.tables, more] })).toEqual({ missing: [], notCompared: [] })
})

const MORE_TRIGGER = { kind: 'trigger', schema: 'dbo', name: 'more', definition: '', on: MODEL.tables[1]! } as const
const CUSTOMERS = fullName(MODEL.tables[1]!)
const MORE_POLICY = { kind: 'policy', name: '[dbo].[more]', statements: [], stage: 'after modules' } as const

it('names what the tables of the plan have beyond it', async () => {
  const there = withOrders(({ columns, indexes }) => ({
    columns: [...columns, { ...columns[0]!, name: 'more' }],
    indexes: [...indexes, { ...indexes[0]!, name: 'more' }],
  }))
  const more = {
    modules: [...there.modules, MORE_TRIGGER],
    objects: [...(there.objects ?? []), { ...MORE_POLICY, table: MODEL.tables[0]! }],
  }
  expect((await said({ ...there, ...more })).missing).toEqual([
    'table dbo.Orders: column more is in the target and not in the plan',
    'table dbo.Orders: index more is in the target and not in the plan',
    'policy [dbo].[more] is in the target and not in the plan',
    `trigger dbo.more on ${CUSTOMERS} is in the target and not in the plan`,
  ])
})

it('names permissions that were added only where they were asked for', async () => {
  const permission = { ...MORE_POLICY, kind: 'permission', table: MODEL.tables[0]!, onRequest: true } as const
  const there = { ...MODEL, objects: [...(MODEL.objects ?? []), permission] }
  expect(await said(there)).toEqual({ missing: [], notCompared: [] })
  const sentence = 'permission [dbo].[more] is in the target and not in the plan'
  expect((await said(there, { onRequest: true })).missing).toEqual([sentence])
})

it('does not judge what people have made where the plan left it to them, nor what no proof looks into', async () => {
  const plain = MODEL.tables[1]!.columns.find((column) => column.default === undefined && !column.computed)!
  const lost = [
    { severity: 'lost', kind: 'index', object: '[dbo].[Orders].[more]', message: '' },
    { severity: 'lost', kind: 'trigger', object: 'dbo.more', message: '' },
    { severity: 'lost', kind: 'default', object: `dbo.Orders.${plain.name}`, message: '' },
  ] as const
  const given = { name: null, systemNamed: true, expression: { native: '((1))' } }
  const there = withOrders(({ indexes, columns }) => ({
    indexes: [...indexes, { ...indexes[0]!, name: 'more' }],
    columns: columns.map((column) => (column === plain ? { ...column, default: given } : column)),
  }))
  const ledger = { kind: 'ledger', name: '[dbo].[Orders]', reason: '' }
  const more = { modules: [...there.modules, MORE_TRIGGER], leftBehind: [ledger] }
  expect(await said({ ...there, ...more }, { findings: lost })).toEqual({
    missing: [],
    notCompared: [
      `default of table dbo.Orders: column ${plain.name}: the plan leaves it to people, who have given it one`,
      'table dbo.Orders: index more: the plan leaves it to people, who have made something of that name',
      `trigger dbo.more on ${CUSTOMERS}: the plan leaves it to people, who have made something of that name`,
      'ledger [dbo].[Orders]: is in the target, and no proof looks into it',
    ],
  })
})

it('asks the target whether texts mean the same, and says which it cannot tell', async () => {
  const there = withOrders(({ checks }) => ({
    checks: checks.map((check) => ({ ...check, expression: { native: '(Freight >= 0)' } })),
  }))
  expect(await said(there, { same: () => true })).toEqual({ missing: [], notCompared: [] })
  expect(await said(there, { same: () => null })).toEqual({
    missing: [],
    notCompared: [
      'condition of table dbo.Orders: check CK__Orders__Freight__2: whether (Freight >= 0) means ([Freight]>=(0)) cannot be told',
    ],
  })
  expect((await said(there)).missing).toEqual([
    'table dbo.Orders: check CK__Orders__Freight__2 has condition (Freight >= 0) in the target and ([Freight]>=(0)) in the plan',
  ])
})

it('says of which definitions the target shows nothing, and asks nobody what they mean', async () => {
  const hidden = withOrders(({ checks, columns }) => ({
    checks: checks.map((check) => ({ ...check, expression: { native: '' } })),
    columns: columns.map((column) => {
      const byDefault = { name: null, systemNamed: true, expression: { native: '' } }
      return column.computed === undefined ? { ...column, default: byDefault } : column
    }),
  }))
  const modules = hidden.modules.map((module) => (module.kind === 'view' ? { ...module, definition: null } : module))
  const asked: TextPair[] = []
  const { missing, notCompared } = await said({ ...hidden, modules }, { same: (pair) => asked.push(pair) > 0 })
  expect(asked).toEqual([])
  const column = MODEL.tables[1]!.columns.find((one) => one.default === undefined)!.name
  expect(missing[0]).toBe(
    `table dbo.Orders: column ${column} has a default, which the target does not show, and none in the plan`,
  )
  expect(notCompared).toContain(
    'condition of table dbo.Orders: check CK__Orders__Freight__2: the target does not show it',
  )
  expect(notCompared.at(-1)).toBe('text of view dbo.Open orders: the target does not show it')
})

it('takes a foreign key that is not trusted for a difference, unless rows break it', async () => {
  const there = withOrders(({ foreignKeys }) => ({
    foreignKeys: foreignKeys.map((key) => ({ ...key, trusted: false })),
  }))
  expect((await said(there)).missing).toEqual([
    'table dbo.Orders: foreign key FK_Orders_Customers is not trusted in the target and trusted in the plan',
  ])
  const violation = { table: '[dbo].[Orders]', foreignKey: 'FK_Orders_Customers', rows: 1, samples: [] }
  expect(await said(there, { violations: [violation] })).toEqual({
    missing: [],
    unattainable: [
      'table dbo.Orders: foreign key FK_Orders_Customers is not trusted in the target and trusted in the plan: 1 row has no parent',
    ],
    notCompared: [],
  })
})

it('takes a key that is not there, and what refers to it, for a difference, unless rows break it', async () => {
  const [customers, orders] = MODEL.tables
  const { primaryKey, ...rest } = customers!
  const there = { ...MODEL, tables: [rest, { ...orders!, foreignKeys: [] }] }
  const [key, reference] = [
    `table dbo.Customers: primary key ${primaryKey!.name} is not in the target`,
    'table dbo.Orders: foreign key FK_Orders_Customers is not in the target',
  ]
  expect((await said(there)).missing).toEqual([key, reference])
  const asked: TableRule[] = []
  const broken = (rule: TableRule) => {
    asked.push(rule)
    return { rows: 2, samples: ['a', 'b', 'c', 'd'] }
  }
  expect(await said(there, { broken })).toEqual({
    missing: [],
    unattainable: [
      `${key}: 2 rows have the key of another, for example a; b; c`,
      `${reference}: it refers to ${primaryKey!.name}`,
    ],
    notCompared: [],
  })
  expect(asked).toEqual([{ kind: 'unique', table: rest, key: primaryKey }])
})

it('takes a check that is not trusted for a difference, unless rows break it', async () => {
  const there = withOrders(({ checks }) => ({ checks: checks.map((check) => ({ ...check, trusted: false })) }))
  const sentence = 'table dbo.Orders: check CK__Orders__Freight__2 is not trusted in the target and trusted in the plan'
  expect((await said(there)).missing).toEqual([sentence])
  expect(await said(there, { broken: () => ({ rows: 1, samples: [] }) })).toEqual({
    missing: [],
    unattainable: [`${sentence}: 1 row breaks it`],
    notCompared: [],
  })
})

it('does not take the broken rows of one table for an excuse of another', async () => {
  const there = withOrders(({ foreignKeys }) => ({
    foreignKeys: foreignKeys.map((key) => ({ ...key, trusted: false })),
  }))
  const [customers, orders] = MODEL.tables
  const parent = { ...orders!.foreignKeys[0]!, name: 'FK__Customers__1', systemNamed: true }
  const model = { ...MODEL, tables: [{ ...customers!, foreignKeys: [parent] }, orders!] }
  const plan = planOf(model)
  const untrusted = {
    ...there,
    tables: [{ ...model.tables[0]!, foreignKeys: [{ ...parent, trusted: false }] }, there.tables[1]!],
  }
  const tables = plan.tables.map((planned, i) => ({ planned, there: untrusted.tables[i]! }))
  const target = {
    async *checkRI() {
      yield { table: '[dbo].[Customers]', foreignKey: 'FK__Customers__1', rows: 1, samples: [] }
    },
  }
  const { missing } = await compareParts({ model, plan, there: untrusted, tables, target })
  expect(missing.map(({ sentence }) => sentence)).toEqual([
    'table dbo.Orders: foreign key FK_Orders_Customers is not trusted in the target and trusted in the plan',
  ])
})

it('names what is gone in the order of the plan, and what belongs to no table last', async () => {
  const there = { ...withOrders(() => ({ indexes: [], foreignKeys: [], comment: 'other' })), modules: [], types: [] }
  expect((await said(there)).missing).toEqual([
    'table dbo.Orders: index IX_Orders_Ship is not in the target',
    'table dbo.Orders: foreign key FK_Orders_Customers is not in the target',
    'table dbo.Orders has comment "other" in the target and "What was ordered." in the plan',
    'trigger dbo.Orders_trg on dbo.Orders is not in the target',
    'type dbo.Phone is not in the target',
    'view dbo.Open orders is not in the target',
  ])
})
