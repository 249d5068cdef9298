import type { Token } from './tokens.ts'

/** Thrown inside the parser only, where the text says something the tree has no words for. */
export class NotUnderstood extends Error {}

export function notUnderstood(): never {
  throw new NotUnderstood()
}

/** Parentheses and operators within one another; beyond, a text is nobody's expression. */
const DEEPEST = 200

/** Reads tokens one after another. Keywords and symbols are asked for in lower case; a quoted name is neither. */
export class TokenCursor {
  private readonly tokens: readonly Token[]
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
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

  /** Whether these keywords and symbols come next. */
  sees(...texts: readonly string[]): boolean {
    return texts.every((text, ahead) => {
      const token = this.peek(ahead)
      return (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text
    })
  }

  /** Takes the next tokens if they are those keywords and symbols. */
  accept(...texts: readonly string[]): boolean {
    if (!this.sees(...texts)) return false
    this.index += texts.length
    return true
  }

  /** Takes the next tokens, which must be those keywords and symbols. */
  expect(...texts: readonly string[]): void {
    if (!this.accept(...texts)) notUnderstood()
  }

  /** Takes the next token if it is one of those, and gives it in lower case. */
  acceptOneOf<Text extends string>(texts: readonly Text[]): Text | undefined {
    return texts.find((text) => this.accept(text))
  }

  /** `first`, then as many more as commas follow, up to `close`, which is taken. */
  list<Item>(item: () => Item, close: ')' | ']' = ')'): Item[] {
    if (this.accept(close)) return []
    const items = [item()]
    while (this.accept(',')) items.push(item())
    this.expect(close)
    return items
  }

  /** Runs `parse` one level further down. */
  nested<Result>(parse: () => Result): Result {
    if (++this.depth > DEEPEST) notUnderstood()
    const result = parse()
    this.depth--
    return result
  }
}
