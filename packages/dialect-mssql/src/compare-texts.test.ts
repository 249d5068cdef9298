import type { TextPair } from '@albackup/core'
import { expect, it } from 'vitest'
import { compareTexts } from './compare-texts.ts'

function verdict(aspect: TextPair['aspect'], planned: string, found: string) {
  return compareTexts([{ aspect, table: null, planned, found }], () => false)[0]
}

it.each([
  ['default', '0', '((0))'],
  ['default', "(N'x')", "N'x'"],
  ['default', '0.5e0', '((5.0000000000000000e-001))'],
  ['condition', '[a]>(0)', '([A]>(0))'],
  ['condition', '[a] < 1000.5e0', '([a]<(1.0005000000000000e+003))'],
  ['condition', "([a]='x' or [a]='y')", "([a]='y' OR [a]='x')"],
  ['condition', '([a]>=(1) and [a]<=(5) and [b] is not null)', '(([b] IS NOT NULL AND [a]<=(5)) AND [a]>=(1))'],
  ['type', '[dbo].[Phone]', 'dbo.phone'],
  ['type', 'decimal(10, 2)', 'decimal(10,2)'],
  ['text', 'create view v as\r\nselect 1  ', 'create view v as\nselect 1\n'],
] as const)('takes the %s %s for %s', (aspect, planned, found) => {
  expect(verdict(aspect, planned, found)).toBe(true)
})

it.each([
  ['default', '((0))', '((1))'],
  ['default', '0.5e0', '((5.0000000000000000e-002))'],
  ['default', "('a')", "('A')"],
  ['condition', '([a]>(0))', '([b]>(0))'],
  ['condition', "([a]='x')", "([a]='x' or [a]='y')"],
  ['type', 'varchar(10)', 'nvarchar(10)'],
  ['text', 'create view v as select 1', 'create view v as select 2'],
] as const)('tells the %s %s from %s', (aspect, planned, found) => {
  expect(verdict(aspect, planned, found)).toBe(false)
})

it('cannot tell expressions apart that have the same columns and constants', () => {
  expect(verdict('condition', '([a]>(0))', '(NOT [a]<=(0))')).toBeNull()
  expect(verdict('condition', 'dbo.f([a])', 'dbo.g([a])')).toBeNull()
  expect(verdict('condition', '[a]>0.0e0', "([a]>CAST('0' AS numeric))")).toBeNull()
  expect(verdict('default', '0x00ff', "'0x00ff'")).toBeNull()
  expect(verdict('computed value', '[a]*2.00', "([a]*CAST('2' AS numeric))")).toBeNull()
})
