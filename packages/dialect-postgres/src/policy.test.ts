import { UsageError } from '@albackup/core'
import { expect, it } from 'vitest'
import { DEFAULT_POLICY, parsePolicy } from './policy.ts'

it('is complete when nothing is said', () => {
  expect(parsePolicy({})).toEqual(DEFAULT_POLICY)
  expect(parsePolicy(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY)
})

it('keeps what is said and fills in the rest', () => {
  expect(parsePolicy({ schemas: { dbo: 'public' }, text: { nul: 'strip' }, xml: 'text' })).toEqual({
    ...DEFAULT_POLICY,
    schemas: { dbo: 'public' },
    text: { nul: 'strip', surrogate: 'replace', ignoreCase: 'none' },
    xml: 'text',
  })
})

it.each([
  [{ shemas: {} }, 'cannot use setting "mapping": "shemas" is not a part of it'],
  [{ text: { null: 'strip' } }, 'cannot use setting "mapping.text": "null" is not a part of it'],
  [{ text: 'strip' }, 'cannot use setting "mapping.text": it is no object'],
  [{ text: { nul: 'drop' } }, 'cannot use setting "mapping.text.nul": "drop" is not one of its values'],
  [{ time: { digits: 7 } }, 'cannot use setting "mapping.time.digits": 7 is not one of its values'],
  [{ datetimeoffset: 'local' }, 'cannot use setting "mapping.datetimeoffset": "local" is not one of its values'],
  [{ names: 'upper' }, 'cannot use setting "mapping.names": "upper" is not one of its values'],
  [{ rename: { 'dbo.t': '' } }, 'cannot use setting "mapping.rename.dbo.t": "" is no name'],
  [{ text: { ignoreCase: true } }, 'cannot use setting "mapping.text.ignoreCase": true is not one of its values'],
  [{ schemas: { dbo: 1 } }, 'cannot use setting "mapping.schemas.dbo": 1 is no name'],
])('refuses %j by name', (policy, message) => {
  expect(() => parsePolicy(policy)).toThrow(expect.objectContaining({ name: UsageError.name, message }))
})
