import type { Cell, Table } from '@albackup/core'
import { sampleColumn, sampleKey, sampleTable } from './tables.ts'

/** About 100 bytes a row, so that ten thousand of them are a block. */
export const MANY_ROWS_TABLE: Table = sampleTable(
  'sample',
  'many',
  [
    sampleColumn('number', { kind: 'integer', bits: 32, signed: true }),
    sampleColumn('big', { kind: 'integer', bits: 64, signed: true }, { nullable: true }),
    sampleColumn('amount', { kind: 'decimal', precision: 19, scale: 4 }),
    sampleColumn('moment', { kind: 'timestamp', precision: 3 }),
    sampleColumn('note', { kind: 'text', length: 200, unit: 'utf16', fixed: false }, { nullable: true }),
  ],
  { primaryKey: sampleKey('many pk', 'number') },
)

/** Rows of MANY_ROWS_TABLE, the same each time. */
export function* manyRows(count: number): Generator<readonly Cell[]> {
  for (let i = 0; i < count; i++) {
    const second = String(i % 60).padStart(2, '0')
    yield [
      i,
      i % 7 === 0 ? null : BigInt(i) * 1_000_000_007n,
      `${i % 2 === 0 ? '-' : ''}${i}.${String(i % 10_000).padStart(4, '0')}`,
      `2026-04-27 15:33:${second}.${String(i % 1000).padStart(3, '0')}`,
      i % 11 === 0 ? null : `note ${i} ${'·'.repeat(i % 40)}`,
    ]
  }
}
