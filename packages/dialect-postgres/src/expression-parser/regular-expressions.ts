import { type CharacterClass, matchAt, readClass, shorthandAt } from './character-classes.ts'
import { type Atom, combined, type Row, repeated } from './rows-of-atoms.ts'
import { notUnderstood } from './token-cursor.ts'

/** One row of atoms that a text may be, or have in it. */
export interface Alternative {
  readonly fromStart: boolean
  readonly toEnd: boolean
  readonly atoms: readonly Atom[]
}

export interface RegularExpression {
  readonly alternatives: readonly Alternative[]
  /** What it means beyond ASCII depends on the locale of the database. */
  readonly ascii: boolean
}

const PLAIN = /[A-Za-z0-9 _%@#&~'"!:;,<>=/`-]/
const ESCAPED = /\\([^A-Za-z0-9])/y
const QUANTIFIER = /\{(\d{1,2})(?:(,)(\d{1,2})?)?\}|[*+?]/y

/** Rows of atoms between `|`, in groups too; all else is not understood. `folds`: without regard to case. */
export function readRegularExpression(source: string, folds: boolean): RegularExpression {
  const reader = new Reader(source, folds)
  const alternatives = reader.readAlternatives()
  return { alternatives, ascii: reader.ascii }
}

class Reader {
  ascii = false
  private at = 0
  private readonly source: string
  private readonly folds: boolean

  constructor(source: string, folds: boolean) {
    this.source = source
    this.folds = folds
  }

  readAlternatives(): readonly Alternative[] {
    const found: Alternative[] = []
    do {
      const fromStart = this.accept('^')
      const rows = this.readRows()
      const toEnd = this.accept('$')
      found.push(...rows.map((atoms) => ({ fromStart, toEnd, atoms })))
    } while (this.accept('|'))
    return this.at === this.source.length ? found : notUnderstood()
  }

  private accept(mark: string): boolean {
    const isThere = this.source.startsWith(mark, this.at)
    if (isThere) this.at += mark.length
    return isThere
  }

  /** What stands between two `|`, as all the rows that it stands for. */
  private readRows(): readonly Row[] {
    let rows: readonly Row[] = [[]]
    while (this.at < this.source.length && !'|)$'.includes(this.source[this.at]!)) {
      rows = combined(rows, this.accept('(') ? this.readGroup() : this.readAtom())
    }
    return rows
  }

  private readGroup(): readonly Row[] {
    if (this.accept('?') && !this.accept(':')) return notUnderstood()
    const rows: Row[] = []
    do rows.push(...this.readRows())
    while (this.accept('|'))
    if (!this.accept(')')) return notUnderstood()
    const [least, most] = this.readTimes()
    return repeated(rows, least, most)
  }

  private readAtom(): readonly Row[] {
    const one = this.readOne()
    const [least, most] = this.readTimes()
    if (most === Number.POSITIVE_INFINITY) return [[{ ...one, least, most }]]
    return repeated([[{ ...one, least: 1, most: 1 }]], least, most)
  }

  private readOne(): Omit<Atom, 'least' | 'most'> {
    const { source, at } = this
    if (this.accept('.')) return { pattern: '_' }
    const shorthand = shorthandAt(source, at)
    if (shorthand !== undefined) return this.take(shorthand, at + 2)
    if (source[at] === '[') {
      const { end, ...found } = readClass(source, at, this.folds)
      return this.take(found, end)
    }
    const escaped = matchAt(ESCAPED, source, at)?.[1]
    this.at += escaped === undefined ? 1 : 2
    return literal(this.fold(escaped ?? (PLAIN.test(source[at]!) ? source[at]! : notUnderstood())))
  }

  private fold(text: string): string {
    return this.folds ? text.toLowerCase() : text
  }

  private take({ ascii, pattern, others, excluded }: CharacterClass, end: number): Omit<Atom, 'least' | 'most'> {
    this.at = end
    this.ascii ||= ascii
    return {
      pattern: this.fold(pattern),
      others: this.fold(others),
      ...(excluded !== undefined && { excluded: this.fold(excluded) }),
    }
  }

  private readTimes(): readonly [least: number, most: number] {
    const found = matchAt(QUANTIFIER, this.source, this.at)
    if (found === null) return [1, 1]
    this.at += found[0].length
    // `*?` and `++` mean something else.
    if ('*+?{'.includes(this.source[this.at] ?? '-')) return notUnderstood()
    const [mark, least, comma, most] = found
    if (least === undefined) return [mark === '+' ? 1 : 0, mark === '?' ? 1 : Number.POSITIVE_INFINITY]
    return [Number(least), comma === undefined ? Number(least) : Number(most ?? Number.POSITIVE_INFINITY)]
  }
}

function literal(character: string): Omit<Atom, 'least' | 'most'> {
  const pattern = '%_[\\'.includes(character) ? `\\${character}` : character
  return { pattern, character, ...(!'[]^\\'.includes(character) && { others: `[^${character}]` }) }
}
