import type { LogicalType } from '@albackup/core'
import { sampleColumn, sampleForeignKey, sampleKey, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { planForEmpty } from '../plan.ts'
import { usePostgres } from '../testing/test-target.ts'
import { isReferenceable } from './reference-types.ts'

const openTarget = usePostgres()

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const CASELESS: LogicalType = {
  ...{ kind: 'text', length: 5, unit: 'bytes', fixed: false },
  comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
}

const model = (logical: LogicalType) =>
  sampleModel([
    sampleTable('s', 'child', [sampleColumn('c', logical)], {
      foreignKeys: [sampleForeignKey('fk', ['c'], { schema: 's', name: 'parent', columns: ['p'] })],
    }),
    sampleTable('s', 'parent', [sampleColumn('p', logical)], { primaryKey: sampleKey('pk', 'p') }),
  ])

describe('a foreign key between columns of types that the mapping asks for', () => {
  it.each([
    [INT, { columns: { 's.child.c': 'text' } }, 'mapping.columns.s.child.c', 'text with integer'],
    [INT, { columns: { 's.parent.p': 'text' } }, 'mapping.columns.s.parent.p', 'integer with text'],
    [INT, { columns: { 's.child.c': 'numeric' } }, 'mapping.columns.s.child.c', 'numeric with integer'],
    [
      CASELESS,
      { text: { ignoreCase: 'icu' }, columns: { 's.child.c': 'text' } },
      'mapping.columns.s.child.c',
      'text with varchar(5) collate "s"."albackup_ignore_case"',
    ],
  ] as const)('is refused where they are not compared: %j %j', (logical, policy, setting, types) => {
    expect(() => planForEmpty(model(logical), policy)).toThrow(
      `cannot use setting "${setting}": foreign key s.child.fk would compare ${types}`,
    )
  })

  it.each([
    [{ types: { int: 'text' } }],
    [{ columns: { 's.child.c': 'bigint' } }],
    [{ columns: { 's.parent.p': 'numeric' } }],
  ])('is taken where they are: %j', (policy) => {
    expect(planForEmpty(model(INT), policy).statements.references).toHaveLength(1)
  })

  it('is refused exactly where the server refuses it, or the collations differ', async () => {
    await using test = await openTarget()
    await test.rows(
      `create extension citext; create collation nd (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
    )
    const types = [
      ...['smallint', 'integer', 'bigint', 'numeric', 'numeric(9,2)', 'real', 'double precision', 'boolean', 'uuid'],
      ...['text', 'varchar(5)', 'char(5)', 'varchar(5) collate nd', 'public.citext', 'bytea', 'jsonb'],
      ...['date', 'time(3)', 'timestamp(3)', 'timestamptz(3)'],
    ]
    for (const type of types) {
      await test.rows(`drop table if exists parent cascade; create table parent (p ${type} primary key)`)
      for (const child of types) {
        await test.rows(`drop table if exists child; create table child (c ${child})`)
        const taken = await test.rows('alter table child add foreign key (c) references parent').then(
          () => true,
          () => false,
        )
        // Before PostgreSQL 18 the server takes it, and asks for equality by the rules of one side only.
        const sameCollation = child.endsWith('collate nd') === type.endsWith('collate nd')
        expect([child, type, isReferenceable(child, type)]).toEqual([child, type, taken && sameCollation])
      }
    }
  })
})
