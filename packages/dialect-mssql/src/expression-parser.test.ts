import type { Expression, Literal } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { boundDefaultExpression, parseExpression, textComparison } from './expression-parser.ts'

const literal = (value: Literal): Expression => ({ kind: 'literal', value })
const int = (digits: string) => literal({ type: 'integer', digits })
const column = (name: string): Expression => ({ kind: 'column', name })
const binary = (left: Expression, operator: '=' | 'or' | 'and' | '+' | '*' | '>=' | '<=', right: Expression) =>
  ({ kind: 'binary', operator, left, right }) as const

describe('parseExpression', () => {
  const trees: readonly (readonly [string, Expression])[] = [
    ['((1))', int('1')],
    ['50', int('50')],
    ["(N'it''s')", literal({ type: 'text', text: "it's", unicode: true })],
    ["('')", literal({ type: 'text', text: '', unicode: false })],
    ['(0xABC)', literal({ type: 'binary', hex: '0ABC' })],
    ['(0x)', literal({ type: 'binary', hex: '' })],
    ['(.5)', literal({ type: 'decimal', digits: '.5' })],
    ['(1.)', literal({ type: 'decimal', digits: '1.' })],
    ['(1.5e+003)', literal({ type: 'float', digits: '1.5e+003' })],
    ['(NULL)', literal({ type: 'null' })],
    ['[a]]b]', column('a]b')],
    ['"a""b"', column('a"b')],
    ['[select]', column('select')],
    ['1 -- one\n + /* a /* nested */ comment */ 2', binary(int('1'), '+', int('2'))],
    ['1+2*3', binary(int('1'), '+', binary(int('2'), '*', int('3')))],
    ['[a] IN (1, 2)', binary(binary(column('a'), '=', int('1')), 'or', binary(column('a'), '=', int('2')))],
    ['[a] between 1 and 2', binary(binary(column('a'), '>=', int('1')), 'and', binary(column('a'), '<=', int('2')))],
    ['[a] !< 1', binary(column('a'), '>=', int('1'))],
    [
      "[a] not like 'x!%' escape '!'",
      {
        kind: 'like',
        operand: column('a'),
        pattern: literal({ type: 'text', text: 'x!%', unicode: false }),
        escape: '!',
        negated: true,
      },
    ],
    ['(NEXT VALUE FOR [s].[q])', { kind: 'next-value', schema: 's', name: 'q' }],
    [
      'CONVERT([decimal](10,2),[a],(0))',
      { kind: 'convert', operand: column('a'), type: { kind: 'decimal', precision: 10, scale: 2 }, style: 0 },
    ],
    ['getdate()', { kind: 'call', name: 'now', arguments: [] }],
    ['CURRENT_TIMESTAMP', { kind: 'call', name: 'now', arguments: [] }],
    ['sys.upper([a])', { kind: 'call', name: 'upper', arguments: [column('a')] }],
    [
      'iif([a]=1,2,3)',
      {
        kind: 'case',
        branches: [{ when: binary(column('a'), '=', int('1')), result: int('2') }],
        otherwise: int('3'),
      },
    ],
  ]

  it.each(trees)('reads %s', (native, tree) => {
    expect(parseExpression(native)).toEqual(tree)
  })

  const odd = [
    ...[
      '',
      ' ',
      '[]',
      '""',
      '(',
      ')',
      '()',
      '1 2',
      'a b',
      "'open",
      '[open',
      '"open',
      '/* open',
      '--',
      '1 +',
      '* 1',
      'case end',
    ],
    ...['[a] not 1', '[a] in ()', '[a] is 1', 'not', 'and', '@x', '$', '0x1g', '1e', '1.2.3', '{fn now()}', '\u0000'],
    ...['[dbo].[f]([a])', '[t].[a]', 'rand()', 'upper()', 'upper(1,2)', "[a] collate Latin1_General_CI_AS='x'"],
    ...[
      "CONVERT([mytype],'x')",
      "CAST('1.5' AS numeric)",
      'datepart(weekday,[a])',
      'exists (select 1)',
      '[x].value(1)',
    ],
    '('.repeat(100_000),
    `${'- '.repeat(100_000)}1`,
    `1${'+1'.repeat(100_000)}`,
    'not '.repeat(100_000),
  ]
  it.each(odd.map((text) => [text.slice(0, 40), text]))('does not understand %j, and does not throw', (_, text) => {
    expect(parseExpression(text)).toBeUndefined()
  })
})

it('reads long lists and long texts', () => {
  const list = parseExpression(`[a] in (${Array.from({ length: 900 }, (_, i) => i).join(',')})`)
  expect(JSON.stringify(list).match(/"column"/g)).toHaveLength(900)
  const text = 'x'.repeat(1_000_000)
  expect(parseExpression(`N'${text}'`)).toEqual(literal({ type: 'text', text, unicode: true }))
})

describe('boundDefaultExpression', () => {
  it.each([
    ["create default unknown as 'x'", "'x'"],
    ['CREATE DEFAULT [dbo].[zero] AS 0 -- none', '0 -- none'],
    ['create view v as select 1', undefined],
    ['', undefined],
  ])('finds in %j the expression %j', (definition, expression) => {
    expect(boundDefaultExpression(definition)).toBe(expression)
  })
})

describe('textComparison', () => {
  const language = (caseSensitive: boolean) => ({ by: 'language', caseSensitive, ignoresTrailingBlanks: true })
  it.each([
    ['Latin1_General_BIN2', { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }],
    ['Japanese_BIN', { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }],
    ['SQL_Latin1_General_CP1_CI_AS', language(false)],
    ['Latin1_General_100_CS_AS_SC_UTF8', language(true)],
    ['Latin1_General_100_BIN2_UTF8', { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }],
    ['SQL_Latin1_General_Pref_CP1_CI_AS', language(false)],
    ['SQL_Latin1_General_CP850_BIN2', { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: true }],
    ['Turkish_CI_AS', undefined],
    ['Turkish_100_BIN2', undefined],
    ['SQL_Latin1_General_CP1254_CI_AS', undefined],
    ['SQL_Latin1_General_CP1257_CS_AS', undefined],
  ])('of %s is known', (collation, comparison) => {
    expect(textComparison(collation)).toEqual(comparison)
  })
})
