import type { Expression, Identity, LogicalType, MappingPolicy, SchemaModel, Table } from '@albackup/core'
import { sampleColumn, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { parsePolicy } from '../policy.ts'
import { planRestore } from './plan-restore.ts'
import { mapSchemas } from './target-names.ts'

const EMPTY: TargetFacts = {
  version: 180000,
  xml: true,
  icu: true,
  extensions: new Map(),
  schemas: ['public'],
  relations: [],
  types: [],
}
const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const TEXT: LogicalType = { kind: 'text', length: 20, unit: 'utf16', fixed: false }

function planOf(model: SchemaModel, target: Partial<TargetFacts> = {}, policy: MappingPolicy = {}) {
  const parsed = parsePolicy(policy)
  return planRestore(model, parsed, mapSchemas(model, parsed), { ...EMPTY, ...target })
}

function typeOf(logical: LogicalType, target: Partial<TargetFacts> = {}, policy: MappingPolicy = {}) {
  const model = sampleModel([sampleTable('s', 't', [sampleColumn('c', logical)])])
  const { type, exact, reason } = planOf(model, target, policy).tables[0]!.columns[0]!
  return { type, exact, reason }
}

const oneTable = (facts: Partial<Table>) =>
  sampleModel([sampleTable('s', 't', [sampleColumn('a', INT, { nullable: true })], facts)])

describe('a type', () => {
  it.each<[LogicalType, Partial<TargetFacts>, MappingPolicy, string, boolean]>([
    [{ kind: 'xml' }, {}, {}, 'xml', true],
    [{ kind: 'xml' }, { xml: false }, {}, 'text', true],
    [{ kind: 'xml' }, {}, { xml: 'text' }, 'text', true],
    [{ kind: 'timestamp-offset', precision: 3 }, {}, {}, 'timestamptz(3)', true],
    [{ kind: 'timestamp-offset', precision: 3 }, {}, { datetimeoffset: 'utc' }, 'timestamptz(3)', false],
    [{ kind: 'timestamp-offset', precision: 7 }, {}, {}, 'timestamptz(6)', false],
    [{ kind: 'time', precision: 7 }, {}, { time: { digits: 'error' } }, 'time(6)', false],
    [{ kind: 'text', length: 20_000_000, unit: 'characters', fixed: false }, {}, {}, 'text', false],
    [{ kind: 'binary', length: 16, fixed: true, content: 'geometry' }, {}, {}, 'bytea', true],
  ])('%j on %j with %j becomes %s', (logical, target, policy, type, exact) => {
    expect(typeOf(logical, target, policy)).toMatchObject({ type, exact })
  })

  it('that does not hold every value says why', () => {
    const inexact = (['time', 'timestamp', 'timestamp-offset'] as const).map((kind) => typeOf({ kind, precision: 7 }))
    for (const { reason } of [...inexact, typeOf(TEXT), typeOf({ kind: 'variant' })]) expect(reason).not.toBe('')
  })
})

describe('a finding', () => {
  const findings = (model: SchemaModel, target: Partial<TargetFacts> = {}) =>
    planOf(model, target).findings.map(
      ({ severity, kind, object, message }) => `${severity} ${kind} ${object}: ${message}`,
    )

  it.each<[string, LogicalType, string]>([
    [
      'a rowversion',
      { kind: 'rowversion' },
      'keeps its value as bytea; nothing changes it any more when the row changes',
    ],
    ['a variant', { kind: 'variant' }, 'is jsonb: {"type": the type of the value, "value": its text}'],
    [
      'a geometry',
      { kind: 'binary', length: null, fixed: false, content: 'geometry' },
      'is bytea: the bytes of a geometry as the source serialises it, without its operations',
    ],
    [
      'an encrypted column',
      { kind: 'binary', length: null, fixed: false, content: 'encrypted' },
      'is bytea: the ciphertext, which only the keys of the source can read',
    ],
  ])('says what %s is from now on', (_, logical, message) => {
    const model = sampleModel([sampleTable('s', 't', [sampleColumn('c', logical)])])
    expect(findings(model)).toEqual([`changed column s.t.c: ${message}`])
  })

  it('says that an old server allows many NULLs in a unique key', () => {
    const model = oneTable({ uniqueKeys: [sampleKey('uq', 'a')] })
    expect(findings(model)).toEqual([])
    expect(findings(model, { version: 140000 })).toEqual([
      'changed unique key s.t.uq: allows any number of rows with NULL: PostgreSQL can forbid that from 15 on',
    ])
    expect(planOf(model, { version: 140000 }).statements.keys[0]!.sql).toBe(
      'alter table "s"."t" add constraint "uq" unique ("a")',
    )
  })

  it('says that a key has no direction', () => {
    const model = oneTable({
      primaryKey: { ...sampleKey('pk', 'a'), columns: [{ name: 'a', descending: true }], clustered: true },
    })
    expect(findings(model)).toEqual([
      'info primary key s.t.pk: its index is ascending in every column; PostgreSQL reads it in both directions',
    ])
  })

  it.each<[string, TargetFacts['types'], string, readonly string[]]>([
    ['nothing', [], '"s"."Code"', []],
    [
      'the same domain',
      [{ schema: 's', name: 'Code', base: 'character varying(20)' }],
      '"s"."Code"',
      ['info type s.Code: is there already, and is left as it is'],
    ],
    [
      'another domain',
      [{ schema: 's', name: 'Code', base: 'integer' }],
      'varchar(20)',
      ['changed type s.Code: its columns become varchar(20): a domain over integer has its name in PostgreSQL'],
    ],
    [
      'an enumeration',
      [{ schema: 's', name: 'Code', base: null }],
      'varchar(20)',
      ['changed type s.Code: its columns become varchar(20): another type has its name in PostgreSQL'],
    ],
  ])('says where an alias type cannot be made: with %s there', (_, types, type, expected) => {
    const alias = { schema: 's', name: 'Code', native: { declaration: 'nvarchar(20)' }, logical: TEXT, nullable: true }
    const column = sampleColumn('c', TEXT, {
      native: { declaration: 'nvarchar(20)', alias: { schema: 's', name: 'Code' } },
    })
    const model = { ...sampleModel([sampleTable('s', 't', [column])]), types: [alias] }
    expect(findings(model, { types })).toEqual(expected)
    expect(planOf(model, { types }).tables[0]!.columns[0]!.type).toBe(type)
    const creates = planOf(model, { types }).statements.tables.some(({ sql }) => sql.startsWith('create domain'))
    expect(creates).toBe(types.length === 0)
  })
})

describe('what exists', () => {
  const relation = { schema: 's', name: 't', kind: 'table', owner: null } as const

  it('is named when it would be dropped', () => {
    expect(planOf(oneTable({}), { relations: [relation] }).existing).toEqual(['"s"."t"'])
    expect(planOf(oneTable({}), { relations: [{ ...relation, name: 'T' }] }).existing).toEqual([])
  })

  it('lends its names again when it goes away with its table', () => {
    const model = oneTable({ uniqueKeys: [sampleKey('uq', 'a')] })
    const index = { schema: 's', name: 'uq', kind: 'index', owner: 't' } as const
    expect(planOf(model, { relations: [relation, index] }).findings).toEqual([])
    expect(planOf(model, { relations: [relation, { ...index, owner: 'other' }] }).findings).toHaveLength(1)
  })
})

it.each<[number, string, string, string | null, string]>([
  [32, '1', '1', '41', 'integer generated by default as identity not null'],
  [64, '1001', '3', null, 'bigint generated by default as identity (start with 1001 increment by 3) not null'],
  [
    32,
    '0',
    '1',
    null,
    'integer generated by default as identity (start with 0 increment by 1 minvalue -2147483648) not null',
  ],
  [16, '1', '1', '-5', 'smallint generated by default as identity (minvalue -32768) not null'],
  [16, '-1', '-1', null, 'smallint generated by default as identity (start with -1 increment by -1) not null'],
  [
    32,
    '9',
    '-1',
    null,
    'integer generated by default as identity (start with 9 increment by -1 maxvalue 2147483647) not null',
  ],
  [8, '1', '1', null, 'smallint generated by default as identity (maxvalue 255) not null'],
])('declares an identity of %i bits from %s by %s, last %s, as %s', (bits, seed, increment, lastValue, declared) => {
  const logical = { kind: 'integer', bits, signed: bits > 8 } as LogicalType
  const column = sampleColumn('c', logical, { identity: { seed, increment, lastValue } })
  const [, table] = planOf(sampleModel([sampleTable('s', 't', [column])])).statements.tables
  expect(/ {2}"c" (.*?),?\n/.exec(table!.sql)?.[1]).toBe(declared)
})

describe('an identity whose type the mapping chooses', () => {
  const declared = (logical: LogicalType, identity: Identity, type: string) => {
    const column = sampleColumn('c', logical, { identity })
    const model = sampleModel([sampleTable('s', 't', [column])])
    const { statements, findings } = planOf(model, {}, { columns: { 's.t.c': type } })
    const [, table] = statements.tables
    return [/ {2}"c" (.*?),?\n/.exec(table!.sql)?.[1], ...findings.map(({ message }) => message)]
  }
  const at = (seed: string, lastValue: string | null = null): Identity => ({ seed, increment: '1', lastValue })

  it.each<[LogicalType, Identity, string, string]>([
    [{ kind: 'decimal', precision: 18, scale: 0 }, at('1', '5'), 'bigint', 'bigint generated by default as identity'],
    [
      INT,
      at('0'),
      'smallint',
      'smallint generated by default as identity (start with 0 increment by 1 minvalue -32768)',
    ],
    [INT, at('1', '32767'), 'bigint', 'bigint generated by default as identity'],
  ])('is one of that type: %j, %j as %s', (logical, identity, type, words) => {
    expect(declared(logical, identity, type)).toEqual([`${words} not null`])
  })

  it.each<[LogicalType, Identity, string]>([
    [INT, at('1', '32768'), 'smallint'],
    [{ kind: 'decimal', precision: 18, scale: 0 }, at('3000000000'), 'integer'],
    [{ kind: 'decimal', precision: 38, scale: 0 }, at('99999999999999999999'), 'bigint'],
  ])('is refused where it is beyond that type: %j, %j as %s', (logical, identity, type) => {
    const reason = `the identity "c" cannot be ${type}: it is at ${identity.lastValue ?? identity.seed}`
    expect(() => declared(logical, identity, type)).toThrow(reason)
  })
})

it('makes a computed text with the collation of all texts, and knows that it has it', () => {
  const comparison = { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true } as const
  const column = sampleColumn('c', { kind: 'text', length: 20, unit: 'utf16', fixed: false, comparison })
  const name: Expression = { kind: 'column', name: 'c' }
  const expression = { native: '[c]', meaning: name }
  const twin = { ...column, name: 'd', nullable: true, computed: { expression, persisted: true } }
  const { makes } = planOf(sampleModel([sampleTable('s', 't', [column, twin])]), {}, { text: { ignoreCase: 'icu' } })
  const collation = '"s"."albackup_ignore_case"'
  expect(makes!.tables[0]!.columns.map(({ native }) => native)).toEqual([
    { declaration: 'varchar(20)', collation },
    { declaration: 'varchar(20)', collation },
  ])
})

it('gives no schema statement for public', () => {
  const { statements } = planOf(oneTable({}), {}, { schemas: { s: 'public' } })
  expect(statements.tables.map(({ sql }) => sql)).toEqual(['create table "public"."t" (\n  "a" integer\n)'])
})
