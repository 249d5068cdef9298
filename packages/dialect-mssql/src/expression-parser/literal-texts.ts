import type { Expression, ExpressionOf, Literal } from '@albackup/core'

/** The longest text that REPLICATE and SPACE make, in bytes. */
const LONGEST = 8000

/**
 * What a function gives that makes a text of literals: CHAR, NCHAR, SPACE, REPLICATE; undefined for others. The last two may be told
 * how much is missing of a length: `replicate('0', 8 - len(a))`.
 */
export function literalText(name: string, args: readonly Expression[]): Expression | undefined {
  const [first, second] = args.map(literalOf)
  const filler = name === 'space' ? ' ' : first?.type === 'text' ? first.text : ''
  const missing = args.at(-1)
  if ((name === 'space' || name === 'replicate') && filler.length === 1 && missing?.kind === 'binary') {
    return filledUp(filler, first?.type === 'text' && first.unicode, missing)
  }
  if (args.length === 1) {
    const number = whole(first)
    if (name === 'char' || name === 'nchar') return character(number, name === 'nchar')
    return name === 'space' ? repeated(' ', number, false) : undefined
  }
  if (name !== 'replicate' || args.length !== 2 || first?.type !== 'text') return undefined
  return repeated(first.text, whole(second), first.unicode)
}

/** What counts places in a text, and so is never negative. */
const COUNTS: ReadonlySet<string> = new Set(['length', 'byte-length', 'position'])

/** The beginning of a text as long as all that may be missing; NULL where less than nothing is. */
function filledUp(filler: string, unicode: boolean, missing: ExpressionOf<'binary'>): Expression | undefined {
  const { operator, left, right } = missing
  const most = whole(literalOf(left))
  if (operator !== '-' || most === undefined || right.kind !== 'call' || !COUNTS.has(right.name)) return undefined
  const all = repeated(filler, most, unicode)
  if (all === undefined) return undefined
  const when: Expression = { kind: 'binary', operator: '<=', left: right, right: left }
  const result: Expression = { kind: 'call', name: 'left', arguments: [all, missing] }
  return { kind: 'case', branches: [{ when, result }], otherwise: null }
}

function literalOf(expression: Expression): Literal | undefined {
  return expression.kind === 'literal' ? expression.value : undefined
}

function whole(literal: Literal | undefined): number | undefined {
  return literal?.type === 'integer' ? Number(literal.digits) : undefined
}

/** One that is the same in every code page. */
function character(code: number | undefined, unicode: boolean): Expression | undefined {
  return code === undefined || code < 1 || code > 126 ? undefined : textOf(String.fromCharCode(code), unicode)
}

function repeated(text: string, times: number | undefined, unicode: boolean): Expression | undefined {
  const units = unicode ? 2 : 1
  if (times === undefined || text.length * times * units > LONGEST) return undefined
  return textOf(text.repeat(times), unicode)
}

function textOf(text: string, unicode: boolean): Expression {
  return { kind: 'literal', value: { type: 'text', text, unicode } }
}
