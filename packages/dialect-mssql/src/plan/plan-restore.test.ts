import {
  type Column,
  type ForeignKey,
  type Index,
  type Key,
  type NativeFacts,
  type PlannedStatement,
  RefusedError,
  type RestorePlan,
  type SchemaModel,
  type Table,
  UsageError,
} from '@albackup/core'
import { describe, expect, it } from 'vitest'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { parsePolicy } from '../policy.ts'
import { planRestore } from './plan-restore.ts'

const EMPTY: TargetFacts = {
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  schemas: ['dbo'],
  objects: [],
  builtInTypes: [],
  collations: [],
}

const column = (name: string, declaration: string, facts: Partial<Column> = {}): Column => ({
  name,
  native: { declaration },
  logical: { kind: 'integer', bits: 32, signed: true },
  nullable: false,
  ...facts,
})

const withFacts = (name: string, declaration: string, facts: NativeFacts, more: Partial<Column> = {}): Column =>
  column(name, declaration, { native: { declaration, facts }, ...more })

const table = (columns: readonly Column[], facts: Partial<Table> = {}): Table => ({
  schema: 'dbo',
  name: 'T',
  columns,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
  ...facts,
})

const model = (tables: readonly Table[], facts: Partial<SchemaModel> = {}): SchemaModel => ({
  dialect: 'mssql',
  database: { name: 'd', collation: null },
  schemas: [{ name: 'dbo' }],
  types: [],
  sequences: [],
  tables,
  modules: [],
  leftBehind: [],
  ...facts,
})

const plan = (source: SchemaModel, target: Partial<TargetFacts> = {}, policy = {}): RestorePlan =>
  planRestore(source, parsePolicy(policy, source), { ...EMPTY, ...target })

const texts = (statements: readonly PlannedStatement[]) => statements.map(({ sql }) => sql)
const messages = ({ findings }: RestorePlan) => findings.map(({ object, message }) => `${object} ${message}`)

const ID = column('id', 'int')
const V = column('v', 'int')

describe('a column is declared as', () => {
  it.each<readonly [string, Column]>([
    ['[id] int not null', ID],
    [
      '[n] nvarchar(10) collate Latin1_General_BIN2 null',
      column('n', 'nvarchar(10)', {
        nullable: true,
        native: { declaration: 'nvarchar(10)', collation: 'Latin1_General_BIN2' },
      }),
    ],
    [
      '[i] decimal(38,0) identity(-5, 99999999999999999999) not for replication not null',
      column('i', 'decimal(38,0)', {
        identity: {
          seed: '-5',
          increment: '99999999999999999999',
          lastValue: null,
          native: { notForReplication: true },
        },
      }),
    ],
    ['[g] uniqueidentifier not null rowguidcol', withFacts('g', 'uniqueidentifier', { rowGuid: true })],
    ['[s] int sparse null', withFacts('s', 'int', { sparse: true }, { nullable: true })],
    [
      `[m] nvarchar(10) masked with (function = 'partial(1, "x''x", 1)') not null`,
      withFacts('m', 'nvarchar(10)', { masked: `partial(1, "x'x", 1)` }),
    ],
    [
      '[c] as ([a]+[b]) persisted not null',
      column('c', 'int', { computed: { expression: { native: '([a]+[b])' }, persisted: true } }),
    ],
    ['[c] as ([a]+[b])', column('c', 'int', { computed: { expression: { native: '([a]+[b])' }, persisted: false } })],
    [
      '[y] sysname not null',
      column('y', 'nvarchar(128)', {
        native: { declaration: 'nvarchar(128)', alias: { schema: 'sys', name: 'sysname' } },
      }),
    ],
    ['[f] datetime2(7) not null', withFacts('f', 'datetime2(7)', { generatedAlways: 'row start', hidden: true })],
    ['[x] xml not null', withFacts('x', 'xml', { xmlSchemaCollection: { schema: 'dbo', name: 'c', document: true } })],
    ['"b]r" int not null', column('b]r', 'int')],
  ])('%s', (words, source) => {
    const [create] = plan(model([table([source])])).statements.tables
    expect(create!.sql).toBe(`create table [dbo].[T] (\n  ${words}\n)`)
  })

  it('what its alias or schema collection is called, when the restore makes those, too', () => {
    const source = model(
      [
        table([
          column('p', 'varchar(14)', {
            native: { declaration: 'varchar(14)', collation: 'Greek_CI_AS', alias: { schema: 'dbo', name: 'Phone' } },
          }),
          withFacts('x', 'xml', { xmlSchemaCollection: { schema: 'dbo', name: 'c', document: false } }),
          column('k', '[dbo].[Point]', { logical: { kind: 'binary', length: null, fixed: false, content: 'clr' } }),
        ]),
      ],
      {
        types: [
          { schema: 'dbo', name: 'Phone', native: { declaration: 'varchar(14)' }, logical: ID.logical, nullable: true },
        ],
        objects: [
          {
            kind: 'xml schema collection',
            name: '[dbo].[c]',
            statements: ['create xml schema collection …'],
            stage: 'before tables',
          },
          { kind: 'CLR type', name: '[dbo].[Point]', statements: ['create type …'], stage: 'before tables' },
        ],
      },
    )
    expect(texts(plan(source).statements.tables)).toEqual([
      'create xml schema collection …',
      'create type …',
      'create type [dbo].[Phone] from varchar(14) null',
      'create table [dbo].[T] (\n  [p] [dbo].[Phone] not null,\n  [x] xml(content [dbo].[c]) not null,\n  [k] [dbo].[Point] not null\n)',
    ])
  })

  it.each<readonly [string, string, Column]>([
    [
      'varbinary(max)',
      'ciphertext',
      withFacts(
        'c',
        'nvarchar(11)',
        { encryption: 'randomized' },
        { logical: { kind: 'binary', length: null, fixed: false, content: 'encrypted' } },
      ),
    ],
    [
      'varbinary(max)',
      'CLR type',
      column('c', '[dbo].[Point]', { logical: { kind: 'binary', length: null, fixed: false, content: 'clr' } }),
    ],
    ['nvarchar(max)', 'no type json', column('c', 'json', { logical: { kind: 'json' } })],
  ])('%s, with a word about it, when it cannot be what it was (%s)', (type, word, source) => {
    const planned = plan(model([table([source])]), { builtInTypes: ['int', 'nvarchar', 'varbinary'] })
    expect(planned.tables[0]!.columns[0]).toMatchObject({ name: 'c', type, exact: true })
    expect(messages(planned)).toEqual([expect.stringContaining(word)])
  })

  it('without its collation where the target does not know it, and says so', () => {
    const source = column('n', 'nvarchar(10)', { native: { declaration: 'nvarchar(10)', collation: 'Klingon_CI_AS' } })
    const planned = plan(model([table([source])]), { collations: ['greek_ci_as'] })
    expect(planned.statements.tables[0]!.sql).toContain('[n] nvarchar(10) not null')
    expect(messages(planned)).toEqual([
      '[dbo].[T].[n] has the collation of the database: the target does not know Klingon_CI_AS',
    ])
  })
})

describe('a table', () => {
  it('has the settings of its time, its storage and its column set', () => {
    const native: NativeFacts = {
      columnSet: { name: 'all of it', position: 1 },
      compression: 'page',
      ansiNullsOff: true,
      lockEscalation: 'auto',
      textInRow: 256,
      largeValuesOutOfRow: true,
    }
    const columns = [ID, withFacts('s', 'varchar(5)', { sparse: true, ansiPaddingOff: true }, { nullable: true })]
    expect(texts(plan(model([table(columns, { native })])).statements.tables)).toEqual([
      'set ansi_padding off\nset ansi_nulls off\ngo\ncreate table [dbo].[T] (\n  [id] int not null,\n  [all of it] xml column_set for all_sparse_columns,\n  [s] varchar(5) sparse null\n) with (data_compression = page)',
      'alter table [dbo].[T] set (lock_escalation = auto)',
      `exec sys.sp_tableoption N'[dbo].[T]', 'text in row', '256'`,
      `exec sys.sp_tableoption N'[dbo].[T]', 'large value types out of row', '1'`,
    ])
  })

  it.each<readonly [NativeFacts, string]>([
    [{ memoryOptimized: true }, 'is an ordinary table: a memory-optimized one needs a filegroup of the server'],
    [{ fileTable: true }, 'is an ordinary table: a FileTable needs FILESTREAM on the server'],
    [{ ledger: 'updatable' }, 'is an ordinary table: the server alone writes what makes a ledger'],
    [{ graph: 'edge' }, 'is an ordinary table: the server alone numbers the edges of a graph'],
    [{ filegroup: 'FG2' }, 'is made in the default filegroup; in the source it is in [FG2]'],
  ])('that is %o says what becomes of it', (native, message) => {
    expect(messages(plan(model([table([ID], { native })])))).toEqual([`[dbo].[T] ${message}`])
  })

  it('of edges without columns of their own has one that says so', () => {
    const made = plan(model([table([])]))
    expect(made.statements.tables[0]!.sql).toContain('[no columns] bit null')
    expect(messages(made)).toEqual(['[dbo].[T] has a column [no columns]: SQL Server has no table without'])
  })

  it('is made without its computed columns when the server refuses those', () => {
    const computed = column('c', 'int', { computed: { expression: { native: '([dbo].[f]([id]))' }, persisted: false } })
    const [create] = plan(model([table([ID, computed])])).statements.tables
    expect(create!.fallback).toEqual({
      sql: 'create table [dbo].[T] (\n  [id] int not null\n)',
      finding: {
        severity: 'lost',
        kind: 'computed column',
        object: '[dbo].[T]',
        message: 'its computed columns [c] are left out, the server refused them',
      },
    })
  })

  it('comes behind the functions that its expressions call, and what those call', () => {
    const f = {
      kind: 'function',
      schema: 'dbo',
      name: 'f',
      definition: 'create function dbo.f() returns int as begin return dbo.g() end',
    } as const
    const g = {
      kind: 'function',
      schema: 'dbo',
      name: 'g',
      definition: 'create function dbo.g() returns int as begin return 1 end',
    } as const
    const h = {
      kind: 'function',
      schema: 'dbo',
      name: 'h',
      definition: 'create function dbo.h() returns int as begin return 1 end',
    } as const
    const checked = table([ID], {
      checks: [
        { name: 'CK', systemNamed: false, expression: { native: '([id]>[dbo].[f]())' }, enabled: true, trusted: true },
      ],
    })
    const { tables, objects } = plan(model([checked], { modules: [h, g, f] })).statements
    expect(tables.map(({ object }) => object)).toEqual(['[dbo].[g]', '[dbo].[f]', '[dbo].[T]'])
    expect(objects.map(({ object }) => object)).toEqual(['[dbo].[h]'])
  })
})

it('defaults keep their names, unless the server made them up; bound ones are bound again', () => {
  const expression = { native: "(N'x')" }
  const columns = [
    column('a', 'int', { default: { name: 'DF_a', systemNamed: false, expression } }),
    column('b', 'int', { default: { name: 'DF__T__b__1', systemNamed: true, expression } }),
    withFacts(
      'c',
      'int',
      { boundDefault: { schema: 'dbo', name: 'zero' }, boundRule: { schema: 'dbo', name: 'rule' } },
      { default: { name: null, systemNamed: true, expression: { native: '0' } } },
    ),
  ]
  const zero = {
    kind: 'default',
    name: '[dbo].[zero]',
    statements: ['create default zero as 0'],
    stage: 'before tables',
  } as const
  const made = plan(model([table(columns)], { objects: [zero] }))
  expect(texts(made.statements.tables).slice(2)).toEqual([
    "alter table [dbo].[T] add constraint [DF_a] default (N'x') for [a]",
    "alter table [dbo].[T] add default (N'x') for [b]",
    `exec sys.sp_bindefault N'[dbo].[zero]', N'[dbo].[T].[c]'`,
  ])
  expect(messages(made)).toEqual(['[dbo].[T].[c] is not bound to its rule [dbo].[rule], which is left out'])
  const withoutObject = plan(model([table(columns)]))
  expect(texts(withoutObject.statements.tables).at(-1)).toBe('alter table [dbo].[T] add default (0) for [c]')
})

const key = (name: string, facts: Partial<Key> = {}): Key => ({
  name,
  systemNamed: false,
  columns: [
    { name: 'id', descending: false },
    { name: 'v', descending: true },
  ],
  clustered: false,
  ...facts,
})

const index = (name: string, facts: Partial<Index> = {}): Index => ({
  name,
  unique: false,
  clustered: false,
  method: 'btree',
  columns: [{ name: 'v', descending: false }],
  included: [],
  enabled: true,
  ...facts,
})

describe('keys and indexes', () => {
  it('come clustered first, then keys, then indexes, secondary ones last', () => {
    const source = table([ID, V], {
      primaryKey: key('PK'),
      uniqueKeys: [key('UQ', { systemNamed: true })],
      indexes: [
        index('XS', { method: 'xml', native: { usingXmlIndex: 'XP', secondaryType: 'PATH' } }),
        index('XP', { method: 'xml' }),
        index('CI', { clustered: true }),
      ],
    })
    expect(texts(plan(model([source])).statements.keys)).toEqual([
      'create clustered index [CI] on [dbo].[T] ([v])',
      'alter table [dbo].[T] add constraint [PK] primary key nonclustered ([id], [v] desc)',
      'alter table [dbo].[T] add unique nonclustered ([id], [v] desc)',
      'create primary xml index [XP] on [dbo].[T] ([v])',
      'create xml index [XS] on [dbo].[T] ([v]) using xml index [XP] for path',
    ])
  })

  it('over xml name neither a partition scheme nor the compression of rows', () => {
    const native = {
      partition: { scheme: 'ps', column: null },
      compression: 'page',
      xmlCompression: true,
      fillFactor: 80,
    }
    const source = table([ID, V], { indexes: [index('XP', { method: 'xml', native })] })
    expect(texts(plan(model([source])).statements.keys)).toEqual([
      'create primary xml index [XP] on [dbo].[T] ([v]) with (fillfactor = 80, xml_compression = on)',
    ])
  })

  it.each<readonly [string, Index]>([
    [
      'create unique nonclustered index [I] on [dbo].[T] ([v]) include ([d], [e]) where ([v]>(0)) with (pad_index = on, fillfactor = 80, ignore_dup_key = on, allow_row_locks = off, allow_page_locks = off, optimize_for_sequential_key = on, data_compression = row)',
      index('I', {
        unique: true,
        included: ['d', 'e'],
        filter: { native: '([v]>(0))' },
        native: {
          padIndex: true,
          fillFactor: 80,
          ignoreDuplicateKey: true,
          rowLocksOff: true,
          pageLocksOff: true,
          optimizeForSequentialKey: true,
          compression: 'row',
        },
      }),
    ],
    [
      'create clustered columnstore index [I] on [dbo].[T] order ([v]) with (compression_delay = 10, data_compression = columnstore_archive)',
      index('I', {
        method: 'columnstore',
        clustered: true,
        native: { columnstoreOrder: ['v'], compressionDelay: 10, compression: 'columnstore_archive' },
      }),
    ],
    [
      'create nonclustered columnstore index [I] on [dbo].[T] ([v]) where ([v]=(1))',
      index('I', { method: 'columnstore', filter: { native: '([v]=(1))' } }),
    ],
    [
      'create spatial index [I] on [dbo].[T] ([v]) using geometry_grid with (bounding_box = (0, -1.5, 100, 1e+21), grids = (level_1 = low, level_2 = medium, level_3 = high, level_4 = medium), cells_per_object = 16)',
      index('I', {
        method: 'spatial',
        native: {
          tessellation: 'GEOMETRY_GRID',
          xMin: 0,
          yMin: -1.5,
          xMax: 100,
          yMax: 1e21,
          grid1: 'LOW',
          grid2: 'MEDIUM',
          grid3: 'HIGH',
          grid4: 'MEDIUM',
          cellsPerObject: 16,
        },
      }),
    ],
    [
      'create spatial index [I] on [dbo].[T] ([v]) using geography_auto_grid with (cells_per_object = 12)',
      index('I', { method: 'spatial', native: { tessellation: 'GEOGRAPHY_AUTO_GRID', cellsPerObject: 12 } }),
    ],
    ['create nonclustered index [I] on [dbo].[T] ([v])', index('I', { method: 'hash', native: { bucketCount: 8 } })],
  ])('%s', (sql, source) => {
    expect(texts(plan(model([table([ID, V], { indexes: [source] })])).statements.keys)).toEqual([sql])
  })

  it('of a kind that the catalog does not tell all about are left out, with a word', () => {
    const indexes = [
      index('V', { method: 'vector' }),
      index('S', { method: 'xml', native: { xmlIndexType: 'SELECTIVE_XML' } }),
    ]
    expect(messages(plan(model([table([ID, V], { indexes })])))).toEqual([
      '[dbo].[T].[V] is left out: the catalog does not tell how it was made',
      '[dbo].[T].[S] is left out: the catalog does not tell how it was made',
    ])
  })

  it('of another engine that are of a kind of its own are left out, with a word', () => {
    const source = { ...model([table([ID, V], { indexes: [index('G', { method: 'gin' })] })]), dialect: 'postgres' }
    expect(messages(plan(source))).toContain('dbo.T.G is left out: SQL Server has no index of its kind, gin')
  })

  it('over what the server keeps for itself are left out, with a word', () => {
    const indexes = [index('G', { unique: true, columns: [{ name: 'graph_id_1', descending: false }] })]
    expect(messages(plan(model([table([ID], { indexes })])))).toEqual([
      '[dbo].[T].[G] is left out: it is over columns that the server keeps for itself',
    ])
  })

  it('are partitioned where the restore makes the scheme, and compressed by partition', () => {
    const native = { partition: { scheme: 'ps', column: 'v' }, compression: { page: [1, 3], row: [2] } }
    const source = table([ID, V], { primaryKey: key('PK', { clustered: true, native }) })
    const scheme = {
      kind: 'partition scheme',
      name: '[ps]',
      statements: ['create partition scheme …'],
      stage: 'before tables',
    } as const
    expect(texts(plan(model([source], { objects: [scheme] })).statements.keys)).toEqual([
      'alter table [dbo].[T] add constraint [PK] primary key clustered ([id], [v] desc) with (data_compression = page on partitions (1, 3), data_compression = row on partitions (2)) on [ps] ([v])',
    ])
    const without = plan(model([source]))
    expect(texts(without.statements.keys)).toEqual([
      'alter table [dbo].[T] add constraint [PK] primary key clustered ([id], [v] desc)',
    ])
    expect(messages(without)).toEqual(['[dbo].[T].[PK] is not partitioned: its scheme [ps] is left out'])
  })

  it('are disabled when all is there, but for a clustered one, without which nobody could read the table', () => {
    const source = table([ID, V], {
      uniqueKeys: [key('UQ', { systemNamed: true, native: { disabled: true } })],
      indexes: [index('CI', { clustered: true, enabled: false }), index('I', { enabled: false })],
    })
    const made = plan(model([source]))
    expect(texts(made.statements.references)).toEqual([
      'alter index [UQ] on [dbo].[T] disable',
      'alter index [I] on [dbo].[T] disable',
    ])
    expect(messages(made)).toEqual([
      '[dbo].[T].[CI] is enabled: without its clustered index the table could not be read',
    ])
  })
})

const foreignKey = (facts: Partial<ForeignKey> = {}): ForeignKey => ({
  name: 'FK',
  systemNamed: false,
  columns: ['b', 'a'],
  references: { schema: 'dbo', name: 'P', columns: ['y', 'x'] },
  onDelete: 'cascade',
  onUpdate: 'set default',
  enabled: true,
  trusted: true,
  ...facts,
})

describe('constraints', () => {
  const words = 'foreign key ([b], [a]) references [dbo].[P] ([y], [x]) on delete cascade on update set default'
  it.each<readonly [string, Partial<ForeignKey>, readonly string[]]>([
    ['verified', {}, [`alter table [dbo].[T] with check add constraint [FK] ${words}`]],
    ['not trusted', { trusted: false }, [`alter table [dbo].[T] with nocheck add constraint [FK] ${words}`]],
    [
      'disabled',
      { trusted: false, enabled: false, systemNamed: true },
      [
        `alter table [dbo].[T] with nocheck add constraint [FK] ${words}`,
        'alter table [dbo].[T] nocheck constraint [FK]',
      ],
    ],
    [
      'not for replication',
      { trusted: false, systemNamed: true, native: { notForReplication: true } },
      [`alter table [dbo].[T] with nocheck add ${words} not for replication`],
    ],
  ])('that are %s stay so', (_, facts, expected) => {
    expect(texts(plan(model([table([ID], { foreignKeys: [foreignKey(facts)] })])).statements.references)).toEqual(
      expected,
    )
  })

  it('that rows of the backup break are made all the same, not trusted', () => {
    const [made] = plan(model([table([ID], { foreignKeys: [foreignKey()] })])).statements.references
    expect(made!.fallback).toMatchObject({
      sql: `alter table [dbo].[T] with nocheck add constraint [FK] ${words}`,
      finding: { severity: 'changed', message: 'is not trusted: rows of the backup break it' },
    })
  })
})

it('a temporal table gets its period and its history when the rows of both are there', () => {
  const columns = [
    ID,
    withFacts('f', 'datetime2(7)', { generatedAlways: 'row start', hidden: true }),
    withFacts('t', 'datetime2(7)', { generatedAlways: 'row end' }),
  ]
  const temporal = { history: { schema: 'dbo', name: 'H' }, start: 'f', end: 't', retention: '6 month' }
  const { references } = plan(model([table(columns, { native: { temporal } })])).statements
  const turnOn = (check: string) =>
    `alter table [dbo].[T] set (system_versioning = on (history_table = [dbo].[H], data_consistency_check = ${check}, history_retention_period = 6 month))`
  expect(texts(references)).toEqual([
    'alter table [dbo].[T] add period for system_time ([f], [t])',
    'alter table [dbo].[T] alter column [f] add hidden',
    turnOn('on'),
  ])
  expect(references.at(-1)!.fallback!.sql).toBe(turnOn('off'))
})

describe('a sequence', () => {
  const sequence = {
    schema: 'dbo',
    name: 'S',
    native: { declaration: 'bigint' },
    logical: ID.logical,
    start: '5',
    increment: '-2',
    minimum: '-9',
    maximum: '99',
    cycle: true,
    cache: 0,
    lastValue: null,
  } as const
  const statements = (lastValue: string | null) =>
    plan(model([], { sequences: [{ ...sequence, lastValue }] })).statements

  it('is made as it was', () => {
    expect(texts(statements(null).tables)).toEqual([
      'create sequence [dbo].[S] as bigint start with 5 increment by -2 minvalue -9 maxvalue 99 cycle no cache',
    ])
    expect(statements(null).values).toEqual([])
  })

  it.each([
    ['1', '@range_size = 3'],
    ['5', '@range_size = 1'],
    ['2', 'alter sequence [dbo].[S] restart with 2\ndeclare @value bigint\nset @value = next value for [dbo].[S]'],
    ['99', 'alter sequence [dbo].[S] restart with 99'],
  ])('has given out %s', (lastValue, words) => {
    expect(statements(lastValue).values[0]!.sql).toContain(words)
  })
})

describe('a module', () => {
  const view = { kind: 'view', schema: 'dbo', name: 'v', definition: 'create view dbo.v as select "x" from t' } as const

  it('is its text, made under the settings of its time and by its true name', () => {
    const modules = [
      view,
      { ...view, name: 'w', native: { quotedIdentifierOff: true, ansiNullsOff: true } },
      { ...view, name: 'x', definition: null },
    ]
    const made = plan(model([], { modules }))
    expect(texts(made.statements.objects)).toEqual([
      'create view dbo.v as select "x" from t',
      'set ansi_nulls off\nset quoted_identifier off\ngo\ncreate view [dbo].[w] as select "x" from t',
    ])
    expect(messages(made)).toEqual(['[dbo].[x] is left out: the source did not show its text (WITH ENCRYPTION)'])
  })

  it('that is a disabled trigger is disabled again', () => {
    const trigger = {
      kind: 'trigger',
      schema: 'dbo',
      name: 'tr',
      definition: 'create trigger tr on T after insert as print 1',
      on: { schema: 'dbo', name: 'T' },
      native: { disabled: true },
    } as const
    expect(texts(plan(model([], { modules: [trigger] })).statements.objects)).toEqual([
      trigger.definition,
      'disable trigger [dbo].[tr] on [dbo].[T]',
    ])
  })
})

describe('schemas under another name', () => {
  it('are so everywhere, but for texts', () => {
    const source = model(
      [
        table(
          [
            column('a', 'int', {
              default: {
                name: null,
                systemNamed: true,
                expression: { native: `(NEXT VALUE FOR [dbo].[S]+len('dbo.x'))` },
              },
            }),
          ],
          {
            foreignKeys: [foreignKey({ trusted: false })],
          },
        ),
      ],
      {
        modules: [
          {
            kind: 'view',
            schema: 'dbo',
            name: 'v',
            definition: "create view v as select 'dbo.T' x from DBO.T -- dbo.T",
          },
        ],
      },
    )
    const made = plan(source, {}, { schemas: { dbo: 'new one' } })
    expect(texts(made.statements.tables)).toEqual([
      'create schema [new one]',
      'create table [new one].[T] (\n  [a] int not null\n)',
      `alter table [new one].[T] add default (NEXT VALUE FOR [new one].[S]+len('dbo.x')) for [a]`,
    ])
    expect(texts(made.statements.references)[0]).toContain('references [new one].[P]')
    expect(texts(made.statements.objects)).toEqual([
      "create view [new one].[v] as select 'dbo.T' x from [new one].T -- dbo.T",
    ])
    expect(made.tables[0]).toMatchObject({ schema: 'new one', name: 'T', policy: { migrated: false } })
  })

  it.each([{ text: {} }, { schemas: 7 }, { schemas: { dbo: 1 } }])('%o is no policy', (policy) => {
    expect(() => parsePolicy(policy, { dialect: 'mssql' })).toThrow(UsageError)
  })
})

describe('what exists', () => {
  it('is named as the restore names it, whatever the case of its name in a database that ignores case', () => {
    const objects = [{ kind: 'table', schema: 'DBO', name: 't' }] as const
    expect(plan(model([table([ID])]), { objects }).existing).toEqual(['[dbo].[T]'])
    expect(plan(model([table([ID])]), { objects, collation: 'Latin1_General_CS_AS' }).existing).toEqual([])
  })

  it('is told apart by kind: a type may have the name of a table, a partition function that of a user', () => {
    const objects = [
      { kind: 'type', schema: 'dbo', name: 'T' },
      { kind: 'partition function', schema: null, name: 'x' },
      { kind: 'partition scheme', schema: null, name: 'x' },
    ] as const
    const user = { kind: 'user', name: '[x]', statements: [], stage: 'before tables' } as const
    const scheme = { kind: 'partition scheme', name: '[x]', statements: [], stage: 'before tables' } as const
    expect(plan(model([table([ID])], { objects: [user, scheme] }), { objects }).existing).toEqual([
      'partition scheme [x]',
    ])
  })

  it('is refused when it is something else', () => {
    const objects = [{ kind: 'view', schema: 'dbo', name: 'T' }] as const
    expect(() => plan(model([table([ID])]), { objects })).toThrow(RefusedError)
  })
})

it('a model of another dialect is planned by what its types mean, and says what is left out', () => {
  const source = table(
    [
      column('id', 'serial', { identity: { seed: '1', increment: '1', lastValue: null } }),
      column('t', 'text', {
        logical: { kind: 'text', length: 20, unit: 'characters', fixed: false },
        default: { name: null, systemNamed: true, expression: { native: "'a'::text" } },
      }),
      column('d', 'numeric(50,2)', { logical: { kind: 'decimal', precision: 50, scale: 2 } }),
      column('i', 'timestamptz', { logical: { kind: 'instant', precision: 6 } }),
    ],
    { primaryKey: key('pk', { columns: [{ name: 'id', descending: false }] }) },
  )
  const made = plan({ ...model([source]), dialect: 'other' })
  expect(texts(made.statements.tables)).toEqual([
    'create table [dbo].[T] (\n  [id] int identity(1, 1) not null,\n  [t] nvarchar(40) collate Latin1_General_100_BIN2 not null,\n  [d] decimal(38,2) not null,\n  [i] datetimeoffset(6) not null\n)',
  ])
  expect(made.tables[0]!.columns.map(({ exact }) => exact)).toEqual([true, true, false, true])
  expect(texts(made.statements.keys)[0]).toContain('primary key clustered')
  expect(messages(made)).toEqual(["dbo.T.t is left out, its expression is not understood: 'a'::text"])
})
