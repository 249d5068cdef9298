import type { JobEvent } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { Terminal } from '../terminal/terminal.ts'
import { LiveReporter, liveLine } from './live-reporter.ts'
import { PlainReporter } from './plain-reporter.ts'
import { Progress } from './progress.ts'
import { countOf, formatBytes, formatCount, formatMoment, formatSeconds } from './quantities.ts'

function clock() {
  let time = 0
  return { now: () => time, pass: (seconds: number) => (time += seconds) }
}

function terminal(isTTY: boolean) {
  const written: string[] = []
  const stderr = { isTTY, columns: 200, write: (text: string) => written.push(text) }
  return { written, terminal: new Terminal({ stdout: stderr, stderr, environment: { NO_COLOR: '1' }, json: false }) }
}

const expect40: JobEvent = { type: 'expect', tables: 40, rows: 2_000_000, bytes: 400_000_000 }

describe('quantities', () => {
  it('are written for people', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567'])
    expect([0, 1, 999, 1000, 45_230, 999_949, 999_950, 1e9, 2.5e15].map(formatBytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 kB',
      '45.2 kB',
      '999.9 kB',
      '1.0 MB',
      '1.0 GB',
      '2.5 PB',
    ])
    expect([0, 0.04, 9.94, 9.96, 59.4, 59.6, 125, 3599.6, 3720, 360_000].map(formatSeconds)).toEqual([
      '0.0 s',
      '0.0 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 00 min',
      '1 h 02 min',
      '100 h 00 min',
    ])
    expect([countOf(1, 'row'), countOf(2000, 'row')]).toEqual(['1 row', '2,000 rows'])
    expect(formatMoment(new Date(2026, 3, 7, 5, 3, 9))).toBe('2026-04-07 05:03:09')
  })
})

describe('Progress', () => {
  it('knows nothing before it is told what to expect', () => {
    const progress = new Progress(clock().now)
    progress.apply({ type: 'stage', stage: 'reflect' })
    expect(progress.state()).toEqual({
      stage: 'reflect',
      current: [],
      tablesDone: 0,
      tables: 0,
      rows: 0,
      rowsPerSecond: 0,
      fraction: null,
      secondsLeft: null,
    })
  })

  it('adds up tables that are read at once', () => {
    const { now, pass } = clock()
    const progress = new Progress(now)
    progress.apply(expect40)
    progress.apply({ type: 'table-begin', table: 'a' })
    progress.apply({ type: 'table-begin', table: 'b' })
    for (let second = 0; second < 10; second++) {
      progress.apply({ type: 'progress', table: second % 2 ? 'a' : 'b', rows: 100_000, bytes: 10_000_000 })
      pass(1)
    }
    progress.apply({ type: 'table-end', table: 'a', rows: 500_000, bytes: 50_000_000, seconds: 9 })
    const state = progress.state()
    expect(state).toMatchObject({ current: ['b'], tablesDone: 1, tables: 40, rows: 1_000_000, rowsPerSecond: 100_000 })
    expect(state.fraction).toBeCloseTo((0.5 + 0.25) / 2)
    expect(state.secondsLeft).toBeCloseTo((10 * 0.625) / 0.375)
    expect(progress.rowsOf('b')).toBe(500_000)
  })

  it('counts only the last ten seconds for the speed', () => {
    const { now, pass } = clock()
    const progress = new Progress(now)
    progress.apply(expect40)
    for (let second = 0; second < 60; second++) {
      pass(1)
      progress.apply({ type: 'progress', table: 'a', rows: second < 40 ? 1000 : 10, bytes: 1 })
    }
    expect(progress.state().rowsPerSecond).toBeCloseTo(10)
  })

  it('never says more than all, and begins anew with the next thing to expect', () => {
    const progress = new Progress(clock().now)
    progress.apply({ type: 'expect', tables: 1, rows: 10, bytes: 0 })
    progress.apply({ type: 'progress', table: 'a', rows: 50, bytes: 5 })
    expect(progress.state().fraction).toBe(1)
    progress.apply({ type: 'expect', tables: 2, rows: 10, bytes: 10 })
    expect(progress.state()).toMatchObject({ rows: 0, fraction: 0, current: [], tables: 2 })
  })
})

describe('LiveReporter', () => {
  it('says stage, tables, rows, speed, share and time left in one line', () => {
    expect(
      liveLine({
        stage: 'load rows',
        current: ['dbo.Orders', 'dbo.Big'],
        tablesDone: 3,
        tables: 40,
        rows: 1_234_567,
        rowsPerSecond: 512_345,
        fraction: 0.4367,
        secondsLeft: 125,
      }),
    ).toBe(
      'load rows  3/40 tables  dbo.Orders  and 1 more  1,234,567 rows  512,345 rows/s  43 %  about 2 min 05 s left',
    )
  })

  it('draws ten times a second at most and leaves no line behind', () => {
    const { written, terminal: screen } = terminal(true)
    const { now, pass } = clock()
    {
      using reporter = new LiveReporter(screen, now)
      reporter.onEvent({ type: 'stage', stage: 'read rows' })
      for (let event = 0; event < 100; event++) {
        pass(0.01)
        reporter.onEvent({ type: 'progress', table: 'a', rows: 1, bytes: 1 })
      }
    }
    expect(written.length).toBeLessThanOrEqual(12)
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })
})

describe('PlainReporter', () => {
  it('writes a line for each stage and each finished table', () => {
    const { written, terminal: log } = terminal(false)
    using reporter = new PlainReporter(log, clock().now, () => new Date(2026, 3, 27, 15, 33))
    const events: JobEvent[] = [
      { type: 'stage', stage: 'read rows' },
      expect40,
      { type: 'table-begin', table: 'dbo.Orders' },
      { type: 'progress', table: 'dbo.Orders', rows: 830, bytes: 45_200 },
      { type: 'table-end', table: 'dbo.Orders', rows: 830, bytes: 45_200, seconds: 0.31 },
    ]
    for (const event of events) reporter.onEvent(event)
    expect(written).toEqual([
      '2026-04-27 15:33:00 read rows\n',
      '2026-04-27 15:33:00 40 tables, about 2,000,000 rows, 400.0 MB\n',
      '2026-04-27 15:33:00 dbo.Orders: 830 rows, 45.2 kB, 0.3 s\n',
    ])
  })

  it('writes once a minute of a table that takes long', () => {
    const { written, terminal: log } = terminal(false)
    const { now, pass } = clock()
    using reporter = new PlainReporter(log, now, () => new Date(2026, 3, 27))
    reporter.onEvent(expect40)
    reporter.onEvent({ type: 'table-begin', table: 'big' })
    for (let second = 0; second < 150; second++) {
      pass(1)
      reporter.onEvent({ type: 'progress', table: 'big', rows: 10_000, bytes: 2_000_000 })
    }
    expect(written.slice(1)).toEqual([
      '2026-04-27 00:00:00 big: 600,000 rows so far, 10,000 rows/s in all, 30 %, about 2 min 20 s left\n',
      '2026-04-27 00:00:00 big: 1,200,000 rows so far, 10,000 rows/s in all, 60 %, about 1 min 20 s left\n',
    ])
  })
})
