import { readFile } from 'node:fs/promises'
import { type Cell, encodeRows, type LogicalType, type MappingPolicy, type Table, UsageError } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { postgres } from './index.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()

const integer = (bits: 8 | 16 | 32 | 64): LogicalType => ({ kind: 'integer', bits, signed: bits > 8 })
const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const text = (length: number | null, fixed = false): LogicalType => ({ kind: 'text', length, unit: 'utf16', fixed })

/** A table with one column of the type, called s.t.c. */
function oneColumn(logical: LogicalType): Table {
  return sampleTable('s', 't', [sampleColumn('c', logical, { nullable: true })])
}

describe('a type that the mapping asks for', () => {
  it.each<[LogicalType, string, readonly (readonly [Cell, string])[]]>([
    [
      { kind: 'boolean' },
      'smallint',
      [
        [true, '1'],
        [false, '0'],
      ],
    ],
    [
      integer(8),
      'integer',
      [
        [0, '0'],
        [255, '255'],
      ],
    ],
    [integer(32), 'bigint', [[-2147483648, '-2147483648']]],
    [integer(64), 'integer', [[2147483647n, '2147483647']]],
    [
      integer(32),
      'boolean',
      [
        [0, 'false'],
        [1, 'true'],
      ],
    ],
    [
      integer(64),
      'numeric(21,2)',
      [
        [-(2n ** 63n), '-9223372036854775808.00'],
        [0n, '0.00'],
      ],
    ],
    [decimal(19, 4), 'numeric', [['-922337203685477.5808', '-922337203685477.5808']]],
    [
      decimal(19, 4),
      'numeric(12,2)',
      [
        ['1.5000', '1.50'],
        ['-0.1000', '-0.10'],
        ['0.0000', '0.00'],
      ],
    ],
    [decimal(9, 0), 'integer', [['-999999999', '-999999999']]],
    [decimal(19, 4), 'bigint', [['12.0000', '12']]],
    [decimal(5, 2), 'text', [['-1.50', '-1.50']]],
    [
      { kind: 'float', bits: 32 },
      'double precision',
      [
        [0.5, '0.5'],
        [-0, '-0'],
      ],
    ],
    [
      { kind: 'date' },
      'timestamp',
      [
        ['0001-01-01', '0001-01-01 00:00:00'],
        ['2026-11-23', '2026-11-23 00:00:00'],
      ],
    ],
    [
      { kind: 'timestamp', precision: 3 },
      'date',
      [
        ['1753-01-01 00:00:00.000', '1753-01-01'],
        ['2026-11-23 00:00:00.000', '2026-11-23'],
      ],
    ],
    [{ kind: 'timestamp', precision: 7 }, 'date', [['1969-12-31 00:00:00.0000000', '1969-12-31']]],
    [{ kind: 'timestamp', precision: 3 }, 'timestamp(6)', [['2026-11-23 01:02:03.004', '2026-11-23 01:02:03.004']]],
    [{ kind: 'uuid' }, 'text', [['6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff']]],
    [
      { kind: 'timestamp-offset', precision: 7 },
      'text',
      [['2026-04-27 15:33:00.1234567 -00:30', '2026-04-27 15:33:00.1234567 -00:30']],
    ],
    [
      { kind: 'binary', length: 16, fixed: true },
      'uuid',
      [[Buffer.alloc(16, 0xab), 'abababab-abab-abab-abab-abababababab']],
    ],
    [{ kind: 'rowversion' }, 'bigint', [[Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1), '2001']]],
    [text(20), 'text', [['é ', 'é ']]],
    [text(4, true), 'varchar(4)', [['ab  ', 'ab  ']]],
    [
      text(null),
      'varchar(5)',
      [
        ['12345', '12345'],
        ['éééé😀', 'éééé😀'],
      ],
    ],
    [{ kind: 'variant' }, 'text', [['{"type":"int","value":"1"}', '{"type": "int", "value": "1"}']]],
  ])('%j becomes %s, and the proof holds', async (logical, type, values) => {
    await using test = await openTarget()
    const policy = { columns: { 's.t.c': type } }
    const [table] = (await test.createTables(sampleModel([oneColumn(logical)]), policy)).tables
    expect(table!.columns[0]!.type).toBe(type)
    const sent = await test.load(table!, [...values.map(([cell]) => [cell]), [null]], true)
    expect(await test.rows('select c::text from s.t')).toEqual([...values.map(([, held]) => [held]), [null]])
    expect(await test.target.digest(table!)).toEqual({ rows: sent.rows, digest: sent.digest })
  })

  it.each<[LogicalType, string, Cell, RegExp]>([
    [integer(64), 'integer', 2147483648n, /2147483648 is beyond 32 bits/],
    [integer(32), 'boolean', 2, /2 is neither 0 nor 1/],
    [decimal(19, 4), 'numeric(12,2)', '1.0050', /1\.0050 is no numeric\(12,2\)/],
    [decimal(19, 4), 'numeric(6,4)', '100.0000', /100\.0000 is no numeric\(6,4\)/],
    [decimal(19, 4), 'bigint', '1.5000', /1\.5000 is no whole number/],
    [text(null), 'varchar(5)', '123456', /it has 6 characters, and 5 are allowed/],
    [{ kind: 'binary', length: 16, fixed: false }, 'uuid', Buffer.alloc(3), /it has 3 bytes, not 16/],
  ])('%j as %s refuses a value that does not fit, and the plan knows before', async (logical, type, cell, reason) => {
    await using test = await openTarget()
    const policy = { columns: { 's.t.c': type } }
    const table = oneColumn(logical)
    const plan = await test.createTables(sampleModel([table]), policy)
    await expect(test.load(plan.tables[0]!, [[cell]])).rejects.toThrow(reason)
    expect(await test.rows('select count(*) from s.t')).toEqual([['0']])
    const inspection = await postgres.inspect!(plan)
    for await (const block of encodeRows(table, [[cell]])) inspection.take(plan.tables[0]!, block)
    expect(inspection.findings()).toEqual([
      expect.objectContaining({ severity: 'blocks', message: expect.stringMatching(reason) }),
    ])
  })

  it('counts a time of day that a date gives up', async () => {
    await using test = await openTarget()
    const policy = { types: { timestamp: 'date' } }
    const table = oneColumn({ kind: 'timestamp', precision: 3 })
    const [planned] = (await test.createTables(sampleModel([table]), policy)).tables
    const sent = await test.load(planned!, [['1969-12-31 23:59:59.999'], ['2000-01-01 00:00:00.000']])
    expect(await test.rows('select c::text from s.t')).toEqual([['1969-12-31'], ['2000-01-01']])
    expect(sent.losses).toEqual([{ column: 'c', kind: 'time-of-day', count: 1, samples: ['1969-12-31 23:59:59.999'] }])
    expect(await test.target.digest(planned!)).toEqual({ rows: 2, digest: sent.digest })
  })

  it.each<[LogicalType, string, string]>([
    [text(20), 'integer', 'the values of "c", text(20,utf16,false), have no sure counterpart in integer'],
    [{ kind: 'float', bits: 64 }, 'numeric', 'the values of "c", float(64), have no sure counterpart in numeric'],
    [integer(32), 'money', '"money" is no type that values can be converted to'],
    [integer(32), 'text); drop table x', '"text); drop table x" is no type that values can be converted to'],
    [integer(32), 'numeric(5,9)', '"numeric(5,9)" is no type that values can be converted to'],
  ])('%j as %s is refused before anything is there', async (logical, type, reason) => {
    const plan = async () => postgres.planForEmpty!(sampleModel([oneColumn(logical)]), { columns: { 's.t.c': type } })
    await expect(plan).rejects.toThrow(UsageError)
    await expect(plan).rejects.toThrow(`cannot use setting "mapping.columns.s.t.c": ${reason}`)
  })

  it('of a column goes before that of its type, and a declaration before its first word', async () => {
    const model = sampleModel([
      sampleTable('s', 't', [
        sampleColumn('a', decimal(9, 2), { native: { declaration: 'decimal(9,2)' } }),
        sampleColumn('b', decimal(9, 3), { native: { declaration: 'decimal(9,3)' } }),
        sampleColumn('c', decimal(9, 3), { native: { declaration: 'decimal(9,3)' } }),
      ]),
    ])
    const types = { decimal: 'numeric', 'decimal(9,2)': 'Decimal (10, 2)' }
    const { tables } = await postgres.planForEmpty!(model, { types, columns: { 's.t.c': 'text' } })
    expect(tables[0]!.columns.map(({ type }) => type)).toEqual(['numeric(10,2)', 'numeric', 'text'])
  })
})

describe('texts that the source compared without case', () => {
  const caseless: LogicalType = {
    kind: 'text',
    length: 10,
    unit: 'utf16',
    fixed: false,
    comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
  }
  const model = sampleModel([
    sampleTable('s', 't', [sampleColumn('a', caseless), sampleColumn('b', caseless, { nullable: true })], {
      primaryKey: sampleKey('pk', 'a'),
      uniqueKeys: [sampleKey('uq', 'b')],
      checks: [
        {
          name: 'ck',
          systemNamed: false,
          enabled: true,
          trusted: true,
          expression: {
            native: "([a]='x')",
            meaning: {
              kind: 'binary',
              operator: '<>',
              left: { kind: 'column', name: 'a' },
              right: { kind: 'literal', value: { type: 'text', text: 'x', unicode: false } },
            },
          },
        },
      ],
    }),
  ])

  async function restored(ignoreCase: string) {
    const test = await openTarget()
    const plan = await test.createTables(model, { text: { ignoreCase } })
    const sent = await test.load(
      plan.tables[0]!,
      [
        ['Ärger', 'One'],
        ['b', null],
      ],
      true,
    )
    const findings = [
      ...(await test.target.createSchema(plan, 'keys')),
      ...(await test.target.createSchema(plan, 'references')),
    ]
    const proof = await test.target.digest(plan.tables[0]!)
    expect([findings, proof]).toEqual([[], { rows: sent.rows, digest: sent.digest }])
    const insert = (a: string, b: string) =>
      test.rows(`insert into s.t (a, b) values ('${a}', '${b}')`).then(
        () => 'taken',
        (error: Error) => /unique|check|too long/.exec(error.message)?.[0] ?? error.message,
      )
    return { test, plan, insert }
  }

  it.each([
    ['lower', 'varchar(10)'],
    ['citext', '"public".citext'],
    ['icu', 'varchar(10) collate "s"."albackup_ignore_case"'],
  ])('stay unique whatever the case by %s', async (ignoreCase, type) => {
    const { test, plan, insert } = await restored(ignoreCase)
    await using _test = test
    expect(plan.tables[0]!.columns[0]!.type).toBe(type)
    expect([await insert('B', 'other'), await insert('c', 'ONE'), await insert('c', 'two')]).toEqual([
      'unique',
      'unique',
      'taken',
    ])
    expect(await insert('X', 'three')).toBe('check')
    expect(await insert('12345678901', 'four')).toMatch(/too long|check/)
    expect(await test.rows(`select count(*) from s.t where a = 'B'`)).toEqual([[ignoreCase === 'lower' ? '0' : '1']])
  })

  it('are told apart by none, and the plan says so', async () => {
    const { test, plan, insert } = await restored('none')
    await using _test = test
    expect(await insert('B', 'ONE')).toBe('taken')
    expect(plan.findings.map(({ message }) => message)).toContain(
      'tells upper from lower case in a, which the source did not; mapping.text.ignoreCase can keep that',
    )
  })

  it('that are the same to the target are found before', async () => {
    const rows = [
      ['x', null],
      ['X', null],
    ]
    const found = async (ignoreCase: string) => {
      const plan = await postgres.planForEmpty!(model, { text: { ignoreCase } } as MappingPolicy)
      const inspection = await postgres.inspect!(plan)
      for await (const block of encodeRows(model.tables[0]!, rows)) inspection.take(plan.tables[0]!, block)
      return inspection.findings().map(({ kind, object }) => `${kind} ${object}`)
    }
    expect(await found('none')).toEqual([])
    expect(await found('citext')).toEqual(['primary key s.t.pk'])
    expect(await found('lower')).toEqual(['index s.t.pk whatever the case'])
  })
})

describe('a hierarchyid', () => {
  const table = oneColumn({ kind: 'binary', length: 892, fixed: false, content: 'hierarchyid' })
  const values = ['', '58', '5ac0', '62c0', '3f80'].map((hex) => Buffer.from(hex, 'hex'))

  it.each([
    ['path', 'text', ['/', '/1/', '/1/1/', '/1.1/', '/-1/', null]],
    ['ltree', '"public".ltree', ['', '1', '1.1', '1_1', 'm1', null]],
  ])('is kept as %s, and the proof holds', async (hierarchyid, type, held) => {
    await using test = await openTarget()
    const [planned] = (await test.createTables(sampleModel([table]), { hierarchyid })).tables
    expect(planned!.columns[0]!.type).toBe(type)
    const sent = await test.load(planned!, [...values.map((value) => [value]), [null]], true)
    expect(await test.rows('select c::text from s.t')).toEqual(held.map((one) => [one]))
    expect(await test.target.digest(planned!)).toEqual({ rows: sent.rows, digest: sent.digest })
  })

  it('that SQL Server would not write is counted as a path, and refused as an ltree', async () => {
    await using test = await openTarget()
    const odd = [[Buffer.of(0xff)]]
    const [path] = (await test.createTables(sampleModel([table]), { hierarchyid: 'path' })).tables
    expect((await test.load(path!, odd)).losses).toEqual([
      expect.objectContaining({ kind: 'no-hierarchyid', count: 1 }),
    ])
    expect(await test.rows('select c from s.t')).toEqual([['0xff']])
    await using other = await openTarget()
    const [ltree] = (await other.createTables(sampleModel([table]), { hierarchyid: 'ltree' })).tables
    await expect(other.load(ltree!, odd)).rejects.toThrow('0xff is no path that SQL Server writes')
  })
})

describe('places', () => {
  const spatial = (content: string): LogicalType => ({ kind: 'binary', length: null, fixed: false, content })
  const model = sampleModel([
    sampleTable('s', 't', [sampleColumn('a', spatial('geometry')), sampleColumn('b', spatial('geography'))]),
  ])

  it('are refused by PostGIS where there is none', async () => {
    await using test = await openTarget()
    await expect(test.target.plan(model, { spatial: 'postgis' })).rejects.toThrow(
      'cannot use setting "mapping.spatial": this server has no extension postgis',
    )
  })

  it('become types of PostGIS, but for columns that are to keep their bytes', async () => {
    const { tables, statements } = await postgres.planForEmpty!(model, {
      spatial: 'postgis',
      columns: { 's.t.b': 'bytea' },
    })
    expect(tables[0]!.columns.map(({ type, exact }) => [type, exact])).toEqual([
      ['"public".geometry', false],
      ['bytea', true],
    ])
    expect(statements.tables.map(({ sql }) => sql)).toContain('create extension if not exists postgis schema public')
  })
})

describe('a rowversion', () => {
  const table = sampleTable(
    's',
    't',
    [
      sampleColumn('id', integer(32)),
      sampleColumn('version', { kind: 'rowversion' }, { nullable: true }),
      sampleColumn('note', text(9)),
    ],
    { primaryKey: sampleKey('pk', 'id'), uniqueKeys: [sampleKey('uq', 'version')] },
  )

  it('is left out where the mapping says so, with what stands on it, and the proof holds', async () => {
    await using test = await openTarget()
    const plan = await test.createTables(sampleModel([table]), { rowversion: 'none' })
    const version = Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1)
    const sent = await test.load(plan.tables[0]!, [
      [1, version, 'a'],
      [2, null, 'b'],
    ])
    expect(await test.rows('select * from s.t')).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
    expect(await test.target.digest(plan.tables[0]!)).toEqual({ rows: sent.rows, digest: sent.digest })
    expect(plan.findings.map(({ severity, object, message }) => `${severity} ${object}: ${message}`)).toEqual([
      'lost s.t.version: is left out, as the mapping says',
      'lost s.t.uq: is left out, one of its columns is',
    ])
  })

  it('is kept as a number where its column is to be one', async () => {
    const { tables } = await postgres.planForEmpty!(sampleModel([table]), {
      rowversion: 'none',
      types: { rowversion: 'bigint' },
    })
    expect(tables[0]!.columns[1]).toMatchObject({ type: 'bigint', exact: true })
  })
})

describe('all settings at once', () => {
  const caseless: LogicalType = {
    kind: 'text',
    length: 10,
    unit: 'utf16',
    fixed: false,
    comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
  }
  const parents = sampleTable(
    'dbo',
    'OrderHeads',
    [
      sampleColumn('OrderCode', caseless),
      sampleColumn('PlacedAt', { kind: 'timestamp-offset', precision: 7 }),
      sampleColumn('Freight', decimal(19, 4), { native: { declaration: 'money' } }),
      sampleColumn('Any', { kind: 'variant' }),
      sampleColumn('Path', { kind: 'binary', length: 892, fixed: false, content: 'hierarchyid' }),
      sampleColumn('Version', { kind: 'rowversion' }),
    ],
    { primaryKey: sampleKey('PK_OrderHeads', 'OrderCode'), comment: 'Heads.' },
  )
  const children = sampleTable(
    'dbo',
    'Order Lines',
    [
      sampleColumn('LineID', integer(32), { identity: { seed: '1', increment: '1', lastValue: '7' } }),
      sampleColumn('OrderCode', caseless),
      sampleColumn(
        'Active',
        { kind: 'boolean' },
        {
          native: { declaration: 'bit' },
          default: {
            name: 'DF_Active',
            systemNamed: false,
            expression: { native: '((1))', meaning: { kind: 'literal', value: { type: 'integer', digits: '1' } } },
          },
        },
      ),
    ],
    {
      primaryKey: sampleKey('PK_Lines', 'LineID'),
      uniqueKeys: [sampleKey('UQ_Lines', 'OrderCode')],
      foreignKeys: [
        sampleForeignKey('FK_Lines', ['OrderCode'], { schema: 'dbo', name: 'OrderHeads', columns: ['OrderCode'] }),
      ],
    },
  )
  const common = {
    schemas: { dbo: 'shop' },
    names: 'snake_case',
    rename: { 'dbo.Order Lines': 'lines', 'dbo.Order Lines.LineID': 'Number' },
    types: { money: 'numeric(12,4)', bit: 'smallint' },
    columns: { 'dbo.Order Lines.LineID': 'bigint' },
    datetimeoffset: 'utc',
    variant: 'text',
    rowversion: 'none',
  }

  it.each([
    [{ ignoreCase: 'icu' }, 'ltree'],
    [{ ignoreCase: 'citext' }, 'path'],
    [{ ignoreCase: 'lower' }, 'path'],
  ])('make a database that holds every row, with %j and %s', async (folding, hierarchyid) => {
    await using test = await openTarget()
    const plan = await test.createTables(sampleModel([parents, children]), { ...common, text: folding, hierarchyid })
    const variant = '{"type":"int","value":"1"}'
    const at = '2026-01-02 03:04:05.0000000 +01:00'
    const sent = [
      await test.load(plan.tables[0]!, [['Ab1', at, '12.3400', variant, Buffer.of(0x58), Buffer.alloc(8)]]),
      await test.load(plan.tables[1]!, [[3, 'Ab1', true]]),
    ]
    for (const part of ['keys', 'references', 'values', 'objects'] as const) {
      expect(await test.target.createSchema(plan, part)).toEqual([])
    }
    const proof = [await test.target.digest(plan.tables[0]!), await test.target.digest(plan.tables[1]!)]
    expect(proof).toEqual(sent.map(({ rows, digest }) => ({ rows, digest })))
    expect(sent.map(({ losses }) => losses.map(({ kind }) => kind))).toEqual([['offset'], []])
    expect(
      await test.rows('select order_code, placed_at::text, freight, "any", path::text from shop.order_heads'),
    ).toEqual([
      [
        'Ab1',
        '2026-01-02 02:04:05+00',
        '12.3400',
        '{"type": "int", "value": "1"}',
        hierarchyid === 'path' ? '/1/' : '1',
      ],
    ])
    expect(
      await test.rows(`insert into shop.lines (order_code, active) values ('Ab2', 0) returning "Number"`).catch(String),
    ).toMatch(/foreign key/)
    expect(plan.findings.filter(({ kind }) => kind === 'default')).toEqual([
      {
        severity: 'lost',
        kind: 'default',
        object: 'dbo.Order Lines.Active',
        message: 'is left out, its column has the type smallint in the target: ((1))',
      },
    ])
  })
})

it('has the defaults that the documentation shows', async () => {
  const page = await readFile(new URL('../../../docs/type-mapping.md', import.meta.url), 'utf8')
  const [, shown] = /```json\n(\{\n {2}"mapping"[^`]*)```/.exec(page) ?? []
  expect(JSON.parse(shown!).mapping).toEqual(DEFAULT_POLICY)
})
