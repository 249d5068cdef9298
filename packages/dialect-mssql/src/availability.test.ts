import { expect, it } from 'vitest'
import { parseConnection } from './connection-settings.ts'

const settings = { host: 'db', user: 'reader', database: 'Shop' }

it.each([
  ['encryption as TDS 8.0 has it', { encrypt: 'strict' }],
  ['a secondary of an availability group', { readOnlyIntent: true }],
  ['a listener on several subnets', { multiSubnetFailover: true }],
])('%s is asked for when the settings say so', (_, options) => {
  expect(parseConnection({ ...settings, options }).options).toMatchObject(options)
})

it('nothing of an availability group is asked for otherwise', () => {
  const { options } = parseConnection({ ...settings, options: { readOnlyIntent: 'false' } })
  expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['readOnlyIntent']))
})
