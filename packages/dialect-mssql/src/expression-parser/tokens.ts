/** A word of T-SQL. `at` and `end` are offsets into the text. */
export type Token = TokenContent & { readonly at: number; readonly end: number }

export type TokenContent =
  /** A name or keyword without quotes, as written. */
  | { readonly kind: 'word'; readonly text: string }
  /** A [name] or "name", unquoted. */
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly unicode: boolean }
  | { readonly kind: 'integer' | 'decimal' | 'float' | 'money'; readonly text: string }
  /** `text`: hexadecimal digits, an even number of them. */
  | { readonly kind: 'binary'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' }

const BLANK = /\s+/y
const LINE_COMMENT = /--[^\n]*/y
const COMMENT_EDGE = /\/\*|\*\//g
const TEXT = /(N?)'([^']*(?:''[^']*)*)'/iy
const BRACKETED = /\[(?=[^\]]|\]\])([^\]]*(?:\]\][^\]]*)*)\]/y
const QUOTED = /"(?=[^"]|"")([^"]*(?:""[^"]*)*)"/y
const BINARY = /0x([0-9a-f]*)(?![\w@#$])/iy
const MONEY = /\$(\d+(?:\.\d*)?|\.\d+)(?![\w@#$.])/y
const NUMBER = /(?:\d+(\.\d*)?|(\.\d+))(e[+-]?\d+)?(?![\w@#$.])/iy
const WORD = /[\p{L}_#][\p{L}\p{N}_@#$]*/uy
const SYMBOL = /<>|<=|>=|!=|!<|!>|[-+*/%&|^~=<>(),.;]/y

/** Of a longer text the tree might be too deep to walk. */
const MOST_TOKENS = 4000

/** The text's words, the last one of kind 'end'; undefined when some of it is none (variables, for example), or it is too long. */
export function tokenize(source: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let at = skipBlanks(source, 0)
  while (at < source.length) {
    const found = tokenAt(source, at)
    if (found === undefined || isContinued(found.content) || tokens.length === MOST_TOKENS) return undefined
    tokens.push({ ...found.content, at, end: found.end })
    at = skipBlanks(source, found.end)
  }
  tokens.push({ kind: 'end', text: '', at: source.length, end: source.length })
  return tokens
}

/** A backslash at the end of a line within a text takes both away, as the server reads it; what a catalog means by it is not known. */
function isContinued({ kind, text }: TokenContent): boolean {
  return kind === 'text' && /\\\r?\n/.test(text)
}

interface Found {
  readonly content: TokenContent
  readonly end: number
}

function tokenAt(source: string, at: number): Found | undefined {
  for (const [pattern, read] of READERS) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match !== null) return { content: read(match), end: at + match[0].length }
  }
  return undefined
}

/** In the order they are tried: N'…' before the word N, 0x… before the number 0. */
const READERS: readonly (readonly [RegExp, (match: RegExpExecArray) => TokenContent])[] = [
  [TEXT, (match) => ({ kind: 'text', text: match[2]!.replaceAll("''", "'"), unicode: match[1] !== '' })],
  [BRACKETED, (match) => ({ kind: 'name', text: match[1]!.replaceAll(']]', ']') })],
  [QUOTED, (match) => ({ kind: 'name', text: match[1]!.replaceAll('""', '"') })],
  [BINARY, (match) => ({ kind: 'binary', text: match[1]!.length % 2 === 0 ? match[1]! : `0${match[1]!}` })],
  [MONEY, (match) => ({ kind: 'money', text: match[1]! })],
  [NUMBER, readNumber],
  [WORD, (match) => ({ kind: 'word', text: match[0] })],
  [SYMBOL, (match) => ({ kind: 'symbol', text: match[0] })],
]

function readNumber(match: RegExpExecArray): TokenContent {
  const [text, fraction, onlyFraction, exponent] = match
  if (exponent !== undefined) return { kind: 'float', text }
  return { kind: fraction === undefined && onlyFraction === undefined ? 'integer' : 'decimal', text }
}

/** Past white space and comments. T-SQL's block comments nest; one that is never closed is left for `tokenAt` to refuse. */
function skipBlanks(source: string, from: number): number {
  let at = from
  for (;;) {
    const end = matchEnd(BLANK, source, at) ?? matchEnd(LINE_COMMENT, source, at) ?? blockCommentEnd(source, at)
    if (end === undefined) return at
    at = end
  }
}

function matchEnd(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : undefined
}

function blockCommentEnd(source: string, at: number): number | undefined {
  if (!source.startsWith('/*', at)) return undefined
  let depth = 0
  COMMENT_EDGE.lastIndex = at
  for (let edge = COMMENT_EDGE.exec(source); edge !== null; edge = COMMENT_EDGE.exec(source)) {
    depth += edge[0] === '/*' ? 1 : -1
    if (depth === 0) return COMMENT_EDGE.lastIndex
  }
  return undefined
}
