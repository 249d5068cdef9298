import { expect, it } from 'vitest'
import { rowWords } from './different-row-text.ts'

it.each<[value: string | null, words: string]>([
  ['a-1', 'a-1'],
  ['a b', '"a b"'],
  ['', '""'],
  ['line\nend', '"line\\nend"'],
  [null, 'NULL'],
  ['NULL', '"NULL"'],
  ['null', '"null"'],
  ['nullify', 'nullify'],
])('writes %j so that it is taken for nothing else', (value, words) => {
  const row = { key: [{ column: 'id', value }], only: null, values: [{ column: 'v', a: value, b: 'x' }] }
  expect(rowWords(row)).toBe(`row id ${words}: v is ${words} in A and x in B`)
})
