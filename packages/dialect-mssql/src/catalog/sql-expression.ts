import type { SqlExpression } from '@albackup/core'
import { parseExpression } from '../expressions.ts'

/** An expression with the words of the catalog, and their meaning where it is understood. */
export function sqlExpression(native: string): SqlExpression {
  const meaning = parseExpression(native)
  return { native, ...(meaning !== undefined && { meaning }) }
}
