import type { LogicalType } from '@albackup/core'

/** Where an expression will stand in the target. */
export interface ExpressionContext {
  /** Computed columns must be deterministic; a filter compares columns with constants and does nothing else. */
  readonly purpose: 'default' | 'check' | 'computed' | 'filter'
  /** The column of that name in the source; undefined when there is none that can be referred to. */
  column(name: string): ContextColumn | undefined
  /** The column that a default or a computed expression gives its value to. */
  readonly target?: ContextColumn
  /** The target's quoted full name of a source's sequence; `schema` null: that of the expression's own table. */
  sequence?(schema: string | null, name: string): string | undefined
  /**
   * What texts may hold. 'any' prints only what is equal for every text. 'ascii' prints also what is equal for texts of
   * printable ASCII characters; the caller then reports that others may be treated otherwise. Without a word: 'any'.
   */
  readonly text?: 'any' | 'ascii'
  /** 'ignored': a filter may take texts for equal that differ in blanks at their end; the caller then reports it. */
  readonly blanks?: 'ignored'
}

export interface ContextColumn {
  /** As SQL Server names it, not yet quoted. */
  readonly name: string
  readonly logical: LogicalType
  /** As SQL Server declares it: 'nvarchar(40)'. */
  readonly type: string
  /** As it is declared; absent where it has that of the database. */
  readonly collation?: string
}
