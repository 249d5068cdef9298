import type { Expression } from '@albackup/core'
import { negate } from './conditions.ts'
import { type Alternative, type Atom, readRegularExpression } from './regular-expressions.ts'
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
      return tail.least === 0 ? onlyThose : join('and', compare('<>', this.operand, text('')), onlyThose)
    }
    if (head.some(({ most }) => most === Number.POSITIVE_INFINITY)) return notUnderstood()
    const place = head.reduce((sum, { least }) => sum + least, 1)
    const rest = call('substring', this.operand, integer(place), TO_THE_END)
    const begins = `${head.map(patternOf).join('')}${tail.pattern.repeat(tail.least)}%`
    return join('and', this.like(begins), negate(this.like(others, rest)))
  }

  /**
   * `[^@]+@[^@]+`: all that is open leaves out the same characters. A text has each of these as often as they are written, so
   * that none is left for what is open.
   */
  private between(atoms: readonly Atom[], [{ pattern, excluded } = notUnderstood()]: readonly Atom[]): Expression {
    const isSure = atoms.every((atom) => atom.pattern === pattern || atom.character !== undefined)
    if (excluded === undefined || !isSure) return notUnderstood()
    const begins = this.like(atoms.map(patternOf).join(''))
    const written = (character: string) => atoms.filter((atom) => atom.character === character)
    const never = [...excluded].filter((character) => written(character).length === 0).join('')
    const tooOften = [...excluded].map(written).filter((found) => found.length > 0)
    return join(
      'and',
      begins,
      ...(never === '' ? [] : [negate(this.like(`%[${never}]%`))]),
      ...tooOften.map((found) => negate(this.like(`%${`${found[0]!.pattern}%`.repeat(found.length + 1)}`))),
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
