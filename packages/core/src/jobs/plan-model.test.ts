import { expect, it } from 'vitest'
import type { Backup } from '../backup/backup.ts'
import type { Module, NativeObject, SchemaModel, Table } from '../model/schema-model.ts'
import { wantedModel } from './plan-model.ts'

const table = (name: string): Table => ({
  schema: 'dbo',
  name,
  columns: [],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
})
const module = (kind: Module['kind'], name: string, on?: string): Module => ({
  kind,
  schema: 'dbo',
  name,
  definition: '',
  ...(on !== undefined && { on: { schema: 'dbo', name: on } }),
})
const object = (name: string, facts: Partial<NativeObject>): NativeObject => ({
  kind: 'thing',
  name,
  statements: [],
  stage: 'after modules',
  ...facts,
})

const model: SchemaModel = {
  dialect: 'any',
  database: { name: 'db', collation: null },
  schemas: [],
  types: [],
  sequences: [],
  tables: [table('a'), table('b')],
  modules: [module('view', 'v'), module('trigger', 'of a', 'a'), module('trigger', 'of b', 'b')],
  objects: [
    object('type', { stage: 'before tables' }),
    object('synonym', {}),
    object('of a', { table: { schema: 'dbo', name: 'a' } }),
    object('of b', { table: { schema: 'dbo', name: 'b' } }),
    object('thing type', { kind: 'comment' }),
    object('thing synonym', { kind: 'comment' }),
    object('user', { onRequest: true }),
  ],
  leftBehind: ['[dbo].[a]', '[dbo].[a].[c]', '[dbo].[ab]', '[elsewhere]'].map((name) => ({
    kind: 'thing',
    name,
    reason: 'new',
  })),
}
const backup = { metadata: { model } } as Backup

function names({ tables, modules, objects = [] }: SchemaModel) {
  return [tables, modules, objects].map((list) => list.map(({ name }) => name))
}

it('is everything but what has to be asked for', () => {
  expect(names(wantedModel({ backup }))).toEqual([
    ['a', 'b'],
    ['v', 'of a', 'of b'],
    ['type', 'synonym', 'of a', 'of b', 'thing type', 'thing synonym'],
  ])
  expect(names(wantedModel({ backup, onRequest: true }))[2]).toContain('user')
})

it('is the tables that are named, with what belongs to them', () => {
  expect(names(wantedModel({ backup, include: ['dbo.a'] }))).toEqual([['a'], ['of a'], ['type', 'of a', 'thing type']])
})

it('is everything else when tables are left out', () => {
  expect(names(wantedModel({ backup, exclude: ['dbo.a'] }))).toEqual([
    ['b'],
    ['v', 'of b'],
    ['type', 'synonym', 'of b', 'thing type', 'thing synonym'],
  ])
})

it('has of the sequences only those that the named tables count by', () => {
  const sequence = (name: string): SchemaModel['sequences'][number] => ({
    ...{ schema: 'dbo', name, start: '1', increment: '1', minimum: '1', maximum: '9', cycle: false, cache: null },
    ...{ native: { declaration: 'int' }, logical: { kind: 'integer', bits: 32, signed: true }, lastValue: null },
  })
  const sequences = ['Its "own"', 'other', 'the'].map(sequence)
  const counting = (name: string, native: string): Table => ({
    ...table(name),
    checks: [{ name: 'c', systemNamed: true, expression: { native }, enabled: true, trusted: true }],
  })
  const tables = [counting('a', `nextval('"Its ""own"""'::regclass)`), counting('b', 'next value for\nOther')]
  const counted = { metadata: { model: { ...model, tables, sequences } } } as unknown as Backup
  const kept = (...include: string[]) => wantedModel({ backup: counted, include }).sequences.map(({ name }) => name)
  expect(kept()).toEqual(['Its "own"', 'other', 'the'])
  expect(kept('dbo.a')).toEqual(['Its "own"'])
  expect(kept('dbo.b')).toEqual(['other'])
})

it('leaves behind what is of the named tables only', () => {
  const left = (include: string[]) => wantedModel({ backup, include }).leftBehind.map(({ name }) => name)
  expect(left([])).toEqual(['[dbo].[a]', '[dbo].[a].[c]', '[dbo].[ab]', '[elsewhere]'])
  expect(left(['dbo.a'])).toEqual(['[dbo].[a]', '[dbo].[a].[c]'])
  expect(left(['dbo.b'])).toEqual([])
})

it('keeps the comments of what tables are made of, also those that say of what only beside their name', () => {
  const type = {
    schema: 'dbo',
    name: 'T',
    native: { declaration: 'int' },
    logical: { kind: 'boolean' },
    nullable: true,
  } as const
  const comments = ['thing type', 'type dbo.T', 'thing synonym'].map((of) =>
    object(`its part: ${of}`, { kind: 'comment', of }),
  )
  const commented: SchemaModel = { ...model, types: [type], objects: [...(model.objects ?? []), ...comments] }
  const kept = wantedModel({ backup: { metadata: { model: commented } } as Backup, include: ['dbo.a'] })
  expect(names(kept)[2]?.slice(3)).toEqual(['its part: thing type', 'its part: type dbo.T'])
})
