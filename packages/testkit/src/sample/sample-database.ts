import { type Cell, fullName, type LogicalType, type SchemaModel, type Table } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from './tables.ts'
import { TYPE_SAMPLES, type TypeSample } from './type-samples.ts'

/** A model and the rows of its tables, by `schema.table`. */
export interface SampleDatabase {
  readonly model: SchemaModel
  readonly rows: ReadonlyMap<string, readonly (readonly Cell[])[]>
}

const INTEGER: LogicalType = { kind: 'integer', bits: 32, signed: true }
const NAME: LogicalType = { kind: 'text', length: 100, unit: 'utf16', fixed: false }
const MONEY: LogicalType = { kind: 'decimal', precision: 19, scale: 4 }

/** One column of each sample type, each once not nullable and once nullable, under a number as the primary key. */
export function everyTypeTable(samples: readonly TypeSample[] = TYPE_SAMPLES): Table {
  const columns = samples.flatMap(({ name, logical }) => [
    sampleColumn(name, logical),
    sampleColumn(`${name} or null`, logical, { nullable: true }),
  ])
  return sampleTable('sample', 'every type', [sampleColumn('number', INTEGER), ...columns], {
    primaryKey: sampleKey('every type pk', 'number'),
  })
}

/** Each value of each sample at least once, and NULL in every column that takes it. */
export function everyTypeRows(samples: readonly TypeSample[] = TYPE_SAMPLES): readonly (readonly Cell[])[] {
  const longest = Math.max(...samples.map(({ cells }) => cells.length))
  const row = (i: number) =>
    samples.flatMap(({ cells }, sample) => [
      cells[i % cells.length]!,
      (i + sample) % 3 === 0 ? null : cells[i % cells.length]!,
    ])
  const nulls = samples.flatMap(({ cells }) => [cells[0]!, null])
  return [...Array.from({ length: longest }, (_, i) => [i, ...row(i)]), [longest, ...nulls]]
}

const MAKERS: Table = sampleTable(
  'sample',
  'makers',
  [
    sampleColumn('id', INTEGER, { identity: { seed: '1', increment: '1', lastValue: '3' } }),
    sampleColumn('name', NAME),
    sampleColumn('owner', INTEGER, { nullable: true, comment: 'The maker that owns this one.' }),
  ],
  {
    primaryKey: sampleKey('makers pk', 'id'),
    uniqueKeys: [sampleKey('makers name', 'name')],
    foreignKeys: [sampleForeignKey('makers owner', ['owner'], { schema: 'sample', name: 'makers', columns: ['id'] })],
    comment: 'Who makes things; a maker may belong to another.',
  },
)

const THINGS: Table = sampleTable(
  'sample',
  'things',
  [sampleColumn('maker', INTEGER), sampleColumn('number', INTEGER), sampleColumn('price', MONEY, { nullable: true })],
  {
    primaryKey: sampleKey('things pk', 'maker', 'number'),
    foreignKeys: [sampleForeignKey('things maker', ['maker'], { schema: 'sample', name: 'makers', columns: ['id'] })],
    indexes: [
      {
        name: 'things by price',
        unique: false,
        clustered: false,
        method: 'btree',
        columns: [{ name: 'price', descending: true }],
        included: [],
        enabled: true,
      },
    ],
  },
)

const PARTS: Table = sampleTable(
  'other schema',
  'things',
  [
    sampleColumn('id', INTEGER),
    sampleColumn('maker', INTEGER, { nullable: true }),
    sampleColumn('thing', INTEGER, { nullable: true }),
  ],
  {
    primaryKey: sampleKey('parts pk', 'id'),
    foreignKeys: [
      sampleForeignKey('parts thing', ['maker', 'thing'], {
        schema: 'sample',
        name: 'things',
        columns: ['maker', 'number'],
      }),
    ],
  },
)

const EMPTY: Table = sampleTable('sample', `nothing ']"\` in 😀 it`, [sampleColumn('only', NAME, { nullable: true })])

/** Every type, a self reference, a composite foreign key with NULLs, the same name in two schemas, an empty table. No orphans. */
export function sampleDatabase(): SampleDatabase {
  const everyType = everyTypeTable()
  const rows: readonly (readonly [Table, readonly (readonly Cell[])[]])[] = [
    [
      PARTS,
      [
        [1, 1, 1],
        [2, 3, 1],
        [3, 1, null],
        [4, null, null],
        [5, null, 99],
      ],
    ],
    [everyType, everyTypeRows()],
    [
      MAKERS,
      [
        [1, 'Ada', null],
        [2, 'Größe & Co', 1],
        [3, '名前', 2],
      ],
    ],
    [EMPTY, []],
    [
      THINGS,
      [
        [1, 1, '0.0000'],
        [1, 2, '-922337203685477.5808'],
        [3, 1, null],
      ],
    ],
  ]
  return {
    model: sampleModel(rows.map(([table]) => table)),
    rows: new Map(rows.map(([table, cells]) => [fullName(table), cells])),
  }
}

/** `rows` with orphans: one thing without its maker, two parts without their thing. */
export function withOrphans({ model, rows }: SampleDatabase): SampleDatabase {
  const more = new Map(rows)
  more.set(fullName(THINGS), [...(rows.get(fullName(THINGS)) ?? []), [77, 1, null]])
  more.set(fullName(PARTS), [...(rows.get(fullName(PARTS)) ?? []), [6, 1, 3], [7, 78, 1]])
  return { model, rows: more }
}

/** What a check of `withOrphans(sampleDatabase())` finds. */
export const ORPHANS: readonly { readonly foreignKey: string; readonly rows: number }[] = [
  { foreignKey: 'parts thing', rows: 2 },
  { foreignKey: 'things maker', rows: 1 },
]
