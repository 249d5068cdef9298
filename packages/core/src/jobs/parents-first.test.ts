import { expect, it } from 'vitest'
import type { ForeignKey, Table } from '../model/schema-model.ts'
import { parentsFirst } from './parents-first.ts'

const keyTo = (name: string, enabled: boolean): ForeignKey => ({
  ...{ name: `to ${name}`, systemNamed: false, columns: ['a'], references: { schema: 's', name, columns: ['b'] } },
  ...{ onDelete: 'no action', onUpdate: 'no action', enabled, trusted: true },
})
const table = (name: string, parents: readonly string[], enabled = true): { readonly source: Table } => ({
  source: {
    ...{ schema: 's', name, columns: [], uniqueKeys: [], checks: [], indexes: [] },
    foreignKeys: parents.map((parent) => keyTo(parent, enabled)),
  },
})
const names = (waves: ReturnType<typeof parentsFirst>) => waves.map((wave) => wave.map(({ source }) => source.name))

it('gives tables after those that they refer to, and keeps the order of the others', () => {
  const tables = [table('line', ['order', 'product']), table('order', ['customer']), table('product', [])]
  expect(names(parentsFirst([...tables, table('customer', []), table('log', [])]))).toEqual([
    ['product', 'customer', 'log'],
    ['order'],
    ['line'],
  ])
})

it('takes no notice of tables that refer to themselves, of parents that are not there, and of keys that are disabled', () => {
  const tables = [table('tree', ['tree']), table('child', ['elsewhere']), table('off', ['tree'], false)]
  expect(names(parentsFirst(tables))).toEqual([['tree', 'child', 'off']])
})

it('begins a circle somewhere, and what hangs on it comes after it', () => {
  const tables = [table('hanging', ['b']), table('a', ['b', 'c']), table('b', ['a']), table('c', ['a'])]
  expect(names(parentsFirst(tables))).toEqual([['b'], ['hanging'], ['a'], ['c']])
})
