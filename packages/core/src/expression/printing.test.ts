import { describe, expect, it } from 'vitest'
import type { ArithmeticOperator, FunctionName } from './expression.ts'
import {
  BIT,
  CONDITION,
  comparedDecimal,
  computedDecimal,
  DATE,
  decimalTypeOf,
  exactDecimal,
  INT,
  isPlainDecimal,
  literalDatePart,
  literalInteger,
  literalNumberType,
  loose,
  NULL,
  operand,
  type PrintContext,
  type PrintedExpression,
  type PrintedFunctions,
  printFunction,
  refuse,
  requireCondition,
  requireValue,
  translate,
  valueType,
  whole,
} from './printing.ts'

const condition = loose('a = 1', CONDITION)

describe('a printed expression', () => {
  it('has parentheses as an operand when operators are at its top', () => {
    expect([whole('f(a)', INT), loose('a + b', INT)].map(operand)).toEqual(['f(a)', '(a + b)'])
  })

  it('is a condition, a value or NULL', () => {
    expect(requireCondition(condition)).toBe(condition)
    expect([NULL, whole('a', DATE)].map(valueType)).toEqual([null, DATE])
    expect(translate(() => requireCondition(NULL))).toEqual({ reason: 'a value stands for a condition' })
    expect(translate(() => requireValue(condition))).toEqual({ reason: 'a condition stands for a value' })
    expect(translate(() => valueType(condition))).toEqual({ reason: 'a condition stands for a value' })
  })
})

describe('a translation', () => {
  it('is what is printed, or why a part of it was refused', () => {
    expect(translate(() => ({ sql: '1' }))).toEqual({ sql: '1' })
    expect(translate(() => [1].map(() => refuse('it is odd')))).toEqual({ reason: 'it is odd' })
  })

  it('hides no other failure', () => {
    const failure = new Error('a bug')
    const print = () => {
      throw failure
    }
    expect(() => translate(print)).toThrow(failure)
  })
})

const decimal = (precision: number, scale: number) => ({ kind: 'decimal', precision, scale }) as const

describe('the type of a number', () => {
  it.each([
    ['2147483647', INT],
    ['-2147483647', INT],
    ['2147483648', decimal(10, 0)],
    ['1'.repeat(40), decimal(40, 0)],
  ] as const)('is for the literal %s the first that holds it', (digits, type) => {
    expect(literalNumberType('integer', digits)).toEqual(type)
  })

  it('is for a literal with a point a decimal of its digits', () => {
    expect(['0.50', '-12.345', '0'].map((digits) => literalNumberType('decimal', digits))).toEqual([
      decimal(2, 2),
      decimal(5, 3),
      decimal(1, 0),
    ])
  })

  it('is beside a decimal one of as many digits as the integer has', () => {
    const seven = { type: INT, constant: { type: 'integer', digits: '7' } } as const
    expect([{ type: INT }, seven, { type: decimal(9, 2) }].map(decimalTypeOf)).toEqual([
      decimal(10, 0),
      decimal(1, 0),
      decimal(9, 2),
    ])
    expect(translate(() => decimalTypeOf({ type: BIT }))).toEqual({ reason: 'boolean stands for a number' })
  })

  it.each<[ArithmeticOperator, ReturnType<typeof computedDecimal>]>([
    ['+', decimal(11, 4)],
    ['-', decimal(11, 4)],
    ['%', decimal(10, 4)],
    ['*', decimal(15, 6)],
    ['&', undefined],
  ])('is known of decimal(8,2) %s decimal(6,4)', (operator, type) => {
    expect(computedDecimal(operator, decimal(8, 2), decimal(6, 4))).toEqual(type)
  })

  it('is one of a plain double up to 15 digits', () => {
    expect([decimal(15, 4), decimal(16, 4)].map(isPlainDecimal)).toEqual([true, false])
  })

  it('is refused where the source would round', () => {
    const quotient = () => computedDecimal('/', decimal(8, 2), decimal(6, 4))
    expect(translate(quotient)).toEqual({ reason: 'a decimal quotient has another scale' })
    expect(translate(() => exactDecimal(39, 0))).toEqual({ reason: 'a decimal would need more than 38 digits' })
  })

  it('is of any scale where what is computed is compared with an exact number', () => {
    const computed = whole('a * b', decimal(38, 4))
    const column = { ...whole('a', decimal(38, 4)), column: true } as const
    expect(comparedDecimal(computed, whole('b', INT))).toEqual(decimal(38, 0))
    expect(comparedDecimal(column, whole('b', INT))).toBeUndefined()
    expect(comparedDecimal(computed, whole('b', DATE))).toBeUndefined()
  })
})

describe('a function', () => {
  const functions: PrintedFunctions<PrintedExpression, Pick<PrintContext, 'purpose'>> = {
    strict: { abs: ([value]) => whole(`abs(${value!.sql})`, INT) },
    lenient: { coalesce: (args) => whole(`coalesce(${args.map(({ sql }) => sql).join(', ')})`, INT) },
    volatile: { now: () => whole('now()', DATE) },
  }
  const print = (name: FunctionName, purpose: PrintContext['purpose'], ...args: readonly PrintedExpression[]) =>
    translate(() => printFunction(functions, name, args, { purpose }))
  const one = { ...whole('1', INT), constant: { type: 'integer', digits: '1' } } as const

  it('is printed by its name', () => {
    expect(print('abs', 'check', one)).toEqual(whole('abs(1)', INT))
    expect(print('floor', 'check', one)).toEqual({ reason: 'the function floor is not known' })
  })

  it('is NULL when an argument is, but for those that say themselves what they make of it', () => {
    expect(print('abs', 'check', NULL)).toBe(NULL)
    expect(print('coalesce', 'check', NULL, one)).toEqual(whole('coalesce(null, 1)', INT))
  })

  it.each(['computed', 'filter'] as const)('of the clock has no place in what is kept: %s', (purpose) => {
    expect(print('now', 'default')).toEqual(whole('now()', DATE))
    expect(print('now', purpose)).toEqual({ reason: 'it depends on the clock, the session or a sequence' })
  })

  it('takes some arguments as literals only', () => {
    const month = { ...whole("'month'", DATE), constant: { type: 'text', text: 'month', unicode: true } } as const
    expect([literalInteger(one), literalDatePart(month)]).toEqual([1, 'month'])
    expect(translate(() => literalInteger(month))).toEqual({ reason: 'an argument is not a literal' })
    expect(translate(() => literalDatePart(one))).toEqual({ reason: 'a part of a date is no literal' })
  })
})
