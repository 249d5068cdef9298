import type { QueryConfig } from 'pg'

/**
 * A text of a backup for the extended protocol, which takes one statement: where nothing is to be changed, a text with more in it than
 * it should have is refused.
 */
export function oneStatement(text: string): QueryConfig & { readonly queryMode: 'extended' } {
  return { text, queryMode: 'extended' }
}
