import type { LogicalType } from '@albackup/core'

/** What an expression gives: a value of a type, a condition (true, false or unknown), or the untyped NULL. */
export type ExpressionType = LogicalType | { readonly kind: 'condition' } | { readonly kind: 'null' }

/** An expression in PostgreSQL's words, with what the source takes it for. */
export interface Printed {
  readonly sql: string
  readonly type: ExpressionType
  /** Stands as an operand without parentheses. */
  readonly tight: boolean
  /** Known when the expression is a literal, with its sign. */
  readonly constant?: Constant
  /** What the clock or the session says: a time to more or fewer digits, or a name in other characters, is as good. */
  readonly ambient?: true
  /** A text of printable ASCII in whatever row. */
  readonly ascii?: true
  /** A column as it is, whose type is declared and not inferred. */
  readonly column?: true
}

export type Constant =
  | { readonly type: 'integer' | 'decimal' | 'float'; readonly digits: string }
  | { readonly type: 'text'; readonly text: string; readonly unicode: boolean }
  | { readonly type: 'binary'; readonly hex: string }
  /** A date, time or timestamp, as a text that means the same in every session. */
  | { readonly type: 'moment'; readonly text: string }

/** Thrown inside the printer only, where equality is not proven. The message says why, as the end of a sentence. */
export class NotProven extends Error {}

export function refuse(reason: string): never {
  throw new NotProven(reason)
}

export const CONDITION = { kind: 'condition' } as const
export const INT = { kind: 'integer', bits: 32, signed: true } as const
export const BIGINT = { kind: 'integer', bits: 64, signed: true } as const
export const DOUBLE = { kind: 'float', bits: 64 } as const
export const DATE = { kind: 'date' } as const
export const DATETIME = { kind: 'timestamp', precision: 3, step: '1/300 second' } as const

export const NULL: Printed = { sql: 'null', type: { kind: 'null' }, tight: true }

/** A name, a literal, a function call, or anything else that is whole by itself. */
export function whole(sql: string, type: ExpressionType): Printed {
  return { sql, type, tight: true }
}

/** Operators at its top. */
export function loose(sql: string, type: ExpressionType): Printed {
  return { sql, type, tight: false }
}

/** As an operand of an operator. */
export function operand(printed: Printed): string {
  return printed.tight ? printed.sql : `(${printed.sql})`
}

/** `printed`, known to be what the clock or the session says where `origin` is. */
export function keepAmbient(origin: Printed, printed: Printed): Printed {
  return origin.ambient ? { ...printed, ambient: true } : printed
}

/** Cast with PostgreSQL's `::`. */
export function cast(printed: Printed, to: string, type: ExpressionType): Printed {
  return whole(`${operand(printed)}::${to}`, type)
}
