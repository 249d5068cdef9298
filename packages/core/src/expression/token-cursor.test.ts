import { expect, it } from 'vitest'
import { NotUnderstood, TokenCursor } from './token-cursor.ts'

function cursorOver(text: string): TokenCursor<{ readonly kind: string; readonly text: string }> {
  const words = text.split(' ').map((word) => ({ kind: /^\w/.test(word) ? 'word' : 'symbol', text: word }))
  return new TokenCursor([...words, { kind: 'end', text: '' }])
}

it('takes several words or none of them', () => {
  const cursor = cursorOver('AT time zone UTC')
  expect([cursor.accept('at', 'zone'), cursor.place]).toEqual([false, 0])
  expect([cursor.accept('at', 'time', 'zone'), cursor.place]).toEqual([true, 3])
  expect(() => cursor.expect('gmt')).toThrow(NotUnderstood)
  expect([cursor.take().text, cursor.take().kind, cursor.peek(9).kind]).toEqual(['UTC', 'end', 'end'])
})

it('takes no quoted name for a keyword', () => {
  const cursor = new TokenCursor([
    { kind: 'name', text: 'select' },
    { kind: 'end', text: '' },
  ])
  expect(cursor.sees('select')).toBe(false)
})

it('reads lists up to what closes them', () => {
  const read = (text: string, close?: ']') => {
    const cursor = cursorOver(text)
    return cursor.list(() => cursor.take().text, close)
  }
  expect([read(')'), read('a , b )'), read('a ]', ']')]).toEqual([[], ['a', 'b'], ['a']])
  expect(() => read('a b )')).toThrow(NotUnderstood)
})

it('goes no deeper than two hundred levels', () => {
  const cursor = cursorOver('a')
  const deep = (levels: number): string => (levels === 0 ? cursor.peek().text : cursor.nested(() => deep(levels - 1)))
  expect(deep(200)).toBe('a')
  expect(() => deep(201)).toThrow(NotUnderstood)
})
