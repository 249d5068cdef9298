import type { SchemaModel } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit'
import { expect, it } from 'vitest'
import { withSetIdentities } from './set-identities.ts'

const INT = { kind: 'integer', bits: 64, signed: true } as const

function counting(name: string, seed: string, increment: string, lastValue: string | null) {
  return sampleTable('s', name, [sampleColumn('id', INT, { identity: { seed, increment, lastValue } })])
}

function lastValues({ tables }: SchemaModel): readonly (string | null | undefined)[] {
  return tables.map(({ columns }) => columns[0]!.identity?.lastValue)
}

const ROWS = [
  { schema: 's', table: 'up', lastValue: 9 },
  { schema: 's', table: 'down', lastValue: '-9007199254740993' },
  { schema: 's', table: 'behind', lastValue: 4 },
  { schema: 's', table: 'further', lastValue: 100 },
]

it('tells where an identity at its seed goes on, and leaves the others', async () => {
  const model = sampleModel([
    counting('up', '1', '1', '1'),
    counting('down', '-1', '-1', '-1'),
    counting('behind', '5', '1', '5'),
    counting('further', '1', '1', '7'),
    counting('unused', '1', '1', null),
  ])
  const query = async () => ROWS as never
  expect(lastValues(await withSetIdentities(model, { query }))).toEqual(['9', '-9007199254740993', '5', '7', null])
})

it('asks nothing where no identity is at its seed', async () => {
  const model = sampleModel([counting('further', '1', '1', '7')])
  const query = () => Promise.reject(new Error('asked'))
  expect(await withSetIdentities(model, { query })).toBe(model)
})
