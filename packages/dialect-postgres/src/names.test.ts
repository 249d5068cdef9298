import { spellName as spell } from '@albackup/core'
import { expect, it } from 'vitest'
import { columnNames, NameSpace, schemaName, whyNotKept } from './names.ts'

it('keeps a name that PostgreSQL can keep, whatever its characters', () => {
  const names = ['Order Details', 'a"b', 'x.y', '😀', 'MiXed', 'mixed', 'n'.repeat(63)]
  const space = new NameSpace()
  expect(names.map((name) => space.claim(name))).toEqual(names)
})

it('cuts a long name at 63 bytes between characters and marks it with a hash of the whole', () => {
  const claim = (name: string) => new NameSpace().claim(name)
  expect(claim('n'.repeat(128))).toMatch(/^n{54}_[0-9a-f]{8}$/)
  expect(claim('é'.repeat(64))).toMatch(/^é{27}_[0-9a-f]{8}$/)
  expect(claim('😀'.repeat(64))).toMatch(/^(😀){13}_[0-9a-f]{8}$/u)
})

it('gives two long names with the same beginning different names, the same each time', () => {
  const claim = () => {
    const space = new NameSpace()
    return [space.claim(`${'n'.repeat(100)}1`), space.claim(`${'n'.repeat(100)}2`)]
  }
  expect(new Set(claim()).size).toBe(2)
  expect(claim()).toEqual(claim())
})

it('tells names apart that differ only in case, and no others', () => {
  const space = new NameSpace(['IX'])
  expect(space.claim('ix')).toBe('ix')
  expect(space.claim('IX', 'dbo.Orders.IX')).toMatch(/^IX_[0-9a-f]{8}$/)
  expect(space.claim('IX', 'dbo.Orders.IX')).not.toBe(space.claim('IX', 'dbo.Orders.IX'))
})

it('gives no column the name of a system column', () => {
  expect(columnNames().claim('xmin')).toMatch(/^xmin_[0-9a-f]{8}$/)
  expect(columnNames().claim('Xmin')).toBe('Xmin')
})

it('gives no schema a name that belongs to the server', () => {
  expect(schemaName('pg_data')).toBe('_pg_data')
  expect(schemaName('information_schema')).toBe('_information_schema')
  expect(schemaName('dbo')).toBe('dbo')
})

it('has names for what is no name in UTF-8', () => {
  expect(new NameSpace().claim('a\ud800')).toBe('a\ufffd')
  expect(new NameSpace().claim('')).toMatch(/^_[0-9a-f]{8}$/)
})

it.each([
  ['OrderDetails', 'orderdetails', 'order_details'],
  ['Order Details', 'order details', 'order_details'],
  ['customerID', 'customerid', 'customer_id'],
  ['XMLHttpRequest2', 'xmlhttprequest2', 'xml_http_request2'],
  ['address2Line', 'address2line', 'address2_line'],
  ['_private__x_', '_private__x_', 'private_x'],
  ['2nd', '2nd', '_2nd'],
  ['ÄrgerÜber', 'ärgerüber', 'ärger_über'],
  ['名前', '名前', '名前'],
  ['!?', '!?', '_'],
])('spells %s in lower case as %s and in snake case as %s', (name, lower, snake) => {
  expect([spell(name, 'preserve'), spell(name, 'lower'), spell(name, 'snake_case')]).toEqual([name, lower, snake])
  expect(spell(snake, 'snake_case')).toBe(snake)
})

it.each([
  ['index', 'x'.repeat(64), 'names have at most 63 bytes'],
  ['index', 'ä'.repeat(32), 'names have at most 63 bytes'],
  ['column', 'ctid', 'each table has a column of that name by itself'],
  ['table', 'a\0b', 'no name can have such characters'],
  ['schema', 'pg_own', 'the name belongs to the server'],
  ['index', 'select', 'something else has that name'],
])('says why the %s %s is called something else', (kind, wanted, reason) => {
  expect(whyNotKept(kind, wanted)).toBe(reason)
})
