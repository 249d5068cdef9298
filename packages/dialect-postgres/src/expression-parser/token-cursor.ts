import { TokenCursor as AnyTokenCursor, type Expression, NotUnderstood, type Query } from '@albackup/core'
import type { Token } from './tokens.ts'

export { NotUnderstood }

/** `reason`: what the text has that is not understood, where more is known than the place. */
export function notUnderstood(reason?: string): never {
  throw new NotUnderstood(reason)
}

/** What an expression may hold where it stands in a query. */
export interface QueryParts {
  /** `qualifier`: the relation it is named with. */
  column(name: string, qualifier?: string): Expression
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
