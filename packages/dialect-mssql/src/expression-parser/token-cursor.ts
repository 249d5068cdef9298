import type { Expression, Query } from '@albackup/core'
import type { Token } from './tokens.ts'

/** Thrown inside the parser only, where the text says something the tree has no words for. The message, if any, says what. */
export class NotUnderstood extends Error {}

/** What an expression may hold where it stands in a query. */
export interface QueryParts {
  /** `qualifiers`: what stands before the name, the last one next to it. */
  column(name: string, qualifiers: readonly string[]): Expression
  /** The query at the cursor, up to the parenthesis that closes it. */
  subquery(cursor: TokenCursor): Query
}

/** Parentheses and operators within one another; beyond, a text is nobody's expression. */
const DEEPEST = 200

/** Reads tokens one after another. Keywords and symbols are asked for in lower case. */
export class TokenCursor {
  /** Absent where a scalar expression stands by itself. */
  readonly queries: QueryParts | undefined
  private readonly tokens: readonly Token[]
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[], queries?: QueryParts) {
    this.tokens = tokens
    this.queries = queries
  }

  /** How many tokens have been taken. */
  get place(): number {
    return this.index
  }

  /** Goes on behind that many tokens. */
  moveTo(place: number): void {
    this.index = place
  }

  /** The token `ahead` places on; beyond the end, the end. */
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)]!
  }

  take(): Token {
    const token = this.peek()
    this.index++
    return token
  }

  /** Whether the next token is that keyword or symbol; a quoted name is neither. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text
  }

  /** Takes the next token if it is that keyword or symbol. */
  accept(text: string): boolean {
    if (!this.sees(text)) return false
    this.index++
    return true
  }

  /** Takes the next token, which must be that keyword or symbol. */
  expect(text: string): void {
    if (!this.accept(text)) throw new NotUnderstood()
  }

  /** Takes the next token if it is one of those symbols or keywords, and gives it in lower case. */
  acceptOneOf<Text extends string>(texts: readonly Text[]): Text | undefined {
    return texts.find((text) => this.accept(text))
  }

  /** `first`, then as many more as commas follow, up to the closing parenthesis, which is taken. */
  list<Item>(item: () => Item): Item[] {
    if (this.accept(')')) return []
    const items = [item()]
    while (this.accept(',')) items.push(item())
    this.expect(')')
    return items
  }

  /** Runs `parse` one level further down. */
  nested<Result>(parse: () => Result): Result {
    if (++this.depth > DEEPEST) throw new NotUnderstood()
    const result = parse()
    this.depth--
    return result
  }
}
