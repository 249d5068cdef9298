import type { Expression, LogicalType } from '@albackup/core'
import type { Printed } from './printed.ts'

/** Where an expression will stand in the target. */
export interface ExpressionContext {
  /** Computed columns and index filters must be immutable: no clock, no session, no sequence. */
  readonly purpose: 'default' | 'check' | 'computed' | 'filter' | 'view'
  /** The column of that name in the source, in a query that of the relation `of`; undefined when there is none that can be referred to. */
  column(name: string, of?: string): ContextColumn | undefined
  /** In a query: what is printed for an expression there and nowhere else. `context`: the one that it is printed in. */
  inQuery?(expression: Expression, context: ExpressionContext): Printed | undefined
  /** The column that a default or a computed expression gives its value to. */
  readonly target?: ContextColumn
  /** The target's quoted full name of a source's sequence; `schema` null: that of the expression's own table. */
  sequence?(schema: string | null, name: string): string | undefined
  /**
   * What texts may hold. 'any' prints only what is equal for every text. 'ascii' prints also what is equal for texts of
   * printable ASCII characters; the caller then reports that others may be treated otherwise. Without a word: 'any'.
   */
  readonly text?: 'any' | 'ascii'
  /** The zone of the source's clock, for its local time ('Europe/Berlin'). Without one: the zone of the target's session. */
  readonly timeZone?: string
}

export interface ContextColumn {
  /** As PostgreSQL names it, not yet quoted. */
  readonly name: string
  readonly logical: LogicalType
  /** As PostgreSQL declares it: 'character varying(40)'. */
  readonly type: string
  /** In a query: what its relation is called there, not yet quoted. */
  readonly of?: string
  /** Nobody has declared its type; it is that of an expression. */
  readonly inferred?: true
}
