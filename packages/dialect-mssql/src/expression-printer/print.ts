import { type Expression, type ExpressionOf, isComparison, isZero } from '@albackup/core'
import { CONDITION, loose, operand, refuse, requireCondition, whole } from '@albackup/core/printing'
import { printArithmetic, printSign } from './arithmetic.ts'
import { printCase } from './choose.ts'
import { columnName, typeThere } from './column-types.ts'
import { isBinary, oneOfTexts } from './compare-texts.ts'
import { compare } from './comparison.ts'
import type { ExpressionContext } from './context.ts'
import { asType } from './convert.ts'
import { listOf } from './filter.ts'
import { printCall, printNextValue } from './functions.ts'
import { printLiteral } from './literals.ts'
import { printLike } from './pattern.ts'
import type { Printed } from './printed.ts'
import { printEmptiness, printPosition } from './text-functions.ts'

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
      return printNullTest(expression, context)
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
    default:
      return refuse('it holds a query')
  }
}

function printColumn({ name, of }: ExpressionOf<'column'>, context: ExpressionContext): Printed {
  const column = context.column(name, of)
  if (column === undefined) return refuse(`the column ${name} is not in the target`)
  const type = typeThere(column) ?? refuse(`the column ${name} has another type there`)
  const fullScale = type.kind === 'decimal' && column.anyScale === undefined
  const printed = { ...whole(columnName(column), type), column: true, ...(fullScale && { fullScale }) } as const
  return isBinary(column.collation) ? { ...printed, collated: 'column' } : printed
}

function printUnary(expression: ExpressionOf<'unary'>, context: ExpressionContext): Printed {
  const inner = print(expression.operand, context)
  if (expression.operator !== 'not') return printSign(expression.operator, inner)
  return loose(`not (${requireCondition(inner).sql})`, CONDITION)
}

function printNullTest({ operand: tested, negated }: ExpressionOf<'is-null'>, context: ExpressionContext): Printed {
  // Whatever the type.
  const column = tested.kind === 'column' ? context.column(tested.name, tested.of) : undefined
  const printed = column === undefined ? print(tested, context) : whole(columnName(column), column.logical)
  if (printed.type.kind === 'condition') return refuse('a condition is tested for NULL')
  if (column?.ofRows) return refuse('a row of values is NULL where each of them is')
  return loose(`${operand(printed)} is ${negated ? 'not ' : ''}null`, CONDITION)
}

function printBinary(expression: ExpressionOf<'binary'>, context: ExpressionContext): Printed {
  const { operator, left, right } = expression
  if (operator === 'and' || operator === 'or') {
    return printList(expression, operator, context) ?? printChain(expression, context)
  }
  if (!isComparison(operator)) return printArithmetic(operator, print(left, context), print(right, context), context)
  return (
    printCountOfNone(expression, context) ?? compare(operator, print(left, context), print(right, context), context)
  )
}

/** A chain of comparisons with literals, where it has another form: texts are measured once, a filter says IN and no OR or NOT. */
function printList(
  expression: ExpressionOf<'binary'>,
  operator: 'and' | 'or',
  context: ExpressionContext,
): Printed | undefined {
  const list = listOf(expression, operator)
  const isFilter = context.purpose === 'filter'
  if (list === undefined || (isFilter && operator === 'and')) return undefined
  const value = print(list.value, context)
  const constants = list.constants.map((constant) => print(constant, context))
  // Each is compared by itself too, which refuses what is not proven.
  const links = constants.map((constant) => compare('=', value, constant, context).sql)
  if (isFilter) return inList(value, links)
  if (value.type.kind !== 'text') return undefined
  const found = oneOfTexts(value, constants)
  return operator === 'or' ? found : loose(`not (${found.sql})`, CONDITION)
}

/** From `a = 1`, `a = 2`. */
function inList(value: Printed, links: readonly string[]): Printed {
  const equals = `${operand(value)} = `
  return loose(`${operand(value)} in (${links.map((link) => link.slice(equals.length)).join(', ')})`, CONDITION)
}

/** `a or b or c` needs no parentheses; an `or` inside an `and` does. */
function printChain(expression: ExpressionOf<'binary'>, context: ExpressionContext): Printed {
  const sides = [expression.left, expression.right].map((side) => {
    const printed = requireCondition(print(side, context))
    const isSame = side.kind === 'binary' && side.operator === expression.operator
    const isMixed = !isSame && / (and|or) /.test(printed.sql)
    return isMixed ? `(${printed.sql})` : printed.sql
  })
  return loose(sides.join(` ${expression.operator} `), CONDITION)
}

/** Whether anything is in a text, or found in it: `character-count(a) > 0`. In what units that is counted does not matter. */
function printCountOfNone(
  { left, right, operator }: ExpressionOf<'binary'>,
  context: ExpressionContext,
): Printed | undefined {
  const isNone = right.kind === 'literal' && right.value.type === 'integer' && isZero(right.value.digits)
  if (!isNone || left.kind !== 'call') return undefined
  if (left.name === 'character-count') return printEmptiness(operator, print(left.arguments[0]!, context))
  if (left.name !== 'position') return undefined
  const [searched, text] = left.arguments.map((each) => print(each, context))
  return loose(`${printPosition([searched!, text!], { ...context, text: 'ascii' }).sql} ${operator} 0`, CONDITION)
}

function printBranches({ branches, otherwise }: ExpressionOf<'case'>, context: ExpressionContext): Printed {
  const printed = branches.map(({ when, result }) => ({ when: print(when, context), result: print(result, context) }))
  return printCase(printed, otherwise === null ? null : print(otherwise, context), context)
}

/** What a text looks like in a style of T-SQL is not known here. */
function printConversion(
  { operand: from, type, style, rounded }: ExpressionOf<'convert'>,
  context: ExpressionContext,
): Printed {
  if (style !== null && style !== 0) return refuse(`a conversion has style ${style}`)
  return asType(print(from, context), type, context, rounded === true)
}
