import type { NativeObject, Table } from '@albackup/core'
import { sampleModel } from '@albackup/testkit/sample'
import { expect, it } from 'vitest'
import { planForEmpty } from '../../plan.ts'

const T: Table = {
  ...{ schema: 'public', name: 't', uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] },
  columns: [
    {
      ...{ name: 'a', nullable: false, native: { declaration: 'integer' } },
      logical: { kind: 'integer', bits: 32, signed: true },
    },
  ],
}

function messages(kind: string, ...statements: readonly string[]): readonly string[] {
  return said({ kind, name: 'x', stage: 'with keys', statements, table: T })
}

function said(object: NativeObject): readonly string[] {
  const { findings } = planForEmpty({ ...sampleModel([T]), dialect: 'postgres', objects: [object] }, {})
  return findings.map(({ severity, message }) => `${severity}: ${message}`)
}

it.each<readonly [kind: string, statement: string, severity: string, words: RegExp]>([
  ['extension', 'create extension citext', 'info', /columns of its types are texts/],
  ['type', "create type x as enum ('a')", 'changed', /checked to be one of its words/],
  ['type', 'create type x as (a integer)', 'changed', /as the source writes its values/],
  ['index', 'CREATE INDEX x ON public.t USING btree (lower(a))', 'lost', /: SQL Server indexes columns and no expr/],
  ['index', 'CREATE UNIQUE INDEX x ON public.t USING btree (lower(a))', 'lost', /rows are let in that it refused/],
  ['exclusion constraint', 'alter table t add constraint x exclude (a with &&)', 'lost', /a trigger could refuse/],
  ['policy', 'create policy x on t using (true)', 'lost', /shown to all who may read the table/],
  ['index setting', 'alter table t cluster on x', 'info', /no such thing/],
  ['aggregate', 'create aggregate x (integer) ()', 'lost', /aggregates of assemblies alone/],
  ['comment', "comment on view x is 'a'", 'lost', /only those of schemas, sequences, tables/],
  ['operator', 'create operator x ()', 'lost', /no such object/],
])('of a foreign %s (%s) it is said: %s', (kind, statement, severity, words) => {
  const [message = '', ...more] = messages(kind, statement)
  expect(more).toEqual([])
  expect(message).toMatch(words)
  expect(message.split(':')[0]).toBe(severity)
})

it('nothing is said of what a restore makes on request only', () => {
  const object: NativeObject = {
    kind: 'permission',
    name: 'x',
    stage: 'after modules',
    statements: [],
    onRequest: true,
  }
  expect(planForEmpty({ ...sampleModel([]), dialect: 'postgres', objects: [object] }, {}).findings).toEqual([])
})

it('of an index of a materialized view it is said that it is of one', () => {
  const statements = ['CREATE UNIQUE INDEX x ON public.m USING btree (a)']
  const [message = '', ...more] = said({ kind: 'index', name: 'x', stage: 'after modules', statements })
  expect(more).toEqual([])
  expect(message).toMatch(/^lost: is left out: it is of a materialized view; see indexed views/)
})
