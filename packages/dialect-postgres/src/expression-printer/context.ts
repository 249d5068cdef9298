import type { Expression, LogicalType } from '@albackup/core'
import type { PrintColumn, PrintContext } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

/** Where an expression will stand in the target. What is computed once and kept must be immutable. */
export interface ExpressionContext extends PrintContext<ContextColumn> {
  /** In a query: what is printed for an expression there and nowhere else. `context`: the one that it is printed in. */
  inQuery?(expression: Expression, context: ExpressionContext): Printed | undefined
  /** What the source's catalog says that a computed column is. */
  readonly declared?: LogicalType
  /** There may be rows for which the source fails to compute this, and which must arrive all the same: they get NULL where that can be said. */
  readonly lenient?: true
  /** The zone of the source's clock, for its local time ('Europe/Berlin'). Without one: the zone of the target's session. */
  readonly timeZone?: string
}

export interface ContextColumn extends PrintColumn {
  /** In a query: what its relation is called there, not yet quoted. */
  readonly of?: string
  /** Nobody has declared its type; it is that of an expression. */
  readonly inferred?: true
}
