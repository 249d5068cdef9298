import { encodeUtf8 } from '@albackup/core'
import { expect, it } from 'vitest'
import { cleanText, countCharacters, hasAwkwardText } from './awkward-text.ts'

const REPLACE = { nul: 'replace', surrogate: 'replace' } as const

function isAwkward(text: string, before = 0): boolean {
  const bytes = Buffer.concat([Buffer.alloc(before), encodeUtf8(text), Buffer.alloc(8)])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return hasAwkwardText(view, before, bytes.length - 8)
}

it('finds a NUL or half a pair at every place of a text, and nothing else', () => {
  for (let length = 0; length < 12; length++) {
    for (let at = 0; at <= length; at++) {
      for (const awkward of ['\0', '\ud800', '\udfff']) {
        expect(isAwkward('한'.repeat(at) + awkward + 'x'.repeat(length - at), at % 4)).toBe(true)
        expect(isAwkward('x'.repeat(at) + awkward + '퟿'.repeat(length - at), at % 4)).toBe(true)
      }
    }
    expect(isAwkward('x'.repeat(length))).toBe(false)
    expect(isAwkward('한'.repeat(length))).toBe(false)
    expect(isAwkward('\u0001\ud7ff\ue000'.repeat(length))).toBe(false)
    expect(isAwkward('😀'.repeat(length))).toBe(false)
  }
})

it('does not look beyond the end of a text', () => {
  expect(isAwkward('xyz')).toBe(false)
  const cut = Buffer.from([0x78, 0xed, 0xa0])
  expect(hasAwkwardText(new DataView(cut.buffer, cut.byteOffset, cut.length), 0, 2)).toBe(false)
})

it.each([
  ['a\0b\ud800c', REPLACE, 'a\ufffdb\ufffdc', 1, 1],
  ['\0\0', { nul: 'strip', surrogate: 'replace' } as const, '', 2, 0],
  ['\udc00\ud800', REPLACE, '\ufffd\ufffd', 0, 2],
  ['퟿한😀', REPLACE, '퟿한😀', 0, 0],
])('cleans %j by the policy %j', (text, policy, clean, nuls, surrogates) => {
  const result = cleanText(encodeUtf8(text), policy)
  expect({ ...result, bytes: result.bytes.toString() }).toEqual({ bytes: clean, nuls, surrogates })
})

it('counts characters, not bytes', () => {
  const bytes = Buffer.from('aé€😀')
  expect(countCharacters(bytes, 0, bytes.length)).toBe(4)
})
