import { type Cell, encodeRows, type LogicalType, type MappingPolicy, type Table } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { postgres } from './index.ts'

const TEXT: LogicalType = { kind: 'text', length: 4000, unit: 'utf16', fixed: false }
const TICKS: LogicalType = { kind: 'timestamp', precision: 7 }
const OFFSET: LogicalType = { kind: 'timestamp-offset', precision: 3 }

/** What the rows of one table bring beside what the plan says without them. */
async function inspected(table: Table, rows: readonly (readonly Cell[])[], policy: MappingPolicy = {}) {
  const plan = await postgres.planForEmpty!(sampleModel([table]), policy)
  const inspection = await postgres.inspect!(plan)
  for await (const block of encodeRows(table, rows)) inspection.take(plan.tables[0]!, block)
  return inspection.findings().map(({ severity, kind, object, message }) => `${severity} ${kind} ${object}: ${message}`)
}

describe('the rows of a table', () => {
  const table = sampleTable('s', 't', [
    sampleColumn('note', TEXT, { nullable: true }),
    sampleColumn('at', TICKS),
    sampleColumn('when', OFFSET),
  ])
  const plain = ['a', '2000-01-01 00:00:00.1234560', '2000-01-01 00:00:00.000 +00:00']
  const awkward = ['b\0\ud800', '2000-01-01 00:00:00.1234567', '2000-01-01 02:00:00.000 +02:00']

  it('need no word when every value fits', async () => {
    expect(await inspected(table, [plain, [null, ...plain.slice(1)]])).toEqual([])
  })

  it('are counted by what they would lose', async () => {
    expect(await inspected(table, [plain, awkward, awkward], { datetimeoffset: 'utc' })).toEqual([
      'lost column s.t.note: 2 values have U+0000, which becomes U+FFFD: "b\\u0000\\ud800", "b\\u0000\\ud800"',
      'lost column s.t.note: 2 values have half a surrogate pair, which becomes U+FFFD: "b\\u0000\\ud800", "b\\u0000\\ud800"',
      'lost column s.t.at: 2 values have a seventh digit, which is cut off: 2000-01-01 00:00:00.1234567, 2000-01-01 00:00:00.1234567',
      'lost column s.t.when: 2 values have an offset, which is given up: 2000-01-01 02:00:00.000 +02:00, 2000-01-01 02:00:00.000 +02:00',
    ])
  })

  it('block the restore where the mapping refuses such values', async () => {
    const policy = { text: { nul: 'error' }, time: { digits: 'error' } }
    expect(await inspected(table, [awkward], policy)).toEqual([
      'blocks column s.t.note: a value has U+0000, which ends the load: "b\\u0000\\ud800"',
      'lost column s.t.note: a value has half a surrogate pair, which becomes U+FFFD: "b\\u0000\\ud800"',
      'blocks column s.t.at: a value has a seventh digit, which ends the load: 2000-01-01 00:00:00.1234567',
    ])
  })

  it('block the restore with a time that PostgreSQL has not', async () => {
    const far = sampleTable('s', 'far', [sampleColumn('at', { kind: 'timestamp', precision: 3 })])
    expect(await inspected(far, [['+300000-01-01 00:00:00.000'], ['2000-01-01 00:00:00.000']])).toEqual([
      expect.stringMatching(/^blocks table s\.far: .*"at" has a value that PostgreSQL cannot hold.*not looked at$/),
    ])
  })
})

describe('a key', () => {
  const table = sampleTable('s', 't', [sampleColumn('a', TEXT), sampleColumn('b', TICKS, { nullable: true })], {
    primaryKey: sampleKey('pk', 'a'),
    uniqueKeys: [sampleKey('uq', 'b')],
  })

  it('that is twice after values were altered is known before', async () => {
    const rows = [
      ['x\0', '2000-01-01 00:00:00.0000001'],
      ['x\ufffd', '2000-01-01 00:00:00.0000002'],
      ['y', null],
      ['z', null],
    ]
    const findings = await inspected(table, rows)
    expect(findings.slice(2)).toEqual([
      'lost primary key s.t.pk: cannot be made: a row has the key of another, for example ("x�"); --data-only ends there once --schema-only has made it',
      'lost unique key s.t.uq: cannot be made: a row has the key of another, for example ("2000-01-01 00:00:00.0000002"); --data-only ends there once --schema-only has made it',
    ])
  })

  it.each([
    ['[b] IS NOT NULL', { kind: 'is-null', operand: { kind: 'column', name: 'b' }, negated: true }, 1],
    ['[a] IS NOT NULL', { kind: 'is-null', operand: { kind: 'column', name: 'a' }, negated: true }, 0],
    ['[b] IS NULL', { kind: 'is-null', operand: { kind: 'column', name: 'b' }, negated: false }, 0],
    ['f([b])', undefined, 0],
  ] as const)(
    'of a unique index where %s is known before when the index has every row with a key',
    async (native, meaning, found) => {
      const filter = { native, ...(meaning !== undefined && { meaning }) }
      const columns = [{ name: 'b', descending: false }]
      const index = { name: 'i', unique: true, clustered: false, method: 'btree', columns, included: [], enabled: true }
      const rows = ['2000-01-01 00:00:00.0000001', '2000-01-01 00:00:00.0000002', null, null].map((b, i) => [`${i}`, b])
      const findings = await inspected({ ...table, uniqueKeys: [], indexes: [{ ...index, filter }] }, rows)
      expect(findings.filter((finding) => finding.startsWith('lost index'))).toHaveLength(found)
    },
  )

  it('keeps upper and lower case apart', async () => {
    const rows = [
      ['x', null],
      ['X', null],
    ]
    expect(await inspected(table, rows)).toEqual([])
  })
})

describe('an index entry', () => {
  const columns = [sampleColumn('a', TEXT), sampleColumn('b', TEXT)]
  const index = { name: 'i', unique: false, clustered: false, method: 'btree', included: [], enabled: true }
  const onA = { ...index, columns: [{ name: 'a', descending: false }] }

  it.each([
    [onA, 'lost index s.t.i: is left out'],
    [{ ...onA, included: ['b'] }, 'changed index s.t.i: has no included columns'],
  ])('that is longer than a page takes is known before', async (wide, fate) => {
    const table = sampleTable('s', 't', columns, { indexes: [wide] })
    expect(await inspected(table, [['x'.repeat(2600), 'y'.repeat(80)]])).toEqual(wide.included.length === 0 ? [] : [])
    expect(
      await inspected(table, [
        ['x'.repeat(3000), 'y'],
        ['x', 'y'],
      ]),
    ).toEqual([
      `${fate} unless PostgreSQL can compress them: an entry is longer than 2704 bytes, up to ${wide.included.length === 0 ? 3016 : 3024}`,
    ])
  })
})

describe('a reference', () => {
  const caseless: LogicalType = {
    kind: 'text',
    length: 10,
    unit: 'utf16',
    fixed: false,
    comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
  }
  const parent = sampleTable('s', 'parent', [sampleColumn('code', caseless)], { primaryKey: sampleKey('pk', 'code') })
  const child = sampleTable('s', 'child', [sampleColumn('of', caseless, { nullable: true })], {
    foreignKeys: [sampleForeignKey('fk', ['of'], { schema: 's', name: 'parent', columns: ['code'] })],
  })

  async function findings(policy: MappingPolicy, parents: readonly string[], children: readonly (string | null)[]) {
    const plan = await postgres.planForEmpty!(sampleModel([child, parent]), policy)
    const inspection = await postgres.inspect!(plan)
    const rows = [children, parents]
    for (const [i, table] of plan.tables.entries()) {
      const cells = rows[i]!.map((cell) => [cell])
      for await (const block of encodeRows(table.source, cells)) inspection.take(table, block)
    }
    return inspection.findings().map(({ severity, object, message }) => `${severity} ${object}: ${message}`)
  }

  it('needs no word when every key has a parent', async () => {
    expect(await findings({}, ['a', 'b'], ['a', 'a', null])).toEqual([])
  })

  it('whose keys differ in case or in blanks at the end holds for the source, and not for PostgreSQL', async () => {
    const children = ['A', 'b', 'b ', 'b ', 'c']
    expect(await findings({}, ['a', 'b', 'c'], children)).toEqual([
      'changed s.child.fk: holds for new rows only: 2 keys have no parent, as PostgreSQL compares them; --data-only ends there once --schema-only has made it',
    ])
    expect(await findings({ text: { ignoreCase: 'citext' } }, ['a', 'b', 'c'], children)).toEqual([
      'changed s.child.fk: holds for new rows only: a key has no parent, as PostgreSQL compares them; --data-only ends there once --schema-only has made it',
    ])
  })

  it('is found broken too where one of the two columns is a text without limit', async () => {
    const policy = { columns: { 's.parent.code': 'text' } }
    expect(await findings(policy, ['a'], ['a', 'x'])).toEqual([
      'changed s.child.fk: holds for new rows only: a key has no parent, as PostgreSQL compares them; --data-only ends there once --schema-only has made it',
    ])
  })

  it('to a key that cannot be made cannot be made either, and nothing else is said of it', async () => {
    expect(await findings({}, ['a\u0000', 'a\ufffd'], ['b'])).toEqual([
      'lost s.parent.code: a value has U+0000, which becomes U+FFFD: "a\\u0000"',
      'lost s.parent.pk: cannot be made: a row has the key of another, for example ("a\ufffd"); --data-only ends there once --schema-only has made it',
      'lost s.child.fk: cannot be made: nor can pk, which it refers to',
    ])
  })

  it('is looked for among a share of the keys when there are many', async () => {
    const keys = Array.from({ length: 600_000 }, (_, i) => `k${i}`)
    const found = await findings({}, keys, [
      ...keys.slice(0, 300_000),
      ...Array.from({ length: 400 }, (_, i) => `o${i}`),
    ])
    expect(found.at(-1)).toMatch(
      /^changed s\.child\.fk: .* \d+ keys have no parent.*; one key in 4 was compared; --data-only ends there/,
    )
    expect(Number(/(\d+) keys/.exec(found.at(-1)!)![1])).toBeGreaterThan(50)
  })
})
