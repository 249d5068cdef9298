import { type Cell, encodeRows, type LogicalType, type Table } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { postgres } from '../index.ts'
import { usePostgres } from '../testing/test-target.ts'

const openTarget = usePostgres()

const text = (length: number): LogicalType => ({ kind: 'text', length, unit: 'utf16', fixed: false })

const wide = (name: string, kinds: readonly LogicalType[], columns: number): Table =>
  sampleTable(
    's',
    name,
    Array.from({ length: columns }, (_, i) => sampleColumn(`c${i}`, kinds[i % kinds.length]!, { nullable: true })),
  )

async function inspected(table: Table, row: readonly Cell[]) {
  const plan = await postgres.planForEmpty!(sampleModel([table]), {})
  const inspection = await postgres.inspect!(plan)
  for await (const block of encodeRows(table, [row])) inspection.take(plan.tables[0]!, block)
  return inspection.findings()
}

describe('a row that is too long', () => {
  it.each<readonly [string, readonly (readonly [LogicalType, Cell])[]]>([
    ['numbers', [[{ kind: 'decimal', precision: 19, scale: 4 }, '922337203685477.5807']]],
    [
      'small values',
      [
        [{ kind: 'boolean' }, true],
        [{ kind: 'timestamp', precision: 0 }, '2024-01-01 00:00:00'],
        [{ kind: 'integer', bits: 16, signed: true }, 7],
      ],
    ],
    [
      'texts',
      [
        [text(30), 'x'.repeat(23)],
        [text(30), 'x'.repeat(24)],
        [{ kind: 'date' }, '2024-01-01'],
      ],
    ],
    [
      'offsets and NULLs',
      [
        [{ kind: 'timestamp-offset', precision: 3 }, '2024-01-01 00:00:00.000 +02:00'],
        [{ kind: 'uuid' }, '00000000-0000-0000-0000-000000000001'],
        [text(30), null],
      ],
    ],
  ])('of many %s is found exactly where the server refuses it', async (_, cells) => {
    await using test = await openTarget()
    const kinds = cells.map(([kind]) => kind)
    const rowOf = (columns: number) => Array.from({ length: columns }, (_, i) => cells[i % cells.length]![1])
    const blocks = async (columns: number) => (await inspected(wide('t', kinds, columns), rowOf(columns))).length > 0
    let [fits, tooMany] = [1, 1600]
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2)
      if (await blocks(middle)) tooMany = middle
      else fits = middle
    }
    const models = [wide('fits', kinds, fits), wide('too long', kinds, tooMany)]
    const { tables } = await test.createTables(sampleModel(models))
    expect((await test.load(tables[0]!, [rowOf(fits)])).rows).toBe(1)
    await expect(test.load(tables[1]!, [rowOf(tooMany)])).rejects.toThrow('row is too big')
  })

  it('blocks the restore', async () => {
    const table = wide('t', [{ kind: 'float', bits: 64 }], 1024)
    expect(await inspected(table, Array(1024).fill(0.5))).toEqual([
      {
        severity: 'blocks',
        kind: 'table',
        object: 's.t',
        message: 'a row is longer than 8160 bytes, up to 8216, however much of it is kept apart; that ends the load',
      },
    ])
  })
})
