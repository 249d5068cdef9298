import { TokenCursor as AnyTokenCursor, type Expression, NotUnderstood, type Query } from '@albackup/core'
import type { Token } from './tokens.ts'

export { NotUnderstood }

/** What an expression may hold where it stands in a query. */
export interface QueryParts {
  /** `qualifiers`: what stands before the name, the last one next to it. */
  column(name: string, qualifiers: readonly string[]): Expression
  /** The query at the cursor, up to the parenthesis that closes it. */
  subquery(cursor: TokenCursor): Query
}

/** Reads the tokens of an expression, or of a query. */
export class TokenCursor extends AnyTokenCursor<Token> {
  /** Absent where a scalar expression stands by itself. */
  readonly queries: QueryParts | undefined

  constructor(tokens: readonly Token[], queries?: QueryParts) {
    super(tokens)
    this.queries = queries
  }
}
