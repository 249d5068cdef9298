import type { TableProof } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import type { DumpReport } from '../jobs/dump-database.ts'
import type { RestoreReport } from '../jobs/restore-backup.ts'
import { alignColumns } from './align-columns.ts'
import { dumpSummary } from './dump-summary.ts'
import { proofSummary } from './proof-summary.ts'
import { restoreSummary } from './restore-summary.ts'

const dumped: DumpReport = {
  backup: '/b/Northwind@db1--20260427-1533',
  source: 'mssql://sa@db1/Northwind',
  tables: 13,
  rows: 3308,
  bytes: 812_000,
  seconds: 1.2,
  consistency: { level: 'snapshot', verdict: 'all rows are of one moment' },
  leftBehind: Array.from({ length: 7 }, (_, i) => ({ kind: 'synonym', name: `[dbo].[s${i}]`, reason: 'not a table' })),
}

const restored: RestoreReport = {
  backup: '/b/Northwind@db1--20260427-1533',
  target: 'postgres://owner@pg1/northwind',
  tables: 2,
  rows: 1_000_000,
  seconds: 2.5,
  perTable: [
    { source: 'dbo.A', target: '"dbo"."A"', rows: 999_999, proven: true },
    { source: 'dbo.B', target: '"dbo"."B"', rows: 1, proven: true },
  ],
  findings: [
    { severity: 'info', kind: 'index', object: 'dbo.A.i1', message: 'clustered means nothing here' },
    { severity: 'lost', kind: 'default', object: 'dbo.A.d', message: 'newsequentialid() is not translated' },
    { severity: 'changed', kind: 'column', object: 'dbo.A.c', message: 'money is numeric(19,4)' },
    { severity: 'info', kind: 'index', object: 'dbo.A.i2', message: 'the same' },
    { severity: 'info', kind: 'index', object: 'dbo.A.i3', message: 'the same' },
    { severity: 'info', kind: 'index', object: 'dbo.A.i4', message: 'the same' },
  ],
  valuesAltered: 1201,
  losses: [
    { table: 'dbo.A', column: 't', kind: 'seventh-digit', count: 1200, samples: ['23:59:59.9999999', '"b"', 'c', 'd'] },
    { table: 'dbo.B', column: 'n', kind: 'nul-character', count: 1, samples: [`a\u0000${'b'.repeat(80)}`] },
  ],
  violations: [{ table: 'dbo.B', foreignKey: 'FK_B_A', rows: 1, samples: ['(17)'] }],
  proven: true,
  missing: [],
  unattainable: [],
  notCompared: ['default of table dbo.A: column a: the target does not show it'],
  advice: [],
}

describe('dumpSummary', () => {
  it('shows what is most worth knowing', () => {
    expect(dumpSummary(dumped, false)).toEqual([
      'dumped mssql://sa@db1/Northwind',
      '  into /b/Northwind@db1--20260427-1533',
      '  13 tables, 3,308 rows, 812.0 kB, 1.2 s, 2,757 rows/s',
      '  consistency: all rows are of one moment',
      '  left behind: 7 objects',
      ...[0, 1, 2, 3, 4].map((i) => `    synonym [dbo].[s${i}]: not a table`),
      '    and 2 more; see albackup show',
    ])
  })

  it('lists all that was left behind when asked to, and nothing when there was nothing', () => {
    expect(dumpSummary(dumped, true)).toHaveLength(12)
    expect(dumpSummary({ ...dumped, leftBehind: [] }, false)).toHaveLength(4)
  })
})

describe('restoreSummary', () => {
  it('groups findings by what they cost, and counts losses and violations', () => {
    expect(restoreSummary(restored, false)).toEqual([
      'restored /b/Northwind@db1--20260427-1533',
      '  into postgres://owner@pg1/northwind',
      '  2 tables, 1,000,000 rows, 2.5 s, 400,000 rows/s',
      '  findings: 1 lost, 1 changed, 4 info',
      '    lost     default dbo.A.d: newsequentialid() is not translated',
      '    changed  column dbo.A.c: money is numeric(19,4)',
      '    info     index dbo.A.i1: clustered means nothing here',
      '    info     index dbo.A.i2: the same',
      '    info     index dbo.A.i3: the same',
      '    and 1 more (--debug or --json shows all)',
      '  1,201 values altered',
      '    dbo.A.t: 1,200 values, seventh-digit, for example 23:59:59.9999999, "b", c',
      `    dbo.B.n: 1 value, nul-character, for example "a\\u0000${'b'.repeat(57)}…"`,
      '  referential integrity: 1 foreign key broken',
      '    dbo.B, FK_B_A: 1 row without a parent, for example (17)',
      '  proof: every row is there, bit for bit: 1,000,000 rows in 2 tables',
      '  schema: all else is as the plan makes it; 1 part could not be compared',
      '    not compared: default of table dbo.A: column a: the target does not show it',
    ])
  })

  it('says plainly that nothing was lost, checked or proven', () => {
    const plain = {
      ...restored,
      findings: [],
      valuesAltered: 0,
      losses: [],
      violations: null,
      proven: null,
      missing: null,
      unattainable: null,
      notCompared: null,
    }
    expect(restoreSummary(plain, false).slice(3)).toEqual([
      '  findings: none',
      '  0 values altered',
      '  referential integrity: not checked',
      '  proof: not asked for (--verify)',
    ])
  })

  it('does not call a schema all that was planned when a part of it cannot be', () => {
    const unattainable = ['table dbo.A: unique key u is not in the target: 1 row has the key of another']
    expect(restoreSummary({ ...restored, unattainable, notCompared: [] }, true).slice(-2)).toEqual([
      '  schema: all else is as the plan makes it; 1 part cannot be',
      `    cannot be: ${unattainable[0]}`,
    ])
  })

  it('says of a schema without rows what its proof found', () => {
    const empty = { ...restored, proven: null, perTable: [], notCompared: [] }
    expect(restoreSummary({ ...empty, missing: [] }, true).slice(-2)).toEqual([
      '  proof: no rows were restored',
      '  schema: all is as the plan makes it',
    ])
    const missing = [
      { table: 'dbo.A', kind: 'check', name: 'c', sentence: 'table dbo.A: check c is not in the target' },
    ]
    expect(restoreSummary({ ...empty, missing }, true).slice(-3)).toEqual([
      '  proof: no rows were restored',
      '  schema: 1 difference',
      '    table dbo.A: check c is not in the target',
    ])
  })

  it('names the tables whose proof differs', () => {
    const [whole, other] = restored.perTable
    const differing = { ...restored, proven: false, perTable: [whole!, { ...other!, proven: false }] }
    expect(restoreSummary(differing, true).at(-3)).toBe('  proof: the rows differ in "dbo"."B"')
  })
})

describe('proofSummary', () => {
  const table: TableProof = {
    ...{
      source: 'dbo.A',
      target: '"dbo"."A"',
      rows: 2,
      found: 2,
      proven: true,
      losses: [],
      sentence: 'table dbo.A: …',
    },
    ...{ differentRows: [], leftOut: [] },
  }
  const report = {
    target: 't',
    proven: true,
    tables: [table],
    missing: [],
    unattainable: [],
    notCompared: [],
    rows: 2,
    seconds: 1,
  }

  it('says of what the backup does not hold that it was not compared', () => {
    expect(proofSummary({ ...report, missing: null }).slice(-2)).toEqual([
      '  schema: not compared, the backup holds rows only',
      '  proof: every row is there, bit for bit: 2 rows in 1 table, 1.0 s',
    ])
    const unread = { ...table, rows: null, found: null }
    expect(proofSummary({ ...report, tables: [unread], rows: 0 }).slice(-2)).toEqual([
      '  schema: all is as the plan makes it',
      '  proof: the backup holds no rows, 1.0 s',
    ])
  })

  it('says so when rows differ in nothing that could be looked at', () => {
    const leftOut = [{ column: 'v', reason: 'values of these two types cannot be compared' }]
    expect(proofSummary({ ...report, proven: false, tables: [{ ...table, proven: false, leftOut }] })).toEqual([
      'compared with t',
      '  table dbo.A: …',
      '    no row differs in the columns that were looked at',
      '    not looked at: column v: values of these two types cannot be compared',
      '  0 values altered by the restore',
      '  schema: all is as the plan makes it',
      '  proof: the rows differ in "dbo"."A", 1.0 s',
    ])
    const fewer = { ...table, proven: false, found: 1, leftOut }
    expect(proofSummary({ ...report, proven: false, tables: [fewer] }).join()).not.toContain('no row differs')
  })
})

describe('alignColumns', () => {
  it('puts words to the left and numbers to the right', () => {
    const rows = [
      ['table', 'rows'],
      ['dbo.Orders', '830'],
      ['x', '1,234'],
    ]
    expect(alignColumns('lr', rows)).toEqual(['  table        rows', '  dbo.Orders    830', '  x           1,234'])
  })

  it('counts characters as a terminal does', () => {
    const rows = ['名前', '😀', 'é', 'e\u0301'].map((name) => [name, 'x'])
    expect(alignColumns('ll', rows)).toEqual(['  名前  x', '  😀    x', '  é     x', '  e\u0301     x'])
  })
})
