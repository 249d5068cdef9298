import type { Column, Index, Key, Range, Table } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { type Catalog, CatalogViews } from './catalog/catalog.ts'
import { ServerError } from './server-errors.ts'
import { rangesBetween } from './split/boundary.ts'
import { chooseSteps } from './split/find-boundaries.ts'
import { keyForm } from './split/key-form.ts'
import { splitKey } from './split/split-key.ts'
import { split } from './split.ts'

function column(name: string, declaration: string, nullable = false, collation?: string): Column {
  const native = { declaration, ...(collation !== undefined && { collation }) }
  return { name, native, logical: { kind: 'integer', bits: 32, signed: true }, nullable }
}

const keyOf = (name: string, columns: readonly string[], clustered: boolean): Key => ({
  name,
  systemNamed: false,
  columns: columns.map((one) => ({ name: one, descending: false })),
  clustered,
})

const indexOf = (name: string, columns: readonly string[], more: Partial<Index> = {}): Index => ({
  name,
  unique: true,
  clustered: false,
  method: 'btree',
  columns: columns.map((one) => ({ name: one, descending: false })),
  included: [],
  enabled: true,
  ...more,
})

const HEAP: Table = {
  schema: 'dbo',
  name: 'T',
  columns: [
    column('a', 'int'),
    column('b', 'nvarchar(20)', false, 'Latin1_General_CI_AS'),
    column('n', 'int', true),
    column('x', 'xml'),
  ],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}

const BY_A: Table = { ...HEAP, primaryKey: keyOf('PK_T', ['a'], true) }
const BY_A_B: Table = { ...HEAP, primaryKey: keyOf('PK_T', ['a', 'b'], true) }

/** The first answer whose pattern fits; what was asked is kept. */
function catalogOf(answers: readonly (readonly [when: RegExp, rows: readonly object[] | Error])[]) {
  const asked: string[] = []
  const catalog: Catalog = {
    views: new CatalogViews(new Set(['dm_db_partition_stats.row_count'])),
    async query<Row>(sql: string) {
      asked.push(sql)
      const rows = answers.find(([when]) => when.test(sql))?.[1] ?? []
      if (rows instanceof Error) throw rows
      return rows as readonly Row[]
    },
  }
  return { catalog, asked }
}

/** A million rows of 100 bytes. */
const STATISTICS = [
  /dm_db_partition_stats/,
  [{ schema: 'dbo', name: 'T', rows: '1000000', bytes: '100000000' }],
] as const
const HAS_HISTOGRAMS = [/sys\.all_objects/, [{ name: 'dm_db_stats_histogram' }]] as const
const IN_ORDER = [/^select case/, [{ o0: 1, o1: 1, o2: 1 }]] as const
const QUARTER = 25_000_000

const predicates = (ranges: readonly (Range | null)[]) => ranges.map((range) => range?.predicate)

describe('the key a table is split by is', () => {
  it.each([
    [
      'the clustered one',
      {
        ...BY_A,
        primaryKey: keyOf('PK', ['b'], false),
        indexes: [indexOf('C', ['a'], { clustered: true, unique: false })],
      },
      'C',
    ],
    [
      'the primary key of a heap',
      { ...HEAP, primaryKey: keyOf('PK', ['a'], false), indexes: [indexOf('U', ['b'])] },
      'PK',
    ],
    ['a unique index without NULL', { ...HEAP, indexes: [indexOf('N', ['n']), indexOf('U', ['b'])] }, 'U'],
    ['a unique key', { ...HEAP, uniqueKeys: [keyOf('UQ', ['a'], false)] }, 'UQ'],
    ['nothing for a heap', HEAP, undefined],
    [
      'nothing where the index is only of some rows',
      { ...HEAP, indexes: [indexOf('F', ['a'], { filter: { native: '([a]>(0))' } })] },
      undefined,
    ],
    ['nothing where the index is disabled', { ...HEAP, indexes: [indexOf('D', ['a'], { enabled: false })] }, undefined],
    [
      'nothing where the key is disabled',
      { ...HEAP, primaryKey: { ...keyOf('PK', ['a'], true), native: { disabled: true } } },
      undefined,
    ],
    [
      'nothing for columns in a store of columns',
      { ...HEAP, indexes: [indexOf('CS', ['a'], { method: 'columnstore', clustered: true })] },
      undefined,
    ],
    ['nothing for a type without literals', { ...HEAP, uniqueKeys: [keyOf('UQ', ['x'], true)] }, undefined],
  ] as const)('%s', (_, table, index) => {
    expect(splitKey(table)?.index).toBe(index)
  })
})

describe('a value of a key is written so that it means the same again', () => {
  it.each([
    ['int', -5, "convert(int, '-5')"],
    ['bigint', '-9223372036854775808', "convert(bigint, '-9223372036854775808')"],
    ['decimal(38,10)', '-0.0000000001', "convert(decimal(38,10), '-0.0000000001')"],
    ['money', '-922337203685477.5808', "convert(money, convert(decimal(19,4), '-922337203685477.5808'))"],
    ['float', 0.1, "convert(float, '0.1')"],
    ['datetime', '2026-04-27 15:33:00.003', "convert(datetime, '2026-04-27 15:33:00.003', 121)"],
    [
      'datetimeoffset(7)',
      '2026-04-27 15:33:00.1234567 +02:00',
      "convert(datetimeoffset(7), '2026-04-27 15:33:00.1234567 +02:00', 121)",
    ],
    [
      'uniqueidentifier',
      '00112233-4455-6677-8899-AABBCCDDEEFF',
      "convert(uniqueidentifier, '00112233-4455-6677-8899-AABBCCDDEEFF')",
    ],
    ['varbinary(20)', Buffer.from('00ff', 'hex'), '0x00ff'],
    ['varbinary(20)', Buffer.alloc(0), '0x'],
    ['nvarchar(20)', "O'Größe 名", "convert(nvarchar(20), N'O''Größe 名' collate Latin1_General_CI_AS)"],
    ['nvarchar(20)', 'cut\u0000here', "convert(nvarchar(20), N'cut' collate Latin1_General_CI_AS)"],
    ['nvarchar(20)', 'lone\ud83d', "convert(nvarchar(20), N'lone' collate Latin1_General_CI_AS)"],
  ] as const)('%s %j', (declaration, value, literal) => {
    expect(keyForm(column('k', declaration, false, 'Latin1_General_CI_AS'))!.literal(value)).toBe(literal)
  })
})

describe('ranges', () => {
  it('have each row once, NULL in the first, the condition in each', () => {
    const key = splitKey({ ...HEAP, indexes: [indexOf('N', ['n'], { clustered: true })] })!
    expect(predicates(rangesBetween([{ first: '1' }, { first: '5' }], key, { predicate: 'a = 1 -- x' }))).toEqual([
      '([n] <= 1 or [n] is null) and (\na = 1 -- x\n)',
      '[n] > 1 and [n] <= 5 and (\na = 1 -- x\n)',
      '[n] > 5 and (\na = 1 -- x\n)',
    ])
  })

  it('go by two columns where one has too few values', () => {
    const boundaries = [
      { first: '1', second: "'b'" },
      { first: '1', second: "'m'" },
    ]
    expect(predicates(rangesBetween(boundaries, splitKey(BY_A_B)!, null))).toEqual([
      "[a] <= 1 and ([a] < 1 or [b] <= 'b')",
      "[a] >= 1 and ([a] > 1 or [b] > 'b') and [a] <= 1 and ([a] < 1 or [b] <= 'm')",
      "[a] >= 1 and ([a] > 1 or [b] > 'm')",
    ])
  })

  it('are the whole where there is no boundary', () => {
    const within = { predicate: 'a = 1' }
    expect(rangesBetween([], splitKey(BY_A)!, within)).toEqual([within])
    expect(rangesBetween([], splitKey(BY_A)!, null)).toEqual([null])
  })
})

it('steps of a histogram are put together into parts of about the same size', () => {
  const steps = [10, 20, 30, 40, 50, 60, 70, 80].map((value) => ({ value, rows: 10 }))
  expect(chooseSteps(steps, 4)).toEqual([20, 40, 60])
  expect(chooseSteps([{ value: 1, rows: 1000 }, ...steps], 40)).toEqual([1, 30, 60])
  expect(chooseSteps([{ value: null, rows: 50 }, ...steps], 2)).toEqual([20])
  expect(chooseSteps([], 4)).toEqual([])
})

describe('boundaries come', () => {
  it('from the histogram where the server has it, and nothing of the table is read', async () => {
    const steps = Array.from({ length: 100 }, (_, i) => ({ value: i, rows: 10_000 }))
    const { catalog, asked } = catalogOf([STATISTICS, HAS_HISTOGRAMS, [/stats_histogram\(i\./, steps], IN_ORDER])
    expect(predicates(await split(catalog, BY_A, QUARTER, null))).toEqual([
      "[a] <= convert(int, '24')",
      "[a] > convert(int, '24') and [a] <= convert(int, '49')",
      "[a] > convert(int, '49') and [a] <= convert(int, '74')",
      "[a] > convert(int, '74')",
    ])
    expect(asked.filter((sql) => sql.includes('from [dbo].[T]'))).toEqual([])
  })

  it('from a histogram of row versions as bytes, of which a sql_variant makes no rowversion', async () => {
    const table = { ...BY_A, columns: [column('a', 'rowversion')] }
    const steps = Array.from({ length: 100 }, (_, i) => ({ value: Buffer.of(0, 0, 0, 0, 0, 0, 0, i), rows: 10_000 }))
    const { catalog, asked } = catalogOf([STATISTICS, HAS_HISTOGRAMS, [/stats_histogram\(i\./, steps], IN_ORDER])
    expect(predicates(await split(catalog, table, QUARTER, null))[0]).toBe('[a] <= 0x0000000000000018')
    expect(asked.find((sql) => sql.includes('range_high_key'))).toContain('cast(h.range_high_key as binary(8))')
  })

  it.each([
    ['has none of it', [HAS_HISTOGRAMS]],
    ['does not show it', [HAS_HISTOGRAMS, [/stats_histogram\(i\./, new ServerError(229, 'denied')] as const]],
  ] as const)('from a sample where the server %s', async (_, lines) => {
    const sample = [/tablesample/, [{ v1: '250' }, { v1: '500' }, { v1: '750' }]] as const
    const { catalog, asked } = catalogOf([STATISTICS, ...lines, sample, IN_ORDER])
    expect(await split(catalog, BY_A, QUARTER, null)).toHaveLength(4)
    expect(asked.find((sql) => sql.includes('tablesample'))).toContain('tablesample (0.0800 percent)')
  })

  it('from a walk along both columns where the first has too few values', async () => {
    const few = [/tablesample/, [{ v1: '1' }, { v1: '1' }, { v1: '1' }]] as const
    const both = [/order by \[a\], \[b\]/, ['e', 'k', 'r'].map((v2) => ({ v1: '1', v2 }))] as const
    const { catalog } = catalogOf([STATISTICS, HAS_HISTOGRAMS, few, both, IN_ORDER])
    expect(predicates(await split(catalog, BY_A_B, QUARTER, null))[0]).toBe(
      "[a] <= convert(int, '1') and ([a] < convert(int, '1') or [b] <= convert(nvarchar(20), N'e' collate Latin1_General_CI_AS))",
    )
  })

  it('and are left out where the server says that they are not in order', async () => {
    const walk = [/s\.n %/, [{ v1: '5' }, { v1: '3' }, { v1: '7' }]] as const
    let rounds = 0
    const { catalog } = catalogOf([STATISTICS, walk])
    const judging: Catalog = {
      ...catalog,
      async query<Row>(sql: string) {
        if (!sql.startsWith('select case')) return catalog.query<Row>(sql)
        const judgement: readonly unknown[] = [rounds++ === 0 ? { o0: 0, o1: 1 } : { o0: 1 }]
        return judgement as readonly Row[]
      },
    }
    expect(predicates(await split(judging, BY_A, QUARTER, null))).toEqual([
      "[a] <= convert(int, '5')",
      "[a] > convert(int, '5') and [a] <= convert(int, '7')",
      "[a] > convert(int, '7')",
    ])
  })
})

describe('a table stays whole', () => {
  it.each([
    ['when it is small', BY_A, 200_000_000],
    ['when it has no key', HEAP, QUARTER],
  ])('%s', async (_, table, target) => {
    const { catalog } = catalogOf([STATISTICS])
    expect(await split(catalog, table, target, null)).toEqual([null])
  })

  it('within a condition that leaves few rows', async () => {
    const { catalog } = catalogOf([STATISTICS, [/count_big/, [{ rows: '1000' }]]])
    const within = { predicate: 'a < 1000' }
    expect(await split(catalog, BY_A, QUARTER, within)).toEqual([within])
  })
})
