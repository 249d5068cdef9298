import { type Cell, type LogicalType, RowWalker } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { avroRows, encodeForTarget } from '../../testing/encode-rows.ts'
import { column } from '../../testing/read-response.ts'
import { pair } from '../../testing/target-column.ts'
import type { ColumnPair } from './column-pair.ts'
import { RowEncoder } from './row-encoder.ts'
import { TdsWriter } from './tds-writer.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const ROWVERSION: LogicalType = { kind: 'rowversion' }
const NTEXT: LogicalType = { kind: 'text', length: 20, unit: 'utf16', fixed: false }

const PAIRS: readonly ColumnPair[] = [
  pair(column('id', INT, false), 'int'),
  { ...pair(column('v', ROWVERSION, false), 'binary(8)'), isSent: false, isCompared: false },
  { ...pair(column('begun', { kind: 'timestamp', precision: 7 }), 'datetime2(7)'), isCompared: false },
  { ...pair(column('w', NTEXT), 'nvarchar(20)'), isSent: false, isCompared: false },
  pair(column('t', NTEXT), 'nvarchar(20)'),
]

const STAMP = new Uint8Array(8)
const ROWS: readonly (readonly Cell[])[] = [
  [1, STAMP, '2026-04-27 00:00:00.0000000', 'left out', 'kept'],
  [2, STAMP, null, null, null],
]

async function factsOf(pairs: readonly ColumnPair[], rows: readonly (readonly Cell[])[]) {
  const columns = pairs.map(({ source }) => source)
  const walker = new RowWalker({
    schema: 'dbo',
    name: 'T',
    columns,
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  })
  for await (const block of avroRows(columns, rows)) walker.walk(block)
  return walker.facts
}

describe('the facts of a load', () => {
  it('are those of the backup where the table holds all of it', async () => {
    const pairs = [PAIRS[0]!, PAIRS[4]!]
    const rows = ROWS.map(([id, , , , t]) => [id!, t!])
    const { rows: count, digest } = await encodeForTarget(pairs, rows)
    expect({ rows: count, digest }).toEqual(await factsOf(pairs, rows))
  })

  it('are without the columns whose values the server makes', async () => {
    const { rows, digest, tokens } = await encodeForTarget(PAIRS, ROWS)
    const compared = ROWS.map(([id, , , , t]) => [id!, t!])
    expect({ rows, digest }).toEqual(await factsOf([PAIRS[0]!, PAIRS[4]!], compared))
    expect(tokens).toEqual(
      (
        await encodeForTarget(
          [PAIRS[0]!, PAIRS[2]!, PAIRS[4]!],
          ROWS.map(([id, , begun, , t]) => [id!, begun!, t!]),
        )
      ).tokens,
    )
  })
})

describe('rows that are not what the table says', () => {
  const encode = (bytes: Uint8Array, rows: number) => {
    const encoder = new RowEncoder([pair(column('t', NTEXT), 'nvarchar(20)')])
    return () => [...encoder.encode({ rows, bytes }, new TdsWriter(encoder.rowBound))]
  }

  it('are refused when bytes are left', () => {
    expect(encode(Buffer.from('02026100', 'hex'), 1)).toThrow('a block of 1 rows has 4 bytes, its rows end at 3')
  })

  it('are refused when a value runs beyond its block', () => {
    expect(encode(Buffer.from('020461', 'hex'), 1)).toThrow('a value of 2 bytes at 2 runs beyond its block of 3 bytes')
  })

  it('are refused when rows are missing', () => {
    expect(encode(Buffer.from('020261', 'hex'), 2)).toThrow(RangeError)
  })
})
