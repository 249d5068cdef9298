import type { Expression } from '@albackup/core'
import { NotUnderstood } from './token-cursor.ts'

/** More than any text has characters. */
const ALL = 2_147_483_647

/** A text with another in place of some of its characters, all of these literals; NULL where it has no character at that place. */
export function stuff([text, start, count, other]: readonly Expression[]): Expression {
  const from = wholeLiteral(start!)
  const length = wholeLiteral(count!)
  if (from === undefined || from < 1 || length === undefined || other?.kind !== 'literal') throw new NotUnderstood()
  if (other.value.type !== 'text') throw new NotUnderstood()
  const joined = (left: Expression, right: Expression): Expression => ({ kind: 'binary', operator: '+', left, right })
  const before: Expression = { kind: 'call', name: 'left', arguments: [text!, integer(from - 1)] }
  const after: Expression = {
    kind: 'call',
    name: 'substring',
    arguments: [text!, integer(from + length), integer(ALL)],
  }
  const marked: Expression = {
    kind: 'call',
    name: 'length',
    arguments: [joined(text!, { kind: 'literal', value: { type: 'text', text: '.', unicode: false } })],
  }
  const when: Expression = { kind: 'binary', operator: '>', left: marked, right: integer(from) }
  const beginning = from === 1 ? other : joined(before, other)
  return { kind: 'case', branches: [{ when, result: joined(beginning, after) }], otherwise: null }
}

function integer(number: number): Expression {
  return { kind: 'literal', value: { type: 'integer', digits: `${number}` } }
}

function wholeLiteral(expression: Expression): number | undefined {
  return expression.kind === 'literal' && expression.value.type === 'integer'
    ? Number(expression.value.digits)
    : undefined
}
