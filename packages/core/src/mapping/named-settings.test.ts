import { expect, it } from 'vitest'
import { AS_NAMED, readNamedSettings } from './named-settings.ts'

it('leaves everything as it is named where nothing is said', () => {
  expect(readNamedSettings({ xml: 'text' })).toEqual(AS_NAMED)
})

it('reads what is said', () => {
  const said = {
    schemas: { dbo: 'public' },
    names: 'snake_case',
    rename: { 'dbo.Orders': 'orders' },
    types: { money: 'numeric(19,4)' },
    columns: { 'dbo.Orders.Total': 'numeric(12,2)' },
  }
  expect(readNamedSettings(said)).toEqual(said)
})

it.each([
  [{ names: 'UPPER' }, 'cannot use setting "mapping.names": "UPPER" is not one of its values'],
  [{ rename: { 'dbo.Orders': ' ' } }, 'cannot use setting "mapping.rename.dbo.Orders": " " is no name'],
  [
    { columns: { 'dbo.Orders.OrderID': null } },
    'cannot use setting "mapping.columns.dbo.Orders.OrderID": null is no type',
  ],
  [{ columns: [] }, 'cannot use setting "mapping.columns": it is no object'],
])('names the setting that is wrong: %j', (parts, message) => {
  expect(() => readNamedSettings(parts)).toThrow(message)
})
