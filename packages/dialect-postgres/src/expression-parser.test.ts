import type { Expression } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { parseExpression } from './expression-parser.ts'

const column = (name: string): Expression => ({ kind: 'column', name })
const integer = (digits: string): Expression => ({ kind: 'literal', value: { type: 'integer', digits } })
const text = (value: string): Expression => ({ kind: 'literal', value: { type: 'text', text: value, unicode: true } })
const binary = (left: Expression, operator: '=' | '>' | 'and' | '+', right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
})

describe('the text of a PostgreSQL catalog', () => {
  it('is the tree of what it means', () => {
    expect(parseExpression('((i > 0) AND ("No" = 1))', 'condition')).toEqual(
      binary(binary(column('i'), '>', integer('0')), 'and', binary(column('No'), '=', integer('1'))),
    )
  })

  it('has names as they are written, without quotes', () => {
    expect(parseExpression('"a ""b"" c"', 'value')).toEqual(column('a "b" c'))
  })

  it.each([
    ["'it''s'::text", "it's"],
    ["'back\\slash'::text", 'back\\slash'],
    ["E'back\\\\slash\\''::text", "back\\slash'"],
    ["'2 lines\n'::text", '2 lines\n'],
    ["'{a,b}'::text[]", '{a,b}'],
    ['\'ok\'::public."My mood"', 'ok'],
    ['B\'101\'::"bit"', '101'],
  ])('has texts of all kinds: %s', (native, value) => {
    expect(parseExpression(native, 'value')).toEqual(text(value))
  })

  it.each([
    "nextval('numbers'::regclass)",
    'nextval(\'"Numbers"\'::regclass)',
    'nextval(\'public."Nu mbers"\'::regclass)',
  ])('names a sequence with or without its schema: %s', (native) => {
    expect(parseExpression(native, 'value')).toMatchObject({
      kind: 'next-value',
      name: expect.stringMatching(/nu ?mbers/i),
    })
  })

  it('is a condition or a value as it is asked for', () => {
    const isTrue = binary(column('b'), '=', integer('1'))
    expect(parseExpression('b', 'condition')).toEqual(isTrue)
    expect(parseExpression('b', 'value')).toEqual(column('b'))
    expect(parseExpression('(i > 0)', 'value')).toMatchObject({ kind: 'case', otherwise: null })
  })

  it('joins texts and never adds them', () => {
    const asText = { kind: 'convert', operand: column('i'), style: null }
    expect(parseExpression("(i || '5'::text)", 'value')).toMatchObject({
      operator: '+',
      left: asText,
      right: text('5'),
    })
  })

  it.each([
    ...[
      '',
      '(',
      ')',
      '(i',
      'i)',
      '()',
      ',',
      'i,',
      '1 2',
      "'open",
      '"open',
      '""',
      'a.b',
      '$1',
      '1x',
      'i =',
      '= i',
      'i =',
    ],
    ...[
      '(i > )',
      'NOT',
      'CASE',
      'CASE END',
      'CASE WHEN i THEN',
      'ARRAY[',
      'ANY (ARRAY[1])',
      'i = ANY (',
      'i = ANY (tags)',
    ],
    ...[
      'i = ANY (ARRAY[]::integer[])',
      'i::',
      'i::nonsense',
      'i::text[]',
      'f(i)',
      'public.f(i)',
      "E'\\q'",
      '(i IS)',
      'i IS 5',
    ],
    ...[
      'extract(epoch from ts)',
      'nextval(x)',
      "nextval('a.b.c'::regclass)",
      "(ts + '1.5 days'::interval)",
      'i COLLATE "de_DE"',
    ],
    ...[
      "(ts AT TIME ZONE 'Europe/Berlin'::text)",
      '(a ~~ b)',
      "(a ~~ 'x\\'::text)",
      "(a ~ '('::text)",
      "(a ~ '*'::text)",
    ],
    ...[
      "(a ~ '[[:punct:]]'::text)",
      "(a ~ '[[:alpha:]'::text)",
      "(a ~ '(a'::text)",
      "(a ~ 'a)'::text)",
      "(a ~ '(a)*'::text)",
      "(a ~ '(?=a)'::text)",
      "(a ~ '(?i)a'::text)",
      "(a ~ 'a^b'::text)",
      "(a ~ 'a$b'::text)",
      "(a ~ '\\mab'::text)",
      "(a ~ 'a++'::text)",
      "(a ~ 'a{3,2}'::text)",
      "(a ~ 'a{0,99}'::text)",
      "(a ~ '[a|b]{9,20}(c|d)?'::text)",
      "(a ~* '[A-z]'::text)",
      "(a ~ '[]'::text)",
    ],
  ])('is not understood and never fails: %s', (native) => {
    expect(parseExpression(native, 'value')).toBeUndefined()
    expect(parseExpression(native, 'condition')).toBeUndefined()
  })

  it('is not understood where it is too deep or too long', () => {
    expect(parseExpression(`${'('.repeat(500)}i${')'.repeat(500)}`, 'value')).toBeUndefined()
    expect(parseExpression(`i${' + i'.repeat(3000)}`, 'value')).toBeUndefined()
    expect(parseExpression(`${'NOT '.repeat(1000)}b`, 'condition')).toBeUndefined()
  })

  it('is read to the end whatever is cut off', () => {
    const native = "((status)::text = ANY ((ARRAY['a'::character varying, 'b''c'::character varying])::text[]))"
    for (let length = 0; length < native.length; length++) {
      expect(parseExpression(native.slice(0, length), 'condition')).toBeUndefined()
    }
    expect(parseExpression(native, 'condition')).toMatchObject({ operator: 'or' })
  })
})
