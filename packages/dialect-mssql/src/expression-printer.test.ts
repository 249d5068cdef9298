import type { Expression, LogicalType, TextType } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { type ExpressionContext, translateExpression } from './expression-printer.ts'

const column = (name: string): Expression => ({ kind: 'column', name })
const integer = (digits: string): Expression => ({ kind: 'literal', value: { type: 'integer', digits } })
const text = (value: string): Expression => ({ kind: 'literal', value: { type: 'text', text: value, unicode: true } })
const equal = (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator: '=', left, right })
const plus = (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator: '+', left, right })
const count = (operand: Expression): Expression => ({ kind: 'call', name: 'character-count', arguments: [operand] })

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const TEXT: TextType = {
  kind: 'text',
  length: null,
  unit: 'characters',
  fixed: false,
  comparison: { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false },
}
const BINARY = 'Latin1_General_100_BIN2'

type Changes = Partial<ExpressionContext>

/** In a table with a column `a` of that type. */
function printed(
  expression: Expression,
  logical: LogicalType,
  type: string,
  changes: Changes & { collation?: string } = {},
) {
  const { collation, ...context } = changes
  const found = { name: 'a', logical, type, ...(collation && { collation }) }
  return translateExpression(expression, {
    purpose: 'check',
    column: (name) => (name === 'a' ? found : undefined),
    ...context,
  })
}

describe('an expression in T-SQL', () => {
  it('is not printed for a column that the target has not got, or has in another type', () => {
    expect(printed(equal(column('b'), integer('1')), INT, 'int')).toEqual({
      reason: 'the column b is not in the target',
    })
    expect(printed(equal(column('a'), integer('1')), INT, 'decimal(10,0)')).toEqual({
      reason: 'the column a has another type there',
    })
  })

  it('asks for NULL whatever the type', () => {
    const isNull: Expression = { kind: 'is-null', operand: column('a'), negated: false }
    expect(printed(isNull, INT, 'decimal(10,0)')).toEqual({ sql: '[a] is null' })
  })

  it.each([
    [INT, 'bigint'],
    [{ kind: 'decimal', precision: 5, scale: 2 }, 'decimal(9,2)'],
  ] as const)('takes a wider column for what it is there: %o as %s', (logical, type) => {
    expect(printed(equal(column('a'), integer('1')), logical, type)).toEqual({ sql: '[a] = 1' })
  })

  it('says COLLATE only where the column does not', () => {
    const check = equal(column('a'), text('x'))
    const lengths = "datalength([a]) = datalength(N'x')"
    expect(printed(check, TEXT, 'nvarchar(max)', { collation: BINARY })).toEqual({ sql: `[a] = N'x' and ${lengths}` })
    expect(printed(check, TEXT, 'nvarchar(max)')).toEqual({
      sql: `[a] collate Latin1_General_BIN2 = N'x' and ${lengths}`,
    })
    expect(printed(check, TEXT, 'nvarchar(max)', { collation: 'Latin1_General_CI_AS' })).toEqual({
      sql: `[a] collate Latin1_General_BIN2 = N'x' and ${lengths}`,
    })
  })

  it('knows nothing of texts that compare by the rules of a language, or by none that are known', () => {
    const { comparison: _, ...opaque } = TEXT
    const language = { by: 'language', caseSensitive: false, ignoresTrailingBlanks: false } as const
    const check = equal(column('a'), text('x'))
    expect(printed(check, opaque, 'nvarchar(max)')).toEqual({ reason: 'how its texts compare is not known' })
    expect(printed(check, { ...TEXT, comparison: language }, 'nvarchar(max)')).toEqual({
      reason: 'the texts are compared by the rules of a language',
    })
  })

  it('compares a padded column in a filter as it is', () => {
    const asText = { kind: 'convert', operand: column('a'), type: TEXT, style: null } as const
    const padded = { ...TEXT, length: 4, fixed: true } as const
    const place = { purpose: 'filter', collation: BINARY, blanks: 'ignored' } as const
    expect(printed(equal(asText, text('x')), padded, 'nvarchar(8)', place)).toEqual({ sql: "[a] = N'x'" })
  })

  it('takes no heed of blanks in a filter when it may', () => {
    const filter = equal(column('a'), text('x'))
    const place = { purpose: 'filter', collation: BINARY } as const
    expect(printed(filter, TEXT, 'nvarchar(40)', place)).toHaveProperty('reason')
    expect(printed(filter, TEXT, 'nvarchar(40)', { ...place, blanks: 'ignored' })).toEqual({ sql: "[a] = N'x'" })
    expect(printed(filter, TEXT, 'nvarchar(40)', { purpose: 'filter', blanks: 'ignored' })).toHaveProperty('reason')
  })

  it('counts the characters of a text that fills its column', () => {
    const check = equal(count(column('a')), integer('1'))
    const full = printed(check, { ...TEXT, length: 4000 }, 'nvarchar(4000)', { text: 'ascii' })
    expect(full).toEqual({ sql: "(len(cast([a] as nvarchar(max)) + N'.') - 1) = 1" })
  })

  it('makes room for texts that are joined', () => {
    const joined = (length: number, type: string) =>
      printed(plus(column('a'), column('a')), { ...TEXT, length }, type, { purpose: 'default' })
    expect(joined(1000, 'nvarchar(2000)')).toEqual({ sql: '[a] + [a]' })
    expect(joined(1001, 'nvarchar(2002)')).toEqual({ sql: 'cast([a] as nvarchar(max)) + [a]' })
  })

  it.each([
    ['a]b', '"a]b"'],
    ['a"b', '[a"b]'],
  ])('quotes names: %s', (name, quoted) => {
    const place = { purpose: 'check', column: () => ({ name, logical: INT, type: 'int' }) } as const
    expect(translateExpression(equal(column('a'), integer('1')), place)).toEqual({ sql: `${quoted} = 1` })
  })

  it('refuses what holds a query, and numbers beyond 38 digits', () => {
    const query: Expression = { kind: 'subquery', query: { kind: 'select', distinct: false, items: [], from: [] } }
    expect(printed(equal(column('a'), query), INT, 'int')).toEqual({ reason: 'it holds a query' })
    const wide = { kind: 'decimal', precision: 38, scale: 2 } as const
    expect(printed(equal(plus(column('a'), column('a')), integer('1')), wide, 'decimal(38,2)')).toEqual({
      reason: 'a decimal would need more than 38 digits',
    })
  })
})
