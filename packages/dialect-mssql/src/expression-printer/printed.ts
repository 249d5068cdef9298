import type { LogicalTypeOf } from '@albackup/core'
import { type ExpressionType, type PrintedExpression, whole } from '@albackup/core/printing'

/** An expression in T-SQL, with what the source takes it for. */
export interface Printed extends PrintedExpression {
  /** Of a decimal whose values have as many digits after the point in the source as its type says. */
  readonly fullScale?: true
  /** What the clock says, as a local time too: a zone's own time is not known of any other instant. */
  readonly clock?: { readonly local: string }
  /** What a timestamp of the clock is as an instant, if it is taken for one of the session's zone. */
  readonly instant?: string
  /** Of a sum: fewer digits by which it can be computed with, for its own are all that there are. */
  readonly fits?: LogicalTypeOf<'decimal'>
  /** Is compared by its characters: 'column', since a column is; 'explicit', since COLLATE says so. */
  readonly collated?: 'column' | 'explicit'
}

/** What is said of a text that is made of others. */
export function collationOf(...texts: readonly Printed[]): Pick<Printed, 'collated'> {
  const found = texts.map(({ collated }) => collated)
  if (found.includes('explicit')) return { collated: 'explicit' }
  return found.includes('column') ? { collated: 'column' } : {}
}

export function cast({ sql }: Pick<Printed, 'sql'>, to: string, type: ExpressionType): Printed {
  return whole(`cast(${sql} as ${to})`, type)
}
