import { describe, expect, it } from 'vitest'
import type { LogicalType } from '../model/logical-type.ts'
import type { Table } from '../model/schema-model.ts'
import { type Cell, decodeRows, encodeRows } from './cells.ts'
import { RowWalker } from './walk-rows.ts'

const nines = '9'.repeat(38)
const text: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }

const values: readonly (readonly [LogicalType, readonly Exclude<Cell, null>[]])[] = [
  [{ kind: 'boolean' }, [true, false]],
  [{ kind: 'integer', bits: 8, signed: false }, [0, 255]],
  [{ kind: 'integer', bits: 16, signed: true }, [-32768, 32767]],
  [{ kind: 'integer', bits: 32, signed: true }, [-2147483648, 2147483647]],
  [{ kind: 'integer', bits: 64, signed: true }, [-(2n ** 63n), 2n ** 63n - 1n, 0n]],
  [{ kind: 'decimal', precision: 38, scale: 0 }, [nines, `-${nines}`, '0']],
  [{ kind: 'decimal', precision: 38, scale: 38 }, [`0.${nines}`, `-0.${nines}`, `0.${'0'.repeat(37)}1`]],
  [
    { kind: 'decimal', precision: 19, scale: 4 },
    ['-922337203685477.5808', '922337203685477.5807', '0.0000', '-0.0001'],
  ],
  [{ kind: 'float', bits: 64 }, [-0, 5e-324, 1.7976931348623157e308, 0.1]],
  [{ kind: 'float', bits: 32 }, [-0, 0.5, 3.4028234663852886e38]],
  [{ kind: 'date' }, ['0001-01-01', '1969-12-31', '1970-01-01', '2000-02-29', '9999-12-31']],
  [{ kind: 'date' }, ['-4712-01-01', '-0004-02-29', '0000-03-01', '5874897-12-31', 'infinity', '-infinity']],
  [{ kind: 'timestamp', precision: 3 }, ['infinity', '-infinity', '-0043-03-15 12:00:00.123']],
  [{ kind: 'instant', precision: 6 }, ['infinity', '-infinity', '294246-12-31 23:59:59.999999Z']],
  [{ kind: 'instant', precision: 0 }, ['294247-01-10 04:00:54Z', '294247-01-10 04:00:55Z', '-4713-11-24 00:00:00Z']],
  [
    { kind: 'timestamp', precision: 6 },
    ['775806', '775807', '775808', '775809'].map((micros) => `294247-01-10 04:00:54.${micros}`),
  ],
  [{ kind: 'timestamp', precision: 6 }, ['294276-12-31 23:59:59.999999', 'infinity', '-infinity']],
  [{ kind: 'timestamp', precision: 3 }, ['294276-12-31 23:59:59.999']],
  [{ kind: 'time', precision: 6 }, ['24:00:00.000000']],
  [{ kind: 'decimal', precision: 4, scale: 2 }, ['NaN', '99.99', '10.00', '-99.99']],
  [{ kind: 'decimal', precision: 4, scale: 4 }, ['NaN', '0.9999', '0.1000']],
  [{ kind: 'decimal', precision: 1, scale: 0 }, ['NaN', '9', '1']],
  [{ kind: 'time', precision: 0 }, ['00:00:00', '23:59:59']],
  [{ kind: 'time', precision: 6 }, ['00:00:00.000001', '23:59:59.999999']],
  [{ kind: 'time', precision: 7 }, ['00:00:00.0000001', '23:59:59.9999999']],
  [{ kind: 'timestamp', precision: 0 }, ['1900-01-01 00:00:00', '2079-06-06 23:59:00']],
  [{ kind: 'timestamp', precision: 3 }, ['1753-01-01 00:00:00.000', '9999-12-31 23:59:59.997']],
  [{ kind: 'timestamp', precision: 6 }, ['0001-01-01 00:00:00.000001', '9999-12-31 23:59:59.999999']],
  [{ kind: 'timestamp', precision: 7 }, ['0001-01-01 00:00:00.0000001', '9999-12-31 23:59:59.9999999']],
  [
    { kind: 'timestamp-offset', precision: 7 },
    ['0001-01-01 14:00:00.0000000 +14:00', '9999-12-31 09:59:59.9999999 -14:00', '2026-04-27 15:33:00.1234567 +05:30'],
  ],
  [{ kind: 'timestamp-offset', precision: 2 }, ['2026-04-27 15:33:00.12 -00:30']],
  [{ kind: 'instant', precision: 6 }, ['1969-12-31 23:59:59.999999Z']],
  [{ kind: 'uuid' }, ['00000000-0000-0000-0000-000000000000', '6f9619ff-8b86-d011-b42d-00c04fc964ff']],
  [text, ['', 'a', 'Größe', '名前', '😀', 'nul \0 inside', '\ud800', 'a\udc00b', '\udc00\ud800', 'x'.repeat(9000)]],
  [{ kind: 'xml' }, ['<a/>']],
  [{ kind: 'json' }, ['{"a":1}']],
  [{ kind: 'binary', length: null, fixed: false }, [Uint8Array.of(), Uint8Array.of(0, 255), new Uint8Array(70_000)]],
  [{ kind: 'rowversion' }, [Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 209)]],
  [{ kind: 'variant' }, ['{"type":"decimal(5,2)","value":"-1.50"}']],
]

function tableOf(type: LogicalType, nullable: boolean): Table {
  const column = { name: 'v', native: { declaration: type.kind }, logical: type, nullable }
  return { schema: 's', name: 't', columns: [column], uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
}

async function roundTrip(table: Table, rows: readonly (readonly Cell[])[]): Promise<Cell[][]> {
  const result: Cell[][] = []
  for await (const row of decodeRows(table, encodeRows(table, rows))) result.push(row)
  return result
}

describe('cells', () => {
  it.each(values.map(([type, cells]) => ({ name: JSON.stringify(type), type, cells })))(
    'of $name come back as they were, null too',
    async ({ type, cells }) => {
      const rows = cells.map((cell) => [cell])
      expect(await roundTrip(tableOf(type, false), rows)).toEqual(rows)
      const withNull = [[null], ...rows, [null]]
      expect(await roundTrip(tableOf(type, true), withNull)).toEqual(withNull)
    },
  )

  it.each(values.map(([type, cells]) => ({ name: JSON.stringify(type), type, cells })))(
    'of $name can be walked, and the walk gives the facts of the blocks',
    async ({ type, cells }) => {
      const table = tableOf(type, true)
      const walker = new RowWalker(table)
      let digest = 0n
      for await (const block of encodeRows(table, [...cells.map((cell) => [cell]), [null]])) {
        walker.walk(block)
        digest += block.digest
      }
      expect(walker.facts).toEqual({ rows: cells.length + 1, digest: BigInt.asUintN(64, digest) })
    },
  )

  it.each([
    ['null in a column that has none', tableOf({ kind: 'boolean' }, false), [null]],
    ['too many cells', tableOf({ kind: 'boolean' }, false), [true, false]],
    ['a boolean for text', tableOf(text, false), [true]],
    ['256 for an unsigned byte', tableOf({ kind: 'integer', bits: 8, signed: false }, false), [256]],
    ['2^63 for a long', tableOf({ kind: 'integer', bits: 64, signed: true }, false), [2n ** 63n]],
    ['a digit too many', tableOf({ kind: 'decimal', precision: 4, scale: 2 }, false), ['100.00']],
    ['a day that is none', tableOf({ kind: 'date' }, false), ['2026-02-30']],
    ['a month that is none', tableOf({ kind: 'date' }, false), ['2026-13-05']],
    ['a month before the first', tableOf({ kind: 'date' }, false), ['2026-00-05']],
    ['an eighth digit', tableOf({ kind: 'time', precision: 3 }, false), ['00:00:00.1234']],
    ['seven bytes for a rowversion', tableOf({ kind: 'rowversion' }, false), [new Uint8Array(7)]],
  ])('refuse %s', async (_, table, row) => {
    await expect(roundTrip(table, [row])).rejects.toThrow(RangeError)
  })

  it('of many rows make blocks of about 1 MiB', async () => {
    const table = tableOf(text, false)
    const sizes: number[] = []
    const rows = Array.from({ length: 40 }, () => ['x'.repeat(100_000)])
    for await (const block of encodeRows(table, rows)) sizes.push(block.bytes.length)
    expect(sizes.length).toBe(4)
    expect(Math.max(...sizes)).toBeLessThan(1_300_000)
  })
})
