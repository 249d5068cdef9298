import type { Expression } from '@albackup/core'
import type { PrintColumn, PrintContext } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

/** Where an expression will stand in the target. A filter compares columns with constants and does nothing else. */
export interface ExpressionContext extends PrintContext<ContextColumn> {
  /** In a query: what is printed for an expression there and nowhere else. `context`: the one that it is printed in. */
  inQuery?(expression: Expression, context: ExpressionContext): Printed | undefined
  /** 'ignored': a filter may take texts for equal that differ in blanks at their end; the caller then reports it. */
  readonly blanks?: 'ignored'
}

export interface ContextColumn extends PrintColumn {
  /** As it is declared; absent where it has that of the database. */
  readonly collation?: string
  /** Of a decimal: each of its values has as many digits in the source as it was given. */
  readonly anyScale?: true
  /** Of rows of values, which are NULL where each of them is. */
  readonly ofRows?: true
  /** In a query: what its relation is called there, not yet quoted. */
  readonly of?: string
}
