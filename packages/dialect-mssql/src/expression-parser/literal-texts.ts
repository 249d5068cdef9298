import type { Expression, Literal } from '@albackup/core'

/** The longest text that REPLICATE and SPACE make, in bytes. */
const LONGEST = 8000

/** What a function gives that makes a text of literals: CHAR, NCHAR, SPACE, REPLICATE; undefined for others. */
export function literalText(name: string, args: readonly Expression[]): Expression | undefined {
  const [first, second] = args.map(literalOf)
  if (args.length === 1) {
    const number = whole(first)
    if (name === 'char' || name === 'nchar') return character(number, name === 'nchar')
    return name === 'space' ? repeated(' ', number, false) : undefined
  }
  if (name !== 'replicate' || args.length !== 2 || first?.type !== 'text') return undefined
  return repeated(first.text, whole(second), first.unicode)
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
