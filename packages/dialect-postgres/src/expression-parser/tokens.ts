/** A word of PostgreSQL's catalog text. `text`: what it stands for, unquoted. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'bits' | 'integer' | 'decimal' | 'float' | 'symbol' | 'end'
  readonly text: string
}

const BLANK = /\s+/y
const TEXT = /'((?:[^']|'')*)'/y
const ESCAPED_TEXT = /E'((?:[^'\\]|''|\\[\\'])*)'/iy
const BITS = /B'([01]*)'/iy
const NAME = /"((?:[^"]|"")+)"/y
const NUMBER = /(?:\d+(\.\d*)?|(\.\d+))(e[+-]?\d+)?(?![\w$.])/iy
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy
/** A cast, punctuation, or an operator, which catalog texts set apart by blanks (sql-syntax, "Operators"). */
const SYMBOL = /::|[(),.[\]]|[-+*/<>=~!@#%^&|`?]+/y

/** Of a longer text the tree might be too deep to walk. */
const MOST_TOKENS = 4000

type Reader = readonly [pattern: RegExp, read: (match: RegExpExecArray) => Token]

/** In the order they are tried: E'…' and B'…' before the words E and B. */
const READERS: readonly Reader[] = [
  [TEXT, (match) => ({ kind: 'text', text: match[1]!.replaceAll("''", "'") })],
  [ESCAPED_TEXT, (match) => ({ kind: 'text', text: match[1]!.replaceAll(/''|\\(.)/gs, (_, one) => one ?? "'") })],
  [BITS, (match) => ({ kind: 'bits', text: match[1]! })],
  [NAME, (match) => ({ kind: 'name', text: match[1]!.replaceAll('""', '"') })],
  [NUMBER, readNumber],
  [WORD, (match) => ({ kind: 'word', text: match[0] })],
  [SYMBOL, (match) => ({ kind: 'symbol', text: match[0] })],
]

/** The text's words, the last one of kind 'end'; undefined when some of it is none, or it is too long. */
export function tokenize(source: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let at = skipBlanks(source, 0)
  while (at < source.length) {
    const found = tokenAt(source, at)
    if (found === undefined || tokens.length === MOST_TOKENS) return undefined
    tokens.push(found.token)
    at = skipBlanks(source, found.end)
  }
  return [...tokens, { kind: 'end', text: '' }]
}

function tokenAt(source: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  for (const [pattern, read] of READERS) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match !== null) return { token: read(match), end: at + match[0].length }
  }
  return undefined
}

function readNumber(match: RegExpExecArray): Token {
  const [text, fraction, onlyFraction, exponent] = match
  if (exponent !== undefined) return { kind: 'float', text }
  return { kind: fraction === undefined && onlyFraction === undefined ? 'integer' : 'decimal', text }
}

function skipBlanks(source: string, at: number): number {
  BLANK.lastIndex = at
  return BLANK.test(source) ? BLANK.lastIndex : at
}
