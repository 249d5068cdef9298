import type { Expression } from '@albackup/core'
import { cast } from './casts.ts'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { text } from './tree.ts'
import { parseTypeName } from './type-names.ts'

export type Parse = (cursor: TokenCursor) => Expression

/** The elements of `ARRAY['a'::text, …]` or `'{a,b}'::text[]`, in parentheses or cast to an array of another type. */
export function parseElements(cursor: TokenCursor, parse: Parse): readonly Expression[] {
  let elements = parseArray(cursor, parse)
  while (cursor.accept('::')) {
    const type = parseTypeName(cursor)
    if (!type.isArray) return notUnderstood()
    elements = elements.map((element) => cast(element, { ...type, isArray: false }))
  }
  return elements
}

function parseArray(cursor: TokenCursor, parse: Parse): readonly Expression[] {
  if (cursor.accept('array', '[')) return cursor.list(() => parse(cursor), ']')
  const token = cursor.take()
  if (token.kind === 'text') return elementsOf(token.text).map(text)
  if (token.text !== '(') return notUnderstood()
  const elements = cursor.nested(() => parseElements(cursor, parse))
  cursor.expect(')')
  return elements
}

const ELEMENT = /("(?:[^"\\]|\\.)*"|[^{}",\\\s][^{}",\\]*)(,|$)/sy

/** An array of one dimension without NULLs, as PostgreSQL prints it. */
function elementsOf(array: string): readonly string[] {
  const inner = /^\{(.*)\}$/s.exec(array)?.[1] ?? notUnderstood()
  const elements: string[] = []
  ELEMENT.lastIndex = 0
  while (ELEMENT.lastIndex < inner.length) {
    const element = ELEMENT.exec(inner)?.[1]
    if (element === undefined || element === 'NULL') return notUnderstood()
    elements.push(element.startsWith('"') ? element.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : element)
  }
  return elements
}
