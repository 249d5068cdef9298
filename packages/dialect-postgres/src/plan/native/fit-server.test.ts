import type { Column, SchemaModel, Table } from '@albackup/core'
import { sampleColumn, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { expect, it } from 'vitest'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { Draft } from '../planning.ts'
import { fitServer } from './fit-server.ts'

const TARGET: TargetFacts = {
  version: 180000,
  xml: true,
  icu: true,
  extensions: new Map(),
  schemas: ['s'],
  relations: [],
  types: [],
}

const POINT: Column = {
  ...sampleColumn('place', { kind: 'text', length: null, unit: 'characters', fixed: false }),
  native: {
    declaration: 'public.geometry(Point,4326)',
    facts: { wire: 'text', output: 'public.geometry_out', needs: ['type public.geometry of extension postgis'] },
  },
}

const NUMBER: Column = {
  ...sampleColumn('n', { kind: 'integer', bits: 32, signed: true }),
  native: { declaration: 'integer' },
}

function fit(table: Table, target: Partial<TargetFacts>) {
  const draft = new Draft()
  const model: SchemaModel = { ...sampleModel([table]), dialect: 'postgres' }
  const [fitted] = fitServer(model, { ...TARGET, ...target }, draft).tables
  return { fitted: fitted!, findings: draft.findings.map(({ object, message }) => `${object} ${message}`) }
}

it('leaves a table as it is that the server can have', () => {
  const table = sampleTable('s', 't', [
    POINT,
    { ...NUMBER, computed: { expression: { native: 'n' }, persisted: false } },
  ])
  expect(fit(table, { missing: new Set(['type public.hstore of extension hstore']) })).toEqual({
    fitted: table,
    findings: [],
  })
})

it('makes a column text whose type the server cannot have, in its partitions too', () => {
  const partitions = [
    {
      schema: 's',
      name: 'p',
      statements: ['create table "s"."p" (\n  "place" public.geometry(Point,4326) not null\n)', 'alter …'],
      settings: [],
    },
  ]
  const table = sampleTable('s', 't', [POINT], { native: { partitionBy: 'LIST (place)', partitions } })
  const { fitted, findings } = fit(table, { missing: new Set(['type public.geometry of extension postgis']) })
  expect(fitted.columns[0]!.native).toEqual({ declaration: 'text' })
  expect(JSON.stringify(fitted.native)).toContain(JSON.stringify('"place" text not null').slice(1, -1))
  expect(findings).toEqual([
    's.t.place is text with the same values, the target cannot have type public.geometry of extension postgis',
  ])
})

it('stores what an older server cannot compute when it is read', () => {
  const computed = { expression: { native: '(n * 2)' }, persisted: false }
  const { fitted, findings } = fit(sampleTable('s', 't', [{ ...NUMBER, computed }]), { version: 170000 })
  expect(fitted.columns[0]!.computed).toEqual({ ...computed, persisted: true })
  expect(findings).toEqual(['s.t.n is stored, PostgreSQL computes columns when they are read from 18 on'])
})

it('leaves a number out of its bounds where an older server cannot have these', () => {
  const declared = (declaration: string) => ({ ...NUMBER, name: declaration, native: { declaration } })
  const before = ['numeric(3,-6)', 'numeric(3,5)[]', 'numeric(5,5)', 'numeric(3,0)[]'].map(declared)
  const { fitted, findings } = fit(sampleTable('s', 't', before), { version: 140000 })
  expect(fitted.columns.map(({ native }) => native.declaration)).toEqual([
    'numeric',
    'numeric[]',
    'numeric(5,5)',
    'numeric(3,0)[]',
  ])
  expect(findings).toHaveLength(2)
})

it.each([
  [140000, 'UNIQUE NULLS NOT DISTINCT (n)', 'UNIQUE (n)'],
  [150000, 'UNIQUE NULLS NOT DISTINCT (n)', 'UNIQUE NULLS NOT DISTINCT (n)'],
  [
    140000,
    'FOREIGN KEY (a, b) REFERENCES s.o ON DELETE SET NULL (b) DEFERRABLE',
    'FOREIGN KEY (a, b) REFERENCES s.o ON DELETE SET NULL DEFERRABLE',
  ],
  [
    140000,
    'FOREIGN KEY (a) REFERENCES s.o ON DELETE SET DEFAULT ("x) y")',
    'FOREIGN KEY (a) REFERENCES s.o ON DELETE SET DEFAULT',
  ],
  [170000, 'CHECK ((n > 0)) NOT ENFORCED', 'CHECK ((n > 0)) NOT VALID'],
  [180000, 'CHECK ((n > 0)) NOT ENFORCED', 'CHECK ((n > 0)) NOT ENFORCED'],
])('says in the words of %i: %s', (version, definition, fittedDefinition) => {
  const key = { ...sampleKey('k', 'n'), native: { definition } }
  const { fitted, findings } = fit(sampleTable('s', 't', [NUMBER], { uniqueKeys: [key] }), { version })
  expect(fitted.uniqueKeys[0]!.native).toEqual({ definition: fittedDefinition })
  expect(findings).toHaveLength(definition === fittedDefinition ? 0 : 1)
})

it('puts inherited columns where a new table has them, grandparents first', () => {
  const draft = new Draft()
  const columns = (...names: readonly string[]) => names.map((name) => ({ ...NUMBER, name }))
  const inherits = (name: string, ...inheritedColumns: readonly string[]) => ({
    native: { inherits: [{ schema: 's', name }], inheritedColumns },
  })
  const tables = [
    sampleTable('s', 'child', columns('a', 'own', 'late', 'c'), inherits('parent', 'a', 'late', 'c')),
    sampleTable('s', 'parent', columns('a', 'c', 'late'), inherits('top', 'a', 'late')),
    sampleTable('s', 'top', columns('a', 'late')),
  ]
  const fitted = fitServer({ ...sampleModel(tables), dialect: 'postgres' }, TARGET, draft)
  const orders = fitted.tables.map(({ name, columns }) => [name, ...columns.map((column) => column.name)].join(' '))
  expect(orders).toEqual(['child a late c own', 'parent a late c', 'top a late'])
  expect(fitted.tables[0]!.native?.inheritedColumns).toEqual(['a', 'late', 'c'])
  expect(draft.findings.map(({ object, message }) => `${object} ${message}`)).toEqual([
    's.child has the columns that it inherits before its own: a, late, c, own',
    's.parent has the columns that it inherits before its own: a, late, c',
  ])
})

it('leaves it to the parent what a column is generated from where a child cannot say it again', () => {
  const generated = (native: string): Column => ({ ...NUMBER, computed: { expression: { native }, persisted: true } })
  const inherits = { native: { inherits: [{ schema: 's', name: 'parent' }] } }
  const tables = [sampleTable('s', 'parent', [generated('1')]), sampleTable('s', 'child', [generated('2')], inherits)]
  const inheritedOn = (version: number) => {
    const draft = new Draft()
    const fitted = fitServer({ ...sampleModel(tables), dialect: 'postgres' }, { ...TARGET, version }, draft)
    return [fitted.tables[1]!.native?.inheritedColumns, draft.findings.map(({ message }) => message)]
  }
  expect(inheritedOn(160000)).toEqual([undefined, []])
  expect(inheritedOn(150000)).toEqual([
    ['n'],
    ['is generated as in s.parent, a child can say otherwise from PostgreSQL 16 on'],
  ])
})

it('leaves out what an older server cannot have, before it is asked', () => {
  const key = { ...sampleKey('periods', 'n'), native: { definition: 'PRIMARY KEY (n, at WITHOUT OVERLAPS)' } }
  const id = { ...NUMBER, default: { name: null, systemNamed: true, expression: { native: 'uuidv7()' } } }
  const table = sampleTable('s', 't', [id], { primaryKey: key, uniqueKeys: [{ ...key, name: 'more' }] })
  expect(fit(table, {}).fitted).toEqual(table)
  const { fitted, findings } = fit(table, { version: 170000 })
  expect(fitted).toEqual(sampleTable('s', 't', [NUMBER]))
  expect(findings).toEqual([
    's.t.periods is left out: PostgreSQL has WITHOUT OVERLAPS and PERIOD from 18 on',
    's.t.n is left out: PostgreSQL has uuidv7() from 18 on; gen_random_uuid() gives other ones',
    's.t.more is left out: PostgreSQL has WITHOUT OVERLAPS and PERIOD from 18 on',
  ])
})

it('says of a constraint that an older server enforces only what that has', () => {
  const native = { definition: 'CHECK ((n > 0)) NOT ENFORCED', notEnforced: true }
  const check = {
    name: 'c',
    systemNamed: false,
    expression: { native: '(n > 0)' },
    enabled: true,
    trusted: false,
    native,
  }
  const { fitted } = fit(sampleTable('s', 't', [NUMBER], { checks: [check] }), { version: 170000 })
  expect(fitted.checks[0]!.native).toEqual({ definition: 'CHECK ((n > 0)) NOT VALID' })
})

it('generates the columns of partitions in a way that the server has', () => {
  const partition = (name: string, column: string) => ({
    ...{ schema: 's', name, settings: [] },
    statements: [`create table "s"."${name}" (\n  "n" integer not null,\n  ${column}\n)`, 'alter …'],
  })
  const partitions = [
    partition('same', '"twice" integer generated always as ((n * 2)) virtual'),
    partition('other', `"twice" integer generated always as (\nCASE\n    ELSE n\nEND) virtual not null`),
  ]
  const twice: Column = { ...NUMBER, name: 'twice', computed: { expression: { native: '(n * 2)' }, persisted: false } }
  const table = sampleTable('s', 't', [NUMBER, twice], { native: { partitionBy: 'LIST (n)', partitions } })
  expect(fit(table, {}).fitted).toEqual(table)
  const stored = [
    partition('same', '"twice" integer generated always as ((n * 2)) stored'),
    partition('other', `"twice" integer generated always as (\nCASE\n    ELSE n\nEND) stored not null`),
  ]
  expect(fit(table, { version: 170000 }).fitted.native).toEqual({ partitionBy: 'LIST (n)', partitions: stored })
  const { fitted, findings } = fit(table, { version: 150000 })
  const [same] = stored
  const other = partition('other', '"twice" integer generated always as ((n * 2)) stored not null')
  expect(fitted.native).toEqual({ partitionBy: 'LIST (n)', partitions: [same, other] })
  expect(findings.at(-1)).toBe(
    's.other.twice is generated as in s.t, a partition can say otherwise from PostgreSQL 16 on',
  )
})
