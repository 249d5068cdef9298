import { notUnderstood } from './token-cursor.ts'

/** What matches one character so many times; `most` is Infinity for `*` and `+`. */
export interface Atom {
  /** As a pattern of LIKE, with a backslash as its escape. */
  readonly pattern: string
  /** The pattern of all other characters; undefined where LIKE has none. */
  readonly others?: string
  readonly least: number
  readonly most: number
}

export interface RegularExpression {
  readonly fromStart: boolean
  readonly toEnd: boolean
  readonly atoms: readonly Atom[]
}

const PLAIN = /[A-Za-z0-9 _%@#&~'"!:;,<>=/`-]/
const ESCAPED = /\\([^A-Za-z0-9])/y
/** Letters, digits and marks that mean themselves in a class of both; a hyphen begins or ends it, or makes a range. */
const CLASS = /\[(\^?)(-?)((?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _@#&~'"!:;,<>=/.+*?(){}|$%])*)(-?)\]/y
const QUANTIFIER = /\{(\d{1,2})\}|\*|\+/y

/** A sequence of characters and classes, each some fixed number of times or without a bound; all else is not understood. */
export function readRegularExpression(source: string): RegularExpression {
  const fromStart = source.startsWith('^')
  const toEnd = /(^|[^\\])(\\\\)*\$$/.test(source)
  const end = source.length - (toEnd ? 1 : 0)
  const atoms: Atom[] = []
  for (let at = fromStart ? 1 : 0; at < end; ) {
    const one = readOne(source, at)
    const [least, most, after] = readTimes(source, one.end)
    atoms.push({ ...one.atom, least, most })
    at = after
  }
  return { fromStart, toEnd, atoms }
}

interface One {
  readonly atom: Pick<Atom, 'pattern' | 'others'>
  readonly end: number
}

function readOne(source: string, at: number): One {
  const character = source[at]!
  if (character === '.') return { atom: { pattern: '_' }, end: at + 1 }
  const found = matchAt(CLASS, source, at)
  if (found !== null) return { atom: classOf(found), end: at + found[0].length }
  const meant = matchAt(ESCAPED, source, at)?.[1] ?? (PLAIN.test(character) ? character : notUnderstood())
  const pattern = '%_[\\'.includes(meant) ? `\\${meant}` : meant
  const isMember = !'[]^\\'.includes(meant)
  return { atom: { pattern, ...(isMember && { others: `[^${meant}]` }) }, end: at + (character === '\\' ? 2 : 1) }
}

function classOf([, negated, first, inner, last]: RegExpExecArray): One['atom'] {
  const members = `${first || last}${inner}`
  if (members === '') return notUnderstood()
  const [those, others] = [`[${members}]`, `[^${members}]`]
  return negated ? { pattern: others, others: those } : { pattern: those, others }
}

function readTimes(source: string, at: number): readonly [least: number, most: number, end: number] {
  const found = matchAt(QUANTIFIER, source, at)
  if (found === null) return [1, 1, at]
  const end = at + found[0].length
  // `*?` and `++` mean something else.
  if ('*+?{'.includes(source[end] ?? '-')) return notUnderstood()
  if (found[1] !== undefined) return [Number(found[1]), Number(found[1]), end]
  return [found[0] === '*' ? 0 : 1, Number.POSITIVE_INFINITY, end]
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}
