import { describe, expect, it } from 'vitest'
import { codePage, ESCAPE, LEAD } from './code-page.ts'
import { codePageEncoding } from './code-page-encoding.ts'

const SINGLE_BYTE = [437, 850, 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258]

/** Pairs whose character has another pair that Windows writes: the NEC and IBM extensions of 932, box drawing of 950. (396 characters of 932, two of them with three pairs.) */
const DOUBLE_BYTE = [
  [932, 398],
  [936, 0],
  [949, 0],
  [950, 10],
] as const

describe.each(SINGLE_BYTE)('code page %i', (number) => {
  it('gives each character its byte again', () => {
    const encoding = codePageEncoding(number)
    const { singles } = codePage(number)
    for (let byte = 0x80; byte < 0x100; byte++) expect(encoding[singles[byte]!]).toBe(byte)
  })
})

describe.each(DOUBLE_BYTE)('code page %i', (number, ambiguous) => {
  const { singles, pairs } = codePage(number)
  const encoding = codePageEncoding(number)

  it('gives each character of one byte, and each lead byte by itself, its byte again', () => {
    for (let byte = 0x80; byte < 0x100; byte++) {
      const unit = singles[byte]!
      expect(encoding[unit === LEAD ? ESCAPE + byte : unit]).toBe(byte)
    }
  })

  it(`gives each pair but ${ambiguous} its bytes again, and those others of the same character`, () => {
    let others = 0
    for (let code = 0x8000; code < 0x10000; code++) {
      const unit = pairs![code]!
      if (unit === 0) continue
      const encoded = encoding[unit]!
      if (encoded !== code) others++
      expect(encoded < 0x100 ? singles[encoded] : pairs![encoded]).toBe(unit)
    }
    expect(others).toBe(ambiguous)
  })
})

describe('of several pairs of bytes for a character', () => {
  it.each([
    [932, '≒', 0x81e0],
    [932, '∵', 0x81e6],
    [932, '￢', 0x81ca],
    [932, 'Ⅰ', 0x8754],
    [932, '㈱', 0x878a],
    [932, 'ⅰ', 0xfa40],
    [932, '纊', 0xfa5c],
    [950, '═', 0xf9f9],
    [950, '十', 0xa451],
    [950, '卅', 0xa4ca],
  ])('in code page %i, %s is written as Windows writes it', (number, character, code) => {
    expect(codePageEncoding(number)[character.charCodeAt(0)]!.toString(16)).toBe(code.toString(16))
  })
})
