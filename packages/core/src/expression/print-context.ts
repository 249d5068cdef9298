import type { LogicalType } from '../model/logical-type.ts'
import { refuse } from './not-proven.ts'

/** Where an expression will stand in the target. A dialect adds what else it wants to know of the place, and of its columns. */
export interface PrintContext<Column extends PrintColumn = PrintColumn> {
  /** 'computed', 'filter': computed once and kept, so neither clock nor session nor sequence. */
  readonly purpose: 'default' | 'check' | 'computed' | 'filter' | 'view'
  /** The column of that name in the source, in a query that of the relation `of`; undefined when there is none that can be referred to. */
  column(name: string, of?: string): Column | undefined
  /** The column that a default or a computed expression gives its value to. */
  readonly target?: Column
  /** The target's quoted full name of a source's sequence; `schema` null: that of the expression's own table. */
  sequence?(schema: string | null, name: string): string | undefined
  /**
   * What texts may hold. 'any' prints only what is equal for every text. 'ascii' prints also what is equal for texts of
   * printable ASCII characters; the caller then reports that others may be treated otherwise. Without a word: 'any'.
   */
  readonly text?: 'any' | 'ascii'
}

export interface PrintColumn {
  /** As the target names it, not yet quoted. */
  readonly name: string
  readonly logical: LogicalType
  /** As the target declares it: 'nvarchar(40)'. */
  readonly type: string
}

/** Refuses the clock, the session and sequences in what the target computes once and keeps. */
export function requireVolatile({ purpose }: Pick<PrintContext, 'purpose'>): void {
  if (purpose === 'computed' || purpose === 'filter') refuse('it depends on the clock, the session or a sequence')
}
