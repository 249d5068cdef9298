import type { Expression } from '@albackup/core'

/**
 * What a T-SQL scalar expression means, from its text as SQL Server's catalog keeps it.
 * Undefined when the text is not understood in full; never throws.
 */
export function parseExpression(_native: string): Expression | undefined {
  return undefined
}
