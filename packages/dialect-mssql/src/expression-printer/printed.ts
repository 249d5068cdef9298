import type { LogicalType } from '@albackup/core'

/** What an expression gives: a value of a type, a condition (true, false or unknown), or the untyped NULL. */
export type ExpressionType = LogicalType | { readonly kind: 'condition' } | { readonly kind: 'null' }

/** An expression in T-SQL, with what the source takes it for. */
export interface Printed {
  readonly sql: string
  readonly type: ExpressionType
  /** Stands as an operand without parentheses. */
  readonly tight: boolean
  /** Known when the expression is a literal, with its sign. */
  readonly constant?: Constant
  /** What the clock says, as a local time too: a zone's own time is not known of any other instant. */
  readonly clock?: { readonly local: string }
  /** A column as it is. */
  readonly column?: true
  /** Is compared by its characters: 'column', since a column is; 'explicit', since COLLATE says so. */
  readonly collated?: Collated
}

export type Collated = 'column' | 'explicit'

export type Constant =
  | { readonly type: 'integer' | 'decimal' | 'float'; readonly digits: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary'; readonly hex: string }
  | { readonly type: 'moment'; readonly text: string }

/** Thrown inside the printer only, where equality is not proven. The message says why, as the end of a sentence. */
export class NotProven extends Error {}

export function refuse(reason: string): never {
  throw new NotProven(reason)
}

export const CONDITION = { kind: 'condition' } as const
export const BIT = { kind: 'boolean' } as const
export const INT = { kind: 'integer', bits: 32, signed: true } as const
export const BIGINT = { kind: 'integer', bits: 64, signed: true } as const
export const DATE = { kind: 'date' } as const

export const NULL: Printed = { sql: 'null', type: { kind: 'null' }, tight: true }

/** A name, a literal, a function call, or anything else that is whole by itself. */
export function whole(sql: string, type: ExpressionType): Printed {
  return { sql, type, tight: true }
}

/** Operators at its top. */
export function loose(sql: string, type: ExpressionType): Printed {
  return { sql, type, tight: false }
}

/** What is said of a text that is made of others. */
export function collationOf(...texts: readonly Printed[]): Pick<Printed, 'collated'> {
  const found = texts.map(({ collated }) => collated)
  if (found.includes('explicit')) return { collated: 'explicit' }
  return found.includes('column') ? { collated: 'column' } : {}
}

/** As an operand of an operator. */
export function operand(printed: Printed): string {
  return printed.tight ? printed.sql : `(${printed.sql})`
}

export function cast(printed: Pick<Printed, 'sql'>, to: string, type: ExpressionType): Printed {
  return whole(`cast(${printed.sql} as ${to})`, type)
}

/** The kind of a value, in words for a reason. */
export function kindOf({ type }: Printed): string {
  return type.kind
}
