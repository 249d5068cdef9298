import { expect, it } from 'vitest'
import type { LogicalType } from '../model/logical-type.ts'
import { AvroReader } from '../row/avro-reader.ts'
import { AvroWriter } from '../row/avro-writer.ts'
import { type Cell, writeCell } from '../row/cells.ts'
import { LossCounter } from './loss-counter.ts'

const TEXT: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false }

function readerOf(logical: LogicalType, cell: Exclude<Cell, null>): AvroReader {
  const writer = new AvroWriter()
  writeCell(writer, logical, cell)
  return new AvroReader(writer.bytes.subarray(0, writer.offset))
}

it('counts by kind, with samples of the first five of each', () => {
  const counter = new LossCounter<'cut' | 'rounded'>('c', { kind: 'integer', bits: 32, signed: true })
  for (let value = 0; value < 7; value++) {
    const from = readerOf({ kind: 'integer', bits: 32, signed: true }, value)
    counter.count(value === 6 ? 'rounded' : 'cut', from, 0)
    expect(from.offset).toBe(0)
  }
  expect(counter.list()).toEqual([
    { column: 'c', kind: 'cut', count: 6, samples: ['0', '1', '2', '3', '4'] },
    { column: 'c', kind: 'rounded', count: 1, samples: ['6'] },
  ])
})

it.each<[LogicalType, Exclude<Cell, null>, string]>([
  [TEXT, 'a\0b', '"a\\u0000b"'],
  [TEXT, '\ud800', '"\\ud800"'],
  [TEXT, 'x'.repeat(100), `"${'x'.repeat(80)}…"`],
  [BYTES, Buffer.from('00ff', 'hex'), '0x00ff'],
  [BYTES, Buffer.alloc(100), `0x${'0'.repeat(78)}…`],
  [{ kind: 'date' }, '0001-01-01', '0001-01-01'],
])('shows a value of %o for people', (logical, cell, sample) => {
  const counter = new LossCounter('c', logical)
  counter.count('changed', readerOf(logical, cell), 0)
  expect(counter.list().flatMap(({ samples }) => samples)).toEqual([sample])
})
