import type { PrintColumn, PrintContext } from '@albackup/core/printing'

/** Where an expression will stand in the target. A filter compares columns with constants and does nothing else. */
export interface ExpressionContext extends PrintContext<ContextColumn> {
  readonly purpose: Exclude<PrintContext['purpose'], 'view'>
  /** 'ignored': a filter may take texts for equal that differ in blanks at their end; the caller then reports it. */
  readonly blanks?: 'ignored'
}

export interface ContextColumn extends PrintColumn {
  /** As it is declared; absent where it has that of the database. */
  readonly collation?: string
}
