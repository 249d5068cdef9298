/** A word of a SQL text. `text`: what it stands for, unquoted. */
export interface SqlToken {
  /** 'word': without quotes; 'symbol': punctuation or an operator; others are the dialect's own. */
  readonly kind: string
  readonly text: string
}

/** Thrown inside a parser only, where the text says something the tree has no words for. The message, if any, says what. */
export class NotUnderstood extends Error {}

/** Parentheses and operators within one another; beyond, a text is nobody's expression. */
const DEEPEST = 200

/** Reads tokens one after another, of which the last stands for the end. Keywords and symbols are asked for in lower case; a quoted name is neither. */
export class TokenCursor<Token extends SqlToken> {
  private readonly tokens: readonly Token[]
  private index = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
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

  /** Whether the token `ahead` places on is that keyword or symbol. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text
  }

  /** Takes the next tokens if they are those keywords and symbols. */
  accept(...texts: readonly string[]): boolean {
    if (!texts.every((text, ahead) => this.sees(text, ahead))) return false
    this.index += texts.length
    return true
  }

  /** Takes the next tokens, which must be those keywords and symbols. */
  expect(...texts: readonly string[]): void {
    if (!this.accept(...texts)) throw new NotUnderstood()
  }

  /** Takes the next token if it is one of those keywords or symbols, and gives it in lower case. */
  acceptOneOf<Text extends string>(texts: readonly Text[]): Text | undefined {
    return texts.find((text) => this.accept(text))
  }

  /** None, or items with commas between, up to `close`, which is taken. */
  list<Item>(item: () => Item, close: ')' | ']' = ')'): Item[] {
    if (this.accept(close)) return []
    const items = [item()]
    while (this.accept(',')) items.push(item())
    this.expect(close)
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
