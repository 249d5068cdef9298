import { notUnderstood } from './token-cursor.ts'

/** Characters of which each is one that a pattern may have at a place. */
export interface CharacterClass {
  /** As a pattern of LIKE. */
  readonly pattern: string
  /** The pattern of all other characters. */
  readonly others: string
  /** What it leaves out, where that is so many characters one by one. */
  readonly excluded?: string
  /** What it means beyond ASCII depends on the locale of the database. */
  readonly ascii: boolean
}

const SPACES = ' \t\n\v\f\r'

/** By the letter behind a backslash, and by the name in `[:digit:]` (PostgreSQL manual, "Regular Expression Details"). */
const SHORTHANDS: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: SPACES }
const NAMED: Readonly<Record<string, string>> = {
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  xdigit: '0-9A-Fa-f',
  space: SPACES,
}

const RANGE = /([A-Za-z0-9])-([A-Za-z0-9])/y
const NAME = /\[:([a-z]+):\]/y
const SHORTHAND = /\\([dws])/y
/** Marks that LIKE takes for no more than themselves in a class. */
const MEMBER = /\\?([ _@#&~'"!:;,<>=/.+*?(){}|$%-])|([A-Za-z0-9\t\n])/y

interface Members {
  /** Characters and ranges, without a hyphen of their own. */
  readonly text: string
  readonly hyphen: boolean
  readonly ascii: boolean
}

/** `\d`, `\W` and their kin; undefined where there is none. */
export function shorthandAt(source: string, at: number): CharacterClass | undefined {
  const letter = source[at] === '\\' ? source[at + 1] : undefined
  const text = letter === undefined ? undefined : SHORTHANDS[letter.toLowerCase()]
  if (text === undefined) return undefined
  return classOf({ text, hyphen: false, ascii: true }, letter !== letter?.toLowerCase())
}

/** The class in brackets that begins at a place, and where it ends. `folds`: without regard to case. */
export function readClass(source: string, at: number, folds: boolean): CharacterClass & { readonly end: number } {
  const negated = source[at + 1] === '^'
  let [text, hyphen, ascii] = ['', false, false]
  let end = at + (negated ? 2 : 1)
  while (source[end] !== ']') {
    const found = readMembers(source, end, folds)
    text += found.text
    hyphen ||= found.hyphen
    ascii ||= found.ascii
    end = found.end
  }
  return text === '' && !hyphen ? notUnderstood() : { ...classOf({ text, hyphen, ascii }, negated), end: end + 1 }
}

function readMembers(source: string, at: number, folds: boolean): Members & { readonly end: number } {
  const range = matchAt(RANGE, source, at)
  if (range !== null) {
    // From A to z there are marks between the capitals and the other letters.
    if (folds && kindOf(range[1]!) !== kindOf(range[2]!)) return notUnderstood()
    return { text: range[0], hyphen: false, ascii: false, end: at + 3 }
  }
  const name = matchAt(NAME, source, at)
  const named = NAMED[name?.[1] ?? ''] ?? SHORTHANDS[matchAt(SHORTHAND, source, at)?.[1] ?? '']
  if (named !== undefined) return { text: named, hyphen: false, ascii: true, end: at + (name?.[0].length ?? 2) }
  const [all, mark, letter] = matchAt(MEMBER, source, at) ?? notUnderstood()
  // A hyphen means itself at an end, or behind a backslash.
  const isRange = all === '-' && !'[^'.includes(source[at - 1]!) && source[at + 1] !== ']'
  if (isRange) return notUnderstood()
  const hyphen = mark === '-'
  return { text: hyphen ? '' : (mark ?? letter!), hyphen, ascii: false, end: at + all.length }
}

function kindOf(character: string): 'digit' | 'capital' | 'letter' {
  if (/\d/.test(character)) return 'digit'
  return /[A-Z]/.test(character) ? 'capital' : 'letter'
}

/** In a class of LIKE a hyphen stands first. */
function classOf({ text, hyphen, ascii }: Members, negated: boolean): CharacterClass {
  const members = hyphen ? `-${text}` : text
  const [those, others] = [`[${members}]`, `[^${members}]`]
  if (!negated) return { pattern: those, others, ascii }
  return { pattern: others, others: those, ascii, ...(!text.includes('-') && { excluded: members }) }
}

export function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}
