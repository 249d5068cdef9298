import { describe, expect, it } from 'vitest'
import { chooseLevel } from './snapshot-state.ts'

const ALLOWED = { state: 1, memoryOptimizedTables: 0 }

describe('the level that rows are read at', () => {
  it.each([
    ['snapshot', undefined, ALLOWED],
    ['none', undefined, { state: 0, memoryOptimizedTables: 0 }],
    ['none', undefined, { state: 1, memoryOptimizedTables: 2 }],
    ['none', undefined, { state: 2, memoryOptimizedTables: 0 }],
    ['none', undefined, { state: 3, memoryOptimizedTables: 0 }],
    ['none', undefined, undefined],
    ['snapshot', 'snapshot', ALLOWED],
    ['none', 'none', ALLOWED],
  ] as const)('is %s where %s was asked for and the database says %j', (level, asked, state) => {
    expect(chooseLevel(asked, state, 'Shop')).toBe(level)
  })
})

describe('a snapshot that was asked for and cannot be had', () => {
  it.each([
    [
      { state: 0, memoryOptimizedTables: 0 },
      'it has snapshot isolation off',
      /alter database \[Shop\] set allow_snapshot_isolation on/,
    ],
    [undefined, 'it has snapshot isolation off', /alter database/],
    [{ state: 3, memoryOptimizedTables: 0 }, 'snapshot isolation is still being switched on', /alter database/],
    [
      { state: 1, memoryOptimizedTables: 2 },
      'it has 2 memory-optimised tables, which snapshot isolation cannot read',
      /database-snapshot/,
    ],
  ] as const)('is refused: %j', (state, reason, hint) => {
    const refusal = () => chooseLevel('snapshot', state, 'Shop')
    expect(refusal).toThrow(`cannot read database [Shop] in one snapshot: ${reason}`)
    expect(refusal).toThrow(expect.objectContaining({ code: 'ALB_SOURCE', hint: expect.stringMatching(hint) }))
  })
})
