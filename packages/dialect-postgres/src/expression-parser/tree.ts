import type { ComparisonOperator, Expression, FunctionName, IntegerType, LogicalType, TextType } from '@albackup/core'

/** Small trees by name. */

export const INT: IntegerType = { kind: 'integer', bits: 32, signed: true }
export const ANY_TEXT: TextType = { kind: 'text', length: null, unit: 'characters', fixed: false }
export const BOOLEAN: LogicalType = { kind: 'boolean' }

export const NULL: Expression = { kind: 'literal', value: { type: 'null' } }

export function text(value: string): Expression {
  return { kind: 'literal', value: { type: 'text', text: value, unicode: true } }
}

/** A number with its sign, as an integer or a decimal literal. */
export function number(type: 'integer' | 'decimal', digits: string): Expression {
  const literal: Expression = { kind: 'literal', value: { type, digits: digits.replace(/^[-+]/, '') } }
  return digits.startsWith('-') ? { kind: 'unary', operator: '-', operand: literal } : literal
}

export function integer(value: number): Expression {
  return number('integer', String(value))
}

export function call(name: FunctionName, ...args: readonly Expression[]): Expression {
  return { kind: 'call', name, arguments: args }
}

export function convert(operand: Expression, type: LogicalType): Expression {
  return { kind: 'convert', operand, type, style: null }
}

export function compare(operator: ComparisonOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right }
}

export function join(operator: 'and' | 'or', ...conditions: readonly Expression[]): Expression {
  return conditions.reduce((left, right) => ({ kind: 'binary', operator, left, right }))
}

export function isNull(operand: Expression, negated = false): Expression {
  return { kind: 'is-null', operand, negated }
}

export function choose(when: Expression, result: Expression, otherwise: Expression): Expression {
  return { kind: 'case', branches: [{ when, result }], otherwise }
}

/** The text of a literal, or undefined. */
export function literalText(expression: Expression): string | undefined {
  return expression.kind === 'literal' && expression.value.type === 'text' ? expression.value.text : undefined
}

/** The whole number that a literal without a sign is, or undefined. */
export function literalInteger(expression: Expression): number | undefined {
  return expression.kind === 'literal' && expression.value.type === 'integer'
    ? Number(expression.value.digits)
    : undefined
}

/** A literal, also one that is converted or has a sign, other than NULL. */
export function isConstant(expression: Expression): boolean {
  if (expression.kind === 'convert' || expression.kind === 'unary') return isConstant(expression.operand)
  return expression.kind === 'literal' && expression.value.type !== 'null'
}
