import { type ExpressionType, operand, type PrintedExpression, whole } from '@albackup/core/printing'

/** An expression in PostgreSQL's words, with what the source takes it for. */
export interface Printed extends PrintedExpression {
  /** What the clock or the session says: a time to more or fewer digits, or a name in other characters, is as good. */
  readonly ambient?: true
  /** A text of printable ASCII in whatever row. */
  readonly ascii?: true
  /** A decimal that is known to be no money. */
  readonly noMoney?: true
  /** A decimal that shows as many digits behind the point as its type has. */
  readonly scaled?: true
  /** A text whose length in the source is known from what it is made of. */
  readonly sized?: true
  /** A text of such digits only, and of dashes between those of a uuid. 'part of digits': there may be none left. */
  readonly symbols?: 'digits' | 'part of digits' | 'hexadecimal'
}

export const DATETIME = { kind: 'timestamp', precision: 3, step: '1/300 second' } as const

/** `printed`, known to be what the clock or the session says where `origin` is. */
export function keepAmbient(origin: Printed, printed: Printed): Printed {
  return origin.ambient ? { ...printed, ambient: true } : printed
}

/** Whether a text is known to be as long in the source as its type says: a column, a literal, or what is made of these. */
export function isSized({ column, constant, sized }: Printed): boolean {
  return column === true || constant !== undefined || sized === true
}

/** Cast with PostgreSQL's `::`. */
export function cast(printed: Printed, to: string, type: ExpressionType): Printed {
  return whole(`${operand(printed)}::${to}`, type)
}
