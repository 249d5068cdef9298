import { type Expression, type ExpressionOf, isComparison, isZero } from '@albackup/core'
import { CONDITION, loose, operand, refuse, requireCondition } from '@albackup/core/printing'
import { printArithmetic, printSign } from './arithmetic.ts'
import { printCase } from './choose.ts'
import { printColumn } from './columns.ts'
import { compare } from './comparison.ts'
import type { ExpressionContext } from './context.ts'
import { asOperand } from './convert.ts'
import { convertInStyle } from './date-styles.ts'
import { asDay, momentOfDay } from './day-of-moment.ts'
import { printCall } from './functions.ts'
import { printLiteral } from './literals.ts'
import { printLike } from './pattern.ts'
import type { Printed } from './printed.ts'
import { printNextValue } from './session-functions.ts'
import { unpadded, withoutBlanks } from './text-functions.ts'

export function print(expression: Expression, context: ExpressionContext): Printed {
  return context.inQuery?.(expression, context) ?? printAlone(expression, context)
}

/** What is printed for an expression wherever it stands; for its parts, what is printed for them there. */
export function printAlone(expression: Expression, context: ExpressionContext): Printed {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value)
    case 'column':
      return printColumn(expression, context)
    case 'unary':
      return printUnary(expression, context)
    case 'binary':
      return printBinary(expression, context)
    case 'is-null':
      return loose(
        `${operand(print(expression.operand, context))} is ${expression.negated ? 'not ' : ''}null`,
        CONDITION,
      )
    case 'like':
      return printLike(
        { ...expression, text: print(expression.operand, context), pattern: print(expression.pattern, context) },
        context,
      )
    case 'case':
      return printBranches(expression, context)
    case 'convert':
      return printConversion(expression, context)
    case 'call':
      return printCall(
        expression.name,
        expression.arguments.map((each) => print(each, context)),
        context,
      )
    case 'next-value':
      return printNextValue(expression.schema, expression.name, context)
    case 'aggregate':
    case 'exists':
    case 'in':
    case 'subquery':
      return refuse('it is a part of a query')
  }
}

function printUnary(expression: ExpressionOf<'unary'>, context: ExpressionContext): Printed {
  const inner = print(expression.operand, context)
  if (expression.operator !== 'not') return printSign(expression.operator, inner)
  return loose(`not ${operand(requireCondition(inner))}`, CONDITION)
}

function printBinary(expression: ExpressionOf<'binary'>, context: ExpressionContext): Printed {
  const { operator, left, right } = expression
  if (operator === 'and' || operator === 'or') return printChain(expression, context)
  if (!isComparison(operator)) {
    const [one, other] = [left, right].map((side) => unpadded(print(side, context), context))
    return printArithmetic(operator, one!, operator === '/' || operator === '%' ? divisor(other!, context) : other!)
  }
  return (
    printEmptiness(expression, context) ??
    printPresence(expression, context) ??
    compare(operator, print(left, context), print(right, context), context)
  )
}

function divisor(printed: Printed, { lenient }: ExpressionContext): Printed {
  const mayBeZero = printed.constant === undefined && /^(integer|decimal|float)$/.test(printed.type.kind)
  return lenient && mayBeZero ? { ...printed, sql: `nullif(${printed.sql}, 0)`, tight: true } : printed
}

/** `a or b or c` needs no parentheses; an `or` inside an `and` does. */
function printChain(expression: ExpressionOf<'binary'>, context: ExpressionContext): Printed {
  const sides = [expression.left, expression.right].map((side) => {
    const printed = requireCondition(print(side, context))
    const mixed =
      side.kind === 'binary' && ['and', 'or'].includes(side.operator) && side.operator !== expression.operator
    return mixed ? `(${printed.sql})` : printed.sql
  })
  return loose(sides.join(` ${expression.operator} `), CONDITION)
}

/** `len(a) > 0` asks whether there is anything but blanks, and `datalength(a) > 0` whether there is anything; in what units does not matter. */
function printEmptiness(expression: ExpressionOf<'binary'>, context: ExpressionContext): Printed | undefined {
  const { left, right, operator } = expression
  const isNone = right.kind === 'literal' && right.value.type === 'integer' && isZero(right.value.digits)
  if (!isNone || left.kind !== 'call' || (left.name !== 'length' && left.name !== 'byte-length')) return undefined
  const text = print(left.arguments[0]!, context)
  if (text.type.kind !== 'text') return undefined
  if (left.name === 'byte-length') {
    return text.type.fixed ? undefined : loose(`octet_length(${text.sql}) ${operator} 0`, CONDITION)
  }
  return loose(`length(${withoutBlanks(text)}) ${operator} 0`, CONDITION)
}

/** `patindex('%[0-9]%', a) > 0` asks whether the text is like the pattern, if that says nothing of the text's end. */
function printPresence(
  { left, right, operator }: ExpressionOf<'binary'>,
  context: ExpressionContext,
): Printed | undefined {
  if (left.kind !== 'call' || left.name !== 'pattern-position') return undefined
  const number = right.kind === 'literal' && right.value.type === 'integer' ? Number(right.value.digits) : undefined
  const present = PRESENCE.get(`${operator} ${number}`) ?? refuse('the place of a pattern is more than its presence')
  const [pattern, text] = left.arguments.map((each) => print(each, context))
  if (pattern!.constant?.type !== 'text' || !/[^%]%+$/.test(pattern!.constant.text)) {
    return refuse('a pattern is about the end of a text')
  }
  return printLike({ text: text!, pattern: pattern!, escape: null, negated: !present }, context)
}

const PRESENCE: ReadonlyMap<string, boolean> = new Map([
  ['> 0', true],
  ['<> 0', true],
  ['>= 1', true],
  ['= 0', false],
  ['<= 0', false],
  ['< 1', false],
])

function printBranches(expression: ExpressionOf<'case'>, context: ExpressionContext): Printed {
  const branches = expression.branches.map(({ when, result }) => ({
    when: print(when, context),
    result: print(result, context),
  }))
  return printCase(branches, expression.otherwise === null ? null : print(expression.otherwise, context))
}

/** Style 0 is the usual form. */
function printConversion(expression: ExpressionOf<'convert'>, context: ExpressionContext): Printed {
  const { style, type, rounded } = expression
  if (rounded) return refuse('a conversion rounds to a whole number')
  const moment = momentOfDay(expression)
  if (moment !== undefined) return asDay(print(moment, context), type)
  const value = print(expression.operand, context)
  // Without a style a date has another form than with style 0.
  if (style === 0 && type.kind === 'text' && value.type.kind === 'date') return refuse('a conversion has style 0')
  return style === null || style === 0 ? asOperand(value, type) : convertInStyle(value, type, style, context)
}
