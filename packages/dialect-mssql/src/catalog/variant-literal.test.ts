import { describe, expect, it } from 'vitest'
import { type VariantRow, variantLiteral } from './variant-literal.ts'

const row = (facts: Partial<VariantRow>): VariantRow => ({
  baseType: null,
  precision: null,
  scale: null,
  maxLength: null,
  collation: null,
  text: null,
  ...facts,
})

describe('a variant of the catalog is written with its type', () => {
  it.each([
    ['null', {}],
    ['-5', { baseType: 'int', text: '-5' }],
    ["N'it''s 名'", { baseType: 'nvarchar', text: 'it’s 名'.replace('’', "'"), maxLength: 20 }],
    [
      "cast(N'é' collate Latin1_General_CI_AS as varchar(7))",
      { baseType: 'varchar', text: 'é', maxLength: 7, collation: 'Latin1_General_CI_AS' },
    ],
    ["cast(N'ab' as nchar(4))", { baseType: 'nchar', text: 'ab', maxLength: 8 }],
    ["cast(N'9223372036854775807' as bigint)", { baseType: 'bigint', text: '9223372036854775807' }],
    ["cast(N'-1.50' as decimal(9, 2))", { baseType: 'decimal', text: '-1.50', precision: 9, scale: 2 }],
    ["cast(N'2026-01-02T03:04:05.007' as datetime)", { baseType: 'datetime', text: '2026-01-02T03:04:05.007' }],
    [
      "cast(N'9999-12-31 23:59:59.9999999' as datetime2(7))",
      { baseType: 'datetime2', text: '9999-12-31 23:59:59.9999999', scale: 7 },
    ],
    ['cast(0x00FF as varbinary(2))', { baseType: 'varbinary', text: '0x00FF', maxLength: 2 }],
    ["cast(N'1' as bit)", { baseType: 'bit', text: '1' }],
  ])('%s', (literal, facts) => {
    expect(variantLiteral(row(facts))).toBe(literal)
  })
})
