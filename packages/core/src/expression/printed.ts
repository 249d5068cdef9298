import type { LogicalType } from '../model/logical-type.ts'
import type { Literal } from './expression.ts'
import { refuse } from './not-proven.ts'

/** What an expression gives: a value of a type, a condition (true, false or unknown), or the untyped NULL. */
export type ExpressionType = LogicalType | { readonly kind: 'condition' } | { readonly kind: 'null' }

/** An expression in the target's words, with what the source takes it for. A dialect adds what else it wants to know of one. */
export interface PrintedExpression {
  readonly sql: string
  readonly type: ExpressionType
  /** Stands as an operand without parentheses. */
  readonly tight: boolean
  /** Known when the expression is a literal. */
  readonly constant?: Constant
  /** A column as it is, whose type is declared and not inferred. */
  readonly column?: true
}

/** A literal, its number with the sign. */
export type Constant =
  | Exclude<Literal, { readonly type: 'null' }>
  /** A date, time or timestamp, as a text that means the same in every session. */
  | { readonly type: 'moment'; readonly text: string }

export const CONDITION = { kind: 'condition' } as const
export const BIT = { kind: 'boolean' } as const
export const INT = { kind: 'integer', bits: 32, signed: true } as const
export const BIGINT = { kind: 'integer', bits: 64, signed: true } as const
export const DOUBLE = { kind: 'float', bits: 64 } as const
export const DATE = { kind: 'date' } as const

export const NULL: PrintedExpression = { sql: 'null', type: { kind: 'null' }, tight: true }

/** A name, a literal, a function call, or anything else that is whole by itself. */
export function whole(sql: string, type: ExpressionType): PrintedExpression {
  return { sql, type, tight: true }
}

/** Operators at its top. */
export function loose(sql: string, type: ExpressionType): PrintedExpression {
  return { sql, type, tight: false }
}

/** As an operand of an operator. */
export function operand({ sql, tight }: PrintedExpression): string {
  return tight ? sql : `(${sql})`
}

export function requireCondition<Printed extends PrintedExpression>(printed: Printed): Printed {
  return printed.type.kind === 'condition' ? printed : refuse('a value stands for a condition')
}

export function requireValue<Printed extends PrintedExpression>(printed: Printed): Printed {
  return printed.type.kind === 'condition' ? refuse('a condition stands for a value') : printed
}

/** The type of a value; null: it is the untyped NULL. */
export function valueType(printed: PrintedExpression): LogicalType | null {
  const { type } = requireValue(printed)
  return type.kind === 'null' || type.kind === 'condition' ? null : type
}
