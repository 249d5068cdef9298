import { describe, expect, it } from 'vitest'
import type { LogicalType } from '../model/logical-type.ts'
import type { Column, Table } from '../model/schema-model.ts'
import { type Cell, encodeRows } from './cells.ts'
import { RowDigest } from './digest.ts'
import type { RowFacts } from './row-block.ts'
import { RowProjection, sameForm } from './row-projection.ts'
import { RowWalker } from './walk-rows.ts'

const INTEGER: LogicalType = { kind: 'integer', bits: 32, signed: true }
const VERSION: LogicalType = { kind: 'rowversion' }
const TEXT: LogicalType = { kind: 'text', length: 40, unit: 'utf16', fixed: false }

function column(name: string, logical: LogicalType, nullable = false): Column {
  return { name, native: { declaration: '' }, logical, nullable }
}

function table(...columns: readonly Column[]): Table {
  return { schema: 's', name: 't', columns, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
}

async function factsOf(of: Table, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<RowFacts> {
  const projection = new RowProjection(of, columns)
  const digest = new RowDigest()
  for await (const block of encodeRows(of, rows)) {
    projection.walk(block, ({ view, length }) => digest.addRow(view, 0, length))
  }
  return { rows: digest.rows, digest: digest.digest }
}

const VERSIONED = table(column('id', INTEGER), column('version', VERSION), column('name', TEXT))

describe('RowProjection', () => {
  it('gives the same facts whatever the columns that are left out hold', async () => {
    const rows = (version: number, name: string): readonly (readonly Cell[])[] => [
      [1, Buffer.alloc(8, version), 'ä'],
      [2, Buffer.alloc(8, version + 1), name],
    ]
    const facts = await factsOf(VERSIONED, ['id', 'name'], rows(1, 'b'))
    expect(await factsOf(VERSIONED, ['id', 'name'], rows(7, 'b').toReversed())).toEqual(facts)
    expect(await factsOf(VERSIONED, ['id', 'name'], rows(1, 'c'))).not.toEqual(facts)
  })

  it('gives the same facts whatever the order of the columns, and whether they are nullable', async () => {
    const turned = table(column('name', TEXT, true), column('id', INTEGER, true))
    const straight = table(column('id', INTEGER), column('name', TEXT, true))
    expect(
      await factsOf(
        turned,
        ['id', 'name'],
        [
          ['a', 1],
          [null, 2],
        ],
      ),
    ).toEqual(
      await factsOf(
        straight,
        ['id', 'name'],
        [
          [2, null],
          [1, 'a'],
        ],
      ),
    )
  })

  it('tells a null from an empty text, and a value from that of the next column', async () => {
    const of = table(column('a', TEXT, true), column('b', TEXT, true))
    const facts = await Promise.all(
      [[[null, 'x']], [['', 'x']], [['x', null]], [['x', '']]].map((rows) => factsOf(of, ['a', 'b'], rows)),
    )
    expect(new Set(facts.map(({ digest }) => digest)).size).toBe(4)
  })

  it('holds for values longer than its room', async () => {
    const long = 'x'.repeat(200_000)
    const one = await factsOf(VERSIONED, ['name'], [[1, Buffer.alloc(8), long]])
    const other = await factsOf(VERSIONED, ['name'], [[2, Buffer.alloc(8), `${long.slice(1)}y`]])
    expect([one.rows, one.digest === other.digest]).toEqual([1, false])
  })

  it('is that of whole rows when all columns are nullable and wanted', async () => {
    const of = table(column('a', TEXT, true), column('b', INTEGER, true))
    const rows = [
      ['x', 1],
      [null, null],
    ]
    const walker = new RowWalker(of)
    for await (const block of encodeRows(of, rows)) walker.walk(block)
    expect(await factsOf(of, ['a', 'b'], rows)).toEqual(walker.facts)
  })

  it('tells where each value ends', async () => {
    const ends: number[][] = []
    for await (const block of encodeRows(VERSIONED, [[1, Buffer.alloc(8), 'abc']])) {
      new RowProjection(VERSIONED, ['name', 'id']).walk(block, (row) => ends.push([...row.ends, row.length]))
    }
    // A mark, a length and three letters; a mark and a number of one byte.
    expect(ends).toEqual([[5, 7, 7]])
  })

  it('refuses bytes that are not whole rows', async () => {
    const bytes = Buffer.from([2, 0, 0])
    expect(() => new RowProjection(VERSIONED, ['id']).walk({ rows: 1, bytes }, () => {})).toThrow(RangeError)
    const projection = new RowProjection(table(column('id', INTEGER)), ['id'])
    expect(() => projection.walk({ rows: 1, bytes }, () => {})).toThrow('2 bytes follow the last row')
  })
})

describe('sameForm', () => {
  it.each<readonly [LogicalType, LogicalType, boolean]>([
    [TEXT, { kind: 'text', length: null, unit: 'bytes', fixed: true }, true],
    [INTEGER, { kind: 'integer', bits: 64, signed: true }, true],
    [{ kind: 'decimal', precision: 9, scale: 2 }, { kind: 'decimal', precision: 38, scale: 2 }, true],
    [{ kind: 'decimal', precision: 9, scale: 2 }, { kind: 'decimal', precision: 9, scale: 4 }, false],
    [{ kind: 'float', bits: 32 }, { kind: 'float', bits: 64 }, false],
    [{ kind: 'timestamp', precision: 3, step: '1/300 second' }, { kind: 'timestamp', precision: 0 }, true],
    [{ kind: 'timestamp', precision: 3 }, { kind: 'timestamp', precision: 6 }, false],
    [{ kind: 'time', precision: 7 }, { kind: 'time', precision: 6 }, false],
    [{ kind: 'timestamp', precision: 7 }, { kind: 'timestamp-offset', precision: 7 }, false],
    [TEXT, { kind: 'xml' }, false],
  ])('of %j and %j is %s', (one, other, same) => {
    expect(sameForm(column('a', one), column('b', other, true))).toBe(same)
  })
})
