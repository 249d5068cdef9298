import type { Expression } from '@albackup/core'
import { negate } from './conditions.ts'
import { type Alternative, readRegularExpression } from './regular-expressions.ts'
import type { Atom } from './rows-of-atoms.ts'
import { notUnderstood } from './token-cursor.ts'
import { call, compare, integer, join, text } from './tree.ts'

export const MATCH_OPERATORS = ['~', '!~', '~*', '!~*'] as const

export type MatchOperator = (typeof MATCH_OPERATORS)[number]

const TO_THE_END = integer(2147483647)

/** A match with a regular expression that LIKE can say, too. Without regard to case both sides are folded. */
export function match(operator: MatchOperator, operand: Expression, source: string): Expression {
  const folds = operator.endsWith('*')
  if (folds && !/^[\x20-\x7e]*$/.test(source)) return notUnderstood()
  const { alternatives, ascii } = readRegularExpression(source, folds)
  const matching = new Matching(folds ? call('lower', operand) : operand, ascii)
  const matched = join('or', ...alternatives.map((one) => matching.matches(one)))
  return operator.startsWith('!') ? negate(matched) : matched
}

/** A class, any number of times. */
function isOpen({ most, pattern }: Atom): boolean {
  return most === Number.POSITIVE_INFINITY && pattern !== '_'
}

/** Whether a character is of the class that repeats. */
function isMember(character: string, { pattern, excluded, character: only }: Atom): boolean {
  if (only !== undefined) return character === only
  return excluded === undefined ? new RegExp(`^${pattern}$`).test(character) : !excluded.includes(character)
}

/** The pattern of all characters that are neither of the class nor among `marks`; undefined where there is none. */
function othersThan(marks: string, { excluded, others = notUnderstood() }: Atom): string | undefined {
  if (excluded !== undefined) {
    const left = [...excluded].filter((character) => !marks.includes(character)).join('')
    return left === '' ? undefined : `[${left}]`
  }
  if (!others.startsWith('[^') || /[[\]^\\]/.test(marks)) return notUnderstood()
  const hyphen = others.startsWith('[^-') || marks.includes('-') ? '-' : ''
  return `[^${hyphen}${others.slice(2).replace(/^-/, '').replace(/]$/, '')}${marks.replaceAll('-', '')}]`
}

class Matching {
  private readonly operand: Expression
  private readonly ascii: boolean

  constructor(operand: Expression, ascii: boolean) {
    this.operand = operand
    this.ascii = ascii
  }

  matches({ fromStart, toEnd, atoms }: Alternative): Expression {
    if (atoms.length === 0 && !(fromStart && toEnd)) return this.like('%')
    if (fromStart && toEnd) {
      const open = atoms.filter(isOpen)
      if (open.length === 1 && isOpen(atoms.at(-1)!)) return this.withTail(atoms.slice(0, -1), atoms.at(-1)!)
      if (open.length > 0) return this.between(atoms, open)
    }
    const words = atoms.map((atom, place) => {
      const isAtOpenEnd = (place === 0 && !fromStart) || (place === atoms.length - 1 && !toEnd)
      return isAtOpenEnd ? { ...atom, most: atom.least } : atom
    })
    if (words.some(isOpen)) return notUnderstood()
    return this.like(`${fromStart ? '' : '%'}${words.map(patternOf).join('')}${toEnd ? '' : '%'}`)
  }

  /** From some place on nothing but characters of a class, up to the end. */
  private withTail(head: readonly Atom[], tail: Atom): Expression {
    const others = `%${tail.others ?? notUnderstood()}%`
    if (head.length === 0) {
      const onlyThose = negate(this.like(others))
      if (tail.least === 0) return onlyThose
      const some = compare('<>', this.operand, text(''))
      return join('and', tail.least === 1 ? some : this.like(patternOf(tail)), onlyThose)
    }
    if (head.some(({ most }) => most === Number.POSITIVE_INFINITY)) return notUnderstood()
    const place = head.reduce((sum, { least }) => sum + least, 1)
    const rest = call('substring', this.operand, integer(place), TO_THE_END)
    const begins = `${head.map(patternOf).join('')}${tail.pattern.repeat(tail.least)}%`
    return join('and', this.like(begins), negate(this.like(others, rest)))
  }

  /**
   * `[^@]+@[^@]+`, `[0-9]+-[0-9]+`: what is open is of one class. A text has each character that is not of it as often as it is
   * written, so that none is left for what is open.
   */
  private between(atoms: readonly Atom[], [open = notUnderstood(), ...others]: readonly Atom[]): Expression {
    if (others.some(({ pattern }) => pattern !== open.pattern)) return notUnderstood()
    const written = atoms.flatMap(({ pattern, character }) =>
      pattern === open.pattern ? [] : [character ?? notUnderstood()],
    )
    const marks = written.filter((character) => !isMember(character, open))
    const strangers = othersThan([...new Set(marks)].join(''), open)
    return join(
      'and',
      this.like(atoms.map(patternOf).join('')),
      ...(strangers === undefined ? [] : [negate(this.like(`%${strangers}%`))]),
      ...[...new Set(marks)].map((mark) => {
        const times = marks.filter((one) => one === mark).length
        const { pattern } = atoms.find(({ character }) => character === mark)!
        return negate(this.like(`%${`${pattern}%`.repeat(times + 1)}`))
      }),
    )
  }

  private like(pattern: string, operand = this.operand): Expression {
    const mark = pattern.includes('\\') ? '\\' : null
    const like: Expression = { kind: 'like', operand, pattern: text(pattern), escape: mark, negated: false }
    return this.ascii ? { ...like, ascii: true } : like
  }
}

/** Of what repeats without a bound LIKE knows any characters only. */
function patternOf({ pattern, least, most }: Atom): string {
  return pattern.repeat(least) + (most === Number.POSITIVE_INFINITY ? '%' : '')
}
