import type {
  Column,
  Expression,
  ForeignKey,
  Key,
  LogicalType,
  MappingPolicy,
  RestorePlan,
  SchemaModel,
  SqlExpression,
  Table,
} from '@albackup/core'
import { CannotCarryError, UsageError } from '@albackup/core'
import { sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { planForEmpty } from '../plan.ts'

const text = (length: number | null): LogicalType => ({ kind: 'text', length, unit: 'characters', fixed: false })
const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const BIGINT: LogicalType = { kind: 'integer', bits: 64, signed: true }

function column(name: string, declaration: string, logical: LogicalType, facts: Partial<Column> = {}): Column {
  return { name, native: { declaration }, logical, nullable: true, ...facts }
}

const ID = column('id', 'integer', INT, { nullable: false })

function model(tables: readonly Table[], facts: Partial<SchemaModel> = {}): SchemaModel {
  return { ...sampleModel(tables), dialect: 'postgres', ...facts }
}

function table(columns: readonly Column[], facts: Partial<Table> = {}): Table {
  return sampleTable('public', 't', columns, facts)
}

const typesOf = ({ tables }: RestorePlan) => tables.flatMap(({ columns }) => columns.map(({ type }) => type))
const messages = ({ findings }: RestorePlan) =>
  findings.map(({ severity, object, message }) => `${severity} ${object} ${message}`)
const keys = ({ statements }: RestorePlan) => statements.keys.map(({ sql }) => sql)
const typeOf = (one: Column, policy: MappingPolicy = {}) => typesOf(planForEmpty(model([table([one])]), policy))[0]

describe('a type of the mapping', () => {
  const ofTypes = (types: Record<string, string>, ...columns: readonly Column[]) => {
    const plan = planForEmpty(model([table(columns)]), { types })
    return [typesOf(plan), messages(plan)]
  }

  it.each([
    ['varchar', column('v', 'character varying(20)', text(20)), 'nvarchar(9)'],
    ['varchar(20)', column('v', 'character varying(20)', text(20)), 'nvarchar(9)'],
    ['int4', column('v', 'integer', INT), 'bigint'],
    ['timestamptz', column('v', 'timestamp with time zone', { kind: 'instant', precision: 6 }), 'date'],
    ['timestamptz(3)', column('v', 'timestamp(3) with time zone', { kind: 'instant', precision: 3 }), 'date'],
    ['varchar[]', column('v', 'character varying[]', text(null)), 'nvarchar(9)'],
  ])('may be called as people call it: %s', (name, one, type) => {
    expect(ofTypes({ [name]: type }, one)).toEqual([[type], []])
  })

  it('goes first when it is called as the catalog does', () => {
    expect(ofTypes({ integer: 'smallint', int: 'bigint' }, column('v', 'integer', INT))).toEqual([['smallint'], []])
  })
})

describe('a column of another engine gets', () => {
  it.each<readonly [declaration: string, logical: LogicalType, type: string]>([
    ['text', text(null), 'nvarchar(max)'],
    ['character varying(20)', text(20), 'nvarchar(40)'],
    ['character varying(3000)', text(3000), 'nvarchar(max)'],
    ['character(3)', { ...text(3), fixed: true } as LogicalType, 'nvarchar(6)'],
    ['name', { ...text(63), unit: 'bytes' } as LogicalType, 'nvarchar(63)'],
    ['numeric', text(null), 'decimal(38,10)'],
    ['numeric(60,30)', text(null), 'decimal(38,10)'],
    ['numeric(10,2)', { kind: 'decimal', precision: 10, scale: 2 }, 'decimal(10,2)'],
    ['money', text(null), 'decimal(19,2)'],
    ['timestamp(3) with time zone', { kind: 'instant', precision: 3 }, 'datetimeoffset(3)'],
    ['time with time zone', text(null), 'nvarchar(24)'],
    ['time(3) with time zone', text(null), 'nvarchar(24)'],
    ['interval', text(null), 'nvarchar(80)'],
    ['interval(2)', text(null), 'nvarchar(80)'],
    ['interval year to month', text(null), 'nvarchar(80)'],
    ['interval day to second(2)', text(null), 'nvarchar(80)'],
    ['interval day to second(2)[]', text(null), 'nvarchar(max)'],
    ['inet', text(null), 'nvarchar(49)'],
    ['bit(5)', text(null), 'nvarchar(5)'],
    ['bit varying', text(null), 'nvarchar(max)'],
    ['"char"', text(null), 'nvarchar(4)'],
    ['oid', text(null), 'bigint'],
    ['xid8', text(null), 'decimal(20,0)'],
    ['integer[]', text(null), 'nvarchar(max)'],
    ['int4range', text(null), 'nvarchar(max)'],
    ['jsonb', { kind: 'json' }, 'nvarchar(max)'],
    ['xml', { kind: 'xml' }, 'nvarchar(max)'],
    ['uuid', { kind: 'uuid' }, 'uniqueidentifier'],
    ['bytea', { kind: 'binary', length: null, fixed: false }, 'varbinary(max)'],
    ['public.citext', text(null), 'nvarchar(max) collate Latin1_General_100_CI_AS'],
  ])('for %s', (declaration, logical, type) => {
    expect(typeOf(column('v', declaration, logical))).toBe(type)
  })

  it('the type of its domain', () => {
    const domain = {
      schema: 'public',
      name: 'price',
      native: { declaration: 'numeric' },
      logical: text(null),
      nullable: true,
    }
    const one = column('v', 'public.price', text(null), {
      native: { declaration: 'public.price', alias: { schema: 'public', name: 'price' } },
    })
    const plan = planForEmpty(model([table([one])], { types: [domain] }), {})
    expect(typesOf(plan)).toEqual(['decimal(38,10)'])
    expect(messages(plan)).toContain(
      'changed public.price is no type of its own: columns of it have the type of numeric',
    )
  })

  it('a check of the words of its enumerated type', () => {
    const statements = [`create type public.mood as enum ('sad', 'o''k', E'a\\\\b')`]
    const mood = { kind: 'type', name: 'public.mood', statements, stage: 'before tables' } as const
    const plan = planForEmpty(model([table([column('m', 'public.mood', text(null))])], { objects: [mood] }), {})
    expect(plan.statements.references.map(({ sql }) => sql)).toEqual([
      "alter table [dbo].[t] with check add constraint [t_m_words] check (([m] = N'sad' or [m] = N'o''k' or [m] = N'a\\b') and datalength([m]) = datalength(rtrim([m])))",
    ])
  })
})

describe('the mapping chooses', () => {
  const number = column('v', 'numeric', text(null))
  const words = column('v', 'character varying(20)', text(20))
  it.each<readonly [MappingPolicy, Column, string]>([
    [{ numeric: 'text' }, number, 'nvarchar(max)'],
    [{ numeric: 'decimal(20, 4)' }, number, 'decimal(20,4)'],
    [{ types: { numeric: 'decimal(12,3)' } }, number, 'decimal(12,3)'],
    [{ columns: { 'public.t.v': 'NVARCHAR (100)' } }, number, 'nvarchar(100)'],
    [{ types: { 'character varying': 'varchar(50)' } }, words, 'varchar(50)'],
    [{ text: { length: 'same' } }, words, 'nvarchar(20)'],
    [{ xml: 'xml' }, column('v', 'xml', { kind: 'xml' }), 'xml'],
    [
      { types: { 'timestamp with time zone': 'datetime2' } },
      column('v', 'timestamp(3) with time zone', { kind: 'instant', precision: 3 }),
      'datetime2(7)',
    ],
  ])('%j', (policy, one, type) => {
    expect(typeOf(one, policy)).toBe(type)
  })

  it('to leave a column out, with what stands on it', () => {
    const source = table([ID, column('v', 'tsvector', text(null))], { uniqueKeys: [sampleKey('u', 'id', 'v')] })
    const plan = planForEmpty(model([source]), { types: { tsvector: 'none' } })
    expect(plan.tables[0]!.columns.map(({ omitted }) => omitted)).toEqual([undefined, true])
    expect(plan.statements.tables.at(-1)!.sql).toBe('create table [dbo].[t] (\n  [id] int not null\n)')
    expect(messages(plan)).toEqual([
      'lost public.t.v left out, as the mapping says',
      'lost public.t.u is left out: one of its columns is',
    ])
  })

  it.each<readonly [MappingPolicy, string]>([
    [{ no: 1 }, '"no" is not a part of it'],
    [{ numeric: 'float' }, 'mapping.numeric'],
    [{ numeric: 'decimal(39,2)' }, 'mapping.numeric'],
    [{ text: { collation: 'a; b' } }, 'is no collation'],
    [{ time: { beyond: 'never' } }, 'mapping.time.beyond'],
    [{ columns: { 'public.t.v': 'date' } }, 'have no sure counterpart in date'],
    [{ columns: { 'public.t.v': 'nvarchar(9999)' } }, 'have no sure counterpart'],
    [{ rename: { 'public.t': 'x'.repeat(129) } }, 'mapping.rename.public.t'],
  ])('nothing that cannot work: %j', (policy, message) => {
    const planning = () => planForEmpty(model([table([words])]), policy)
    expect(planning).toThrow(UsageError)
    expect(planning).toThrow(message)
  })

  it('nothing but schemas for a backup of SQL Server', () => {
    const own = { ...model([table([ID])]), dialect: 'mssql' }
    expect(() => planForEmpty(own, { names: 'lower' })).toThrow('the backup is of SQL Server')
    expect(planForEmpty(own, { schemas: { public: 'x' } }).tables[0]!.schema).toBe('x')
    expect(planForEmpty(own, {}).tables[0]!.schema).toBe('public')
  })

  it('settings about nothing, which is said', () => {
    const plan = planForEmpty(model([table([ID])]), { columns: { 'public.t.di': 'bigint' }, schemas: { sales: 's' } })
    expect(messages(plan)).toEqual([
      'changed mapping.columns.public.t.di is about nothing that is restored',
      'changed mapping.schemas.sales is about nothing that is restored',
    ])
  })
})

describe('names', () => {
  it('are kept, and public is dbo', () => {
    const { schema, name } = planForEmpty(model([sampleTable('public', 'Order Details', [ID])]), {}).tables[0]!
    expect({ schema, name }).toEqual({ schema: 'dbo', name: 'Order Details' })
  })

  it('are spelled and changed as the mapping says, in keys and references, too', () => {
    const parent = sampleTable('public', 'OrderLines', [column('LineId', 'integer', INT, { nullable: false })], {
      primaryKey: sampleKey('OrderLinesPk', 'LineId'),
    })
    const child = sampleTable('public', 'Part', [column('LineId', 'integer', INT)], {
      foreignKeys: [
        sampleForeignKey('PartFk', ['LineId'], { schema: 'public', name: 'OrderLines', columns: ['LineId'] }),
      ],
    })
    const policy = { names: 'snake_case', rename: { 'public.Part.LineId': 'Owner' }, schemas: { public: 'shop' } }
    const plan = planForEmpty(model([parent, child]), policy)
    expect(keys(plan)).toEqual([
      'alter table [shop].[order_lines] add constraint [order_lines_pk] primary key clustered ([line_id])',
    ])
    expect(plan.statements.references[0]!.sql).toContain(
      'add constraint [part_fk] foreign key ([Owner]) references [shop].[order_lines] ([line_id])',
    )
  })

  it('that differ in case or blanks at their end are one: the second gets a suffix', () => {
    const tables = ['T', 't', 't '].map((name) => sampleTable('public', name, [ID]))
    const names = planForEmpty(model(tables), {}).tables.map(({ name }) => name)
    expect(names).toEqual(['T', expect.stringMatching(/^t_[0-9a-f]{8}$/), expect.stringMatching(/^t _[0-9a-f]{8}$/)])
  })

  it('of constraints are their schema’s own', () => {
    const tables = ['a', 'b'].map((name) => sampleTable('public', name, [ID], { primaryKey: sampleKey('a', 'id') }))
    const [first, second] = keys(planForEmpty(model(tables), {}))
    expect(first).toMatch(/constraint \[a_[0-9a-f]{8}\]/)
    expect(second).toMatch(/constraint \[a_[0-9a-f]{8}\]/)
    expect(first).not.toBe(second)
  })

  it('of schemas that the server has are not taken', () => {
    expect(planForEmpty(model([sampleTable('sys', 't', [ID])]), {}).tables[0]!.schema).toBe('_sys')
  })
})

describe('keys and references', () => {
  const nullable = column('a', 'integer', INT)
  const unique = (facts: Partial<Key> = {}): Key => ({ ...sampleKey('u', 'a'), ...facts })

  it('let in any number of rows with NULL', () => {
    const plan = planForEmpty(model([table([nullable], { uniqueKeys: [unique()] })]), {})
    expect(keys(plan)).toEqual(['create unique nonclustered index [u] on [dbo].[t] ([a]) where [a] is not null'])
  })

  it('let in one where the source did', () => {
    const key = unique({ native: { definition: 'UNIQUE NULLS NOT DISTINCT (a)' } })
    const plan = planForEmpty(model([table([nullable], { uniqueKeys: [key] })]), {})
    expect(keys(plan)).toEqual(['alter table [dbo].[t] add constraint [u] unique nonclustered ([a])'])
  })

  it('are constraints where a foreign key refers to them', () => {
    const foreignKeys = [sampleForeignKey('f', ['a'], { schema: 'public', name: 't', columns: ['a'] })]
    const plan = planForEmpty(model([table([nullable], { uniqueKeys: [unique()], foreignKeys })]), {})
    expect(keys(plan)).toEqual(['alter table [dbo].[t] add constraint [u] unique nonclustered ([a])'])
    expect(messages(plan)).toEqual(['changed public.t.u allows one row with NULL: a foreign key refers to it'])
  })

  it('have texts and bytes with a limit', () => {
    const columns = [
      column('a', 'text', text(null)),
      column('b', 'bytea', { kind: 'binary', length: null, fixed: false }),
    ]
    const plan = planForEmpty(model([table(columns, { uniqueKeys: [sampleKey('u', 'a', 'b')] })]), {})
    expect(typesOf(plan)).toEqual(['nvarchar(450)', 'varbinary(900)'])
  })

  it('are left out over what no key can have; an index alone gives a column no limit', () => {
    const indexes = [
      {
        name: 'i',
        unique: false,
        clustered: false,
        method: 'btree',
        columns: [{ name: 'a', descending: false }],
        included: [],
        enabled: true,
      },
    ]
    const plan = planForEmpty(model([table([column('a', 'text', text(null))], { indexes })]), {})
    expect(messages(plan)).toEqual([
      'lost public.t.i is left out: no key can have [a] nvarchar(max); the mapping can give it a type with a limit',
    ])
  })

  it('are trees, also where the source has a hash', () => {
    const columns = [{ name: 'id', descending: false }]
    const facts = { unique: false, clustered: false, included: [], enabled: true }
    const indexes = [{ name: 'h', method: 'hash', columns, ...facts }]
    const { makes } = planForEmpty(model([table([ID], { indexes })]), {})
    expect(makes?.tables[0]?.indexes).toMatchObject([{ name: 'h', method: 'btree', columns, ...facts }])
  })

  it('are unique among the rows of a filter, also where blanks at the end count no more; over all rows they are not', () => {
    const unique = (name: string, filter: SqlExpression) => ({
      name,
      unique: true,
      clustered: false,
      method: 'btree',
      columns: [{ name: 'id', descending: false }],
      included: [],
      filter,
      enabled: true,
    })
    const isDraft: Expression = {
      kind: 'binary',
      operator: '=',
      left: { kind: 'column', name: 's' },
      right: { kind: 'literal', value: { type: 'text', text: 'draft', unicode: true } },
    }
    const compared: LogicalType = {
      kind: 'text',
      length: 20,
      unit: 'characters',
      fixed: false,
      comparison: { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false },
    }
    const indexes = [
      unique('drafts', { native: "s = 'draft'", meaning: isDraft }),
      unique('others', { native: 'f(s)' }),
    ]
    const plan = planForEmpty(model([table([ID, column('s', 'character varying(20)', compared)], { indexes })]), {})
    expect(keys(plan)).toEqual([
      "create unique nonclustered index [drafts] on [dbo].[t] ([id]) where ([s] = N'draft')",
      'create nonclustered index [others] on [dbo].[t] ([id])',
    ])
    expect(messages(plan)).toEqual([
      "changed public.t.drafts takes no heed of blanks at the end of texts: s = 'draft'",
      'lost public.t.others is left out, its expression is not understood: f(s)',
      'lost public.t.others is over all rows, and not unique: it refuses none',
    ])
  })

  const related = (one: Column, other: Column, facts: Partial<ForeignKey> = {}) => [
    sampleTable('public', 'parent', [{ ...one, name: 'id', nullable: false }], { primaryKey: sampleKey('pk', 'id') }),
    sampleTable('public', 'child', [{ ...other, name: 'ref' }], {
      foreignKeys: [
        { ...sampleForeignKey('fk', ['ref'], { schema: 'public', name: 'parent', columns: ['id'] }), ...facts },
      ],
    }),
  ]

  it.each<readonly [Column, Column, readonly string[]]>([
    [column('a', 'integer', INT), column('b', 'bigint', BIGINT), ['bigint', 'bigint']],
    [
      column('a', 'text', text(null)),
      column('b', 'character varying(10)', text(10)),
      ['nvarchar(450)', 'nvarchar(450)'],
    ],
    [
      column('a', 'numeric(10,2)', { kind: 'decimal', precision: 10, scale: 2 }),
      column('b', 'numeric(8,4)', { kind: 'decimal', precision: 8, scale: 4 }),
      ['decimal(12,4)', 'decimal(12,4)'],
    ],
  ])('have one type on both sides: %#', (one, other, types) => {
    const plan = planForEmpty(model(related(one, other)), {})
    expect(typesOf(plan)).toEqual(types)
    expect(plan.statements.references).toHaveLength(1)
  })

  it('are left out between types that do not go together', () => {
    const plan = planForEmpty(model(related(column('a', 'integer', INT), column('b', 'numeric', text(null)))), {})
    expect(messages(plan)).toEqual(['lost public.child.fk is left out: decimal(38,10) cannot refer to int'])
  })

  it('that are not enforced hold for no new row either', () => {
    const definition = 'FOREIGN KEY (ref) REFERENCES parent(id) NOT ENFORCED'
    const plan = planForEmpty(model(related(ID, ID, { trusted: false, native: { definition } })), {})
    expect(plan.statements.references.map(({ sql }) => sql)).toEqual([
      'alter table [dbo].[child] with nocheck add constraint [fk] foreign key ([ref]) references [dbo].[parent] ([id]) on delete no action on update no action',
      'alter table [dbo].[child] nocheck constraint [fk]',
    ])
  })

  it('over texts that the source compares by a collation of its own say that they are compared by their characters', () => {
    const native = { declaration: 'text', collation: 'public.loose' }
    const one = { ...column('a', 'text', text(null), { nullable: false }), native }
    const plan = planForEmpty(model([table([one], { uniqueKeys: [sampleKey('u', 'a')] })]), {})
    expect(messages(plan)).toEqual([
      'changed public.t.u tells texts apart that the source may take for the same, in [a] (public.loose)',
    ])
  })

  it('say what SQL Server does otherwise', () => {
    const definition = 'FOREIGN KEY (ref) REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED'
    const plan = planForEmpty(model(related(ID, ID, { native: { definition } })), {})
    expect(messages(plan)).toEqual([
      'changed public.child.fk is checked with each statement: SQL Server defers none to the end of a transaction',
    ])
  })

  it('act on one way to each table only', () => {
    const key = (name: string, to: string, at: string): ForeignKey => ({
      ...sampleForeignKey(name, [at], { schema: 'public', name: to, columns: ['id'] }),
      onDelete: 'cascade',
    })
    const of = (name: string, foreignKeys: readonly ForeignKey[]) =>
      sampleTable('public', name, [ID, column('x', 'integer', INT), column('y', 'integer', INT)], {
        primaryKey: sampleKey(`${name}_pk`, 'id'),
        foreignKeys,
      })
    const tables = [
      of('a', [key('a_self', 'a', 'x')]),
      of('b', [key('b_a', 'a', 'x')]),
      of('c', [key('c_b', 'b', 'x'), key('c_a', 'a', 'y')]),
    ]
    const plan = planForEmpty(model(tables), {})
    const acting = plan.statements.references.filter(({ sql }) => sql.includes('on delete cascade'))
    expect(acting.map(({ object }) => object)).toEqual(['public.b.b_a', 'public.c.c_b'])
    expect(plan.findings.map(({ object }) => object)).toEqual(['public.a.a_self', 'public.c.c_a'])
  })
})

describe('columns that count by themselves', () => {
  const serial = (name: string, facts: Partial<Column> = {}): Column =>
    column(name, 'integer', INT, { nullable: false, identity: { seed: '5', increment: '1', lastValue: '9' }, ...facts })

  it('are an identity, and from the second on defaults from a sequence', () => {
    const plan = planForEmpty(model([table([serial('a'), serial('b')])]), {})
    expect(plan.statements.tables.map(({ sql }) => sql)).toEqual([
      'create table [dbo].[t] (\n  [a] int identity(5, 1) not null,\n  [b] int not null\n)',
      'create sequence [dbo].[t_b_seq] as int start with 5 increment by 1 minvalue -2147483648 maxvalue 2147483647 no cycle',
      'alter table [dbo].[t] add default (next value for [dbo].[t_b_seq]) for [b]',
    ])
    expect(plan.statements.values).toHaveLength(2)
  })

  it.each([
    ['begins anew', { cycle: true }, '1', false],
    ['ends before its type', { maximum: '99' }, '1', false],
    ['ends before its type, downwards', { minimum: '-99' }, '-1', false],
    ['has the bounds of its type', { minimum: '1', maximum: '2147483647', cycle: false }, '1', true],
    ['has those of a greater one', { minimum: '1', maximum: '9223372036854775807' }, '1', true],
  ])('of which one %s', (_, native, increment, isIdentity) => {
    const identity = { seed: '1', increment, lastValue: null, native }
    const { sql } = planForEmpty(model([table([serial('a', { identity })])]), {}).statements.tables.at(
      isIdentity ? 0 : 1,
    )!
    expect(sql.includes('identity(')).toBe(isIdentity)
  })

  it('are no identity where they may be NULL', () => {
    const plan = planForEmpty(model([table([serial('a', { nullable: true })])]), {})
    expect(plan.statements.tables[0]!.sql).toBe('create table [dbo].[t] (\n  [a] int null\n)')
  })
})

it('refuses a table of more columns than SQL Server has', () => {
  const columns = Array.from({ length: 1025 }, (_, i) => column(`c${i}`, 'integer', INT))
  expect(() => planForEmpty(model([table(columns)]), {})).toThrow(CannotCarryError)
  expect(() => planForEmpty(model([table(columns)]), { columns: { 'public.t.c0': 'none' } })).not.toThrow()
})
