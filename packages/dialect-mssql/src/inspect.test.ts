import {
  type Cell,
  encodeRows,
  type LogicalType,
  type MappingPolicy,
  type SchemaModel,
  type Table,
} from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { mssql } from './index.ts'

const TEXT: LogicalType = { kind: 'text', length: null, unit: 'characters', fixed: false }
const SHORT: LogicalType = { kind: 'text', length: 4, unit: 'characters', fixed: false }
const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false }
const DATE: LogicalType = { kind: 'date' }

type Rows = Readonly<Record<string, readonly (readonly Cell[])[]>>

async function findings(tables: readonly Table[], rows: Rows, policy: MappingPolicy = {}): Promise<readonly string[]> {
  const model: SchemaModel = { ...sampleModel(tables), dialect: 'postgres' }
  const plan = await mssql.planForEmpty!(model, policy)
  const inspection = await mssql.inspect!(plan)
  for (const table of plan.tables) {
    for await (const block of encodeRows(table.source, rows[table.source.name] ?? [])) inspection.take(table, block)
  }
  return inspection.findings().map(({ severity, object, message }) => `${severity} ${object} ${message}`)
}

const nullable = (name: string, logical: LogicalType) => sampleColumn(name, logical, { nullable: true })

describe('rows of another engine are looked at as their load would send them', () => {
  it('and nothing is said of what fits', async () => {
    const columns = [sampleColumn('id', INT), nullable('t', TEXT), nullable('d', DATE)]
    const table = sampleTable('public', 't', columns, { primaryKey: sampleKey('pk', 'id') })
    const rows = [
      [1, 'x'.repeat(200_000), '0001-01-01'],
      [2, '😀', '9999-12-31'],
      [3, null, null],
    ] as const
    expect(await findings([table], { t: rows })).toEqual([])
  })

  it('values without a place are counted, and told apart by what becomes of them', async () => {
    const table = sampleTable('public', 't', [
      nullable('d', DATE),
      sampleColumn('e', DATE),
      nullable('f', { kind: 'float', bits: 64 }),
    ])
    const rows = [
      ['infinity', '2026-01-01', 1],
      ['-0044-03-15', '-infinity', Number.NaN],
    ] as const
    expect(await findings([table], { t: rows })).toEqual([
      'lost public.t.d 2 values are beyond the range of the type, to be NULL (see mapping.time.beyond): infinity, -0044-03-15',
      'blocks public.t.e a value is beyond the range of the type, which ends the load (see mapping.time.beyond): -infinity',
      'lost public.t.f a value is no finite number, to be NULL (see mapping.notANumber): NaN',
    ])
    expect(await findings([table], { t: rows }, { time: { beyond: 'clamp' }, notANumber: 'error' })).toEqual([
      'lost public.t.d 2 values are beyond the range of the type, to be the nearest in it (see mapping.time.beyond): infinity, -0044-03-15',
      'lost public.t.e a value is beyond the range of the type, to be the nearest in it (see mapping.time.beyond): -infinity',
      'blocks public.t.f a value is no finite number, which ends the load (see mapping.notANumber): NaN',
    ])
  })

  it('a text that is no number ends the look at its table', async () => {
    const table = sampleTable('public', 't', [sampleColumn('n', TEXT)])
    const policy = { columns: { 'public.t.n': 'int' } }
    expect(await findings([table], { t: [['1'], ['one'], ['two']] }, policy)).toEqual([
      'blocks public.t column [n] has a value that the target cannot hold: "one" is no number; the rows after it were not looked at',
    ])
  })

  it('counts the rows up to the one that ends the look, and none after it', async () => {
    const table = sampleTable('public', 't', [sampleColumn('n', TEXT)])
    const plan = await mssql.planForEmpty!(
      { ...sampleModel([table]), dialect: 'postgres' },
      { columns: { 'public.t.n': 'int' } },
    )
    const inspection = await mssql.inspect!(plan)
    const counts: number[] = []
    for (const rows of [[['1'], ['one'], ['two']], [['4']]]) {
      for await (const block of encodeRows(table, rows)) counts.push(inspection.take(plan.tables[0]!, block))
    }
    expect(counts).toEqual([2, 0])
  })

  it('keys are the same that differ in blanks at their end, or in case where the collation ignores it', async () => {
    const table = sampleTable('public', 't', [sampleColumn('a', SHORT)], { primaryKey: sampleKey('pk', 'a') })
    const rows = [['a'], ['a '], ['A']] as const
    const same = (count: string, samples: string) =>
      `lost public.t.pk cannot be made: ${count} the key of another, for example ${samples}; --data-only ends there once --schema-only has made it`
    expect(await findings([table], { t: rows })).toEqual([same('a row has', '("a ")')])
    expect(await findings([table], { t: rows }, { text: { collation: 'Latin1_General_100_CI_AS' } })).toEqual([
      same('2 rows have', '("a "), ("A")'),
    ])
  })

  it('keys of bytes are the same that differ in zeros at their end', async () => {
    const table = sampleTable('public', 't', [sampleColumn('a', BYTES)], { primaryKey: sampleKey('pk', 'a') })
    const rows = [[Uint8Array.of(1)], [Uint8Array.of(1, 0)], [Uint8Array.of(0, 1)]] as const
    expect(await findings([table], { t: rows })).toEqual([
      'lost public.t.pk cannot be made: a row has the key of another, for example ("0x0100"); --data-only ends there once --schema-only has made it',
    ])
  })

  it('a unique key takes any number of rows with NULL', async () => {
    const table = sampleTable('public', 't', [nullable('a', SHORT)], { uniqueKeys: [sampleKey('u', 'a')] })
    expect(await findings([table], { t: [[null], [null], ['a']] })).toEqual([])
  })

  it('texts that are cut to be keys, entries that are too wide, and a clustered key that is not clustered', async () => {
    const columns = ['a', 'b'].map((name) => sampleColumn(name, TEXT))
    const table = sampleTable('public', 't', columns, { primaryKey: sampleKey('pk', 'a', 'b') })
    const long = 'x'.repeat(450)
    expect(await findings([table], { t: [[`${long}y`, 'b']] })).toEqual([
      `lost public.t.a a value is longer than the column has room for, to be cut (see mapping.columns): "${'x'.repeat(80)}…"`,
      'changed public.t.pk is nonclustered: an entry is longer than 900 bytes, up to 902',
    ])
    expect(await findings([table], { t: [[long, long]] })).toEqual([
      'lost public.t.pk is left out: an entry is longer than 900 bytes, up to 1800',
    ])
  })

  it('rows that take more than a page', async () => {
    const columns = Array.from({ length: 400 }, (_, i) => nullable(`c${i}`, TEXT))
    const table = sampleTable('public', 't', columns)
    const row = (value: Cell) => columns.map(() => value)
    expect(await findings([table], { t: [row('0123456789abcdef'), row('short'), row(null)] })).toEqual([
      'blocks public.t a row takes more than the 8060 bytes of a row, up to 10458, which ends the load',
    ])
  })

  it('keys of children that no parent has, as SQL Server compares them', async () => {
    const parent = sampleTable('public', 'p', [sampleColumn('id', TEXT)], { primaryKey: sampleKey('pk', 'id') })
    const child = sampleTable('public', 'c', [nullable('ref', TEXT)], {
      foreignKeys: [sampleForeignKey('fk', ['ref'], { schema: 'public', name: 'p', columns: ['id'] })],
    })
    expect(await findings([parent, child], { p: [['a']], c: [['a '], [null], ['b']] })).toEqual([
      'changed public.c.fk holds for new rows only: a key has no parent, as SQL Server compares them; --data-only ends there once --schema-only has made it',
    ])
  })

  it('foreign keys go with the key that they refer to', async () => {
    const parent = sampleTable('public', 'p', [sampleColumn('id', TEXT)], { primaryKey: sampleKey('pk', 'id') })
    const child = sampleTable('public', 'c', [nullable('ref', TEXT)], {
      foreignKeys: [sampleForeignKey('fk', ['ref'], { schema: 'public', name: 'p', columns: ['id'] })],
    })
    expect(await findings([parent, child], { p: [['a'], ['a ']], c: [['a']] })).toEqual([
      'lost public.p.pk cannot be made: a row has the key of another, for example ("a "); --data-only ends there once --schema-only has made it',
      'lost public.c.fk cannot be made: nor can pk, which it refers to',
    ])
  })

  it('and nothing is looked for in a backup of SQL Server', async () => {
    const table = sampleTable('dbo', 't', [sampleColumn('id', INT)], { primaryKey: sampleKey('pk', 'id') })
    const plan = await mssql.planForEmpty!({ ...sampleModel([table]), dialect: 'mssql' }, {})
    const inspection = await mssql.inspect!(plan)
    for await (const block of encodeRows(table, [[1], [1]])) {
      expect(inspection.take(plan.tables[0]!, block)).toBe(2)
    }
    expect(inspection.findings()).toEqual([])
    expect(() => inspection.take(plan.tables[0]!, { rows: 2, bytes: Uint8Array.of(2) })).toThrow(RangeError)
  })
})
