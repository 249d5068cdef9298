import { describe, expect, it } from 'vitest'
import { codePage, LEAD } from './code-page.ts'

const SINGLE_BYTE = [437, 850, 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258]
const DOUBLE_BYTE = [932, 936, 949, 950]

const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000

describe.each(SINGLE_BYTE)('code page %i', (number) => {
  it('gives each byte a character of its own', () => {
    const { singles, pairs } = codePage(number)
    expect(pairs).toBeNull()
    expect(new Set(singles).size).toBe(256)
    expect([...singles].filter(isSurrogate)).toEqual([])
  })

  it('is ASCII up to 7F', () => {
    expect([...codePage(number).singles.subarray(0, 128)]).toEqual(Array.from({ length: 128 }, (_, i) => i))
  })
})

describe.each(DOUBLE_BYTE)('code page %i', (number) => {
  const { singles, pairs } = codePage(number)

  it('is ASCII up to 7F, and each byte above has a character or begins a pair', () => {
    expect([...singles.subarray(0, 128)]).toEqual(Array.from({ length: 128 }, (_, i) => i))
    for (let byte = 128; byte < 256; byte++) {
      const begins = pairs!.subarray(byte << 8, (byte + 1) << 8).some((unit) => unit !== 0)
      expect(singles[byte] === LEAD).toBe(begins)
    }
  })

  it('has no replacement character and no surrogate among its pairs', () => {
    expect([...pairs!].filter((unit) => unit === 0xfffd || isSurrogate(unit))).toEqual([])
  })
})

describe('characters that tables of other origin lack or map elsewhere', () => {
  it.each([
    [932, 0x8160, 0xff5e],
    [932, 0x817c, 0xff0d],
    [932, 0xf040, 0xe000],
    [932, 0xf9fc, 0xe757],
    [936, 0xa1a4, 0x00b7],
    [936, 0xaaa1, 0xe000],
    [936, 0xfefe, 0xe4c5],
    [936, 0xa140, 0xe4c6],
    [949, 0x8141, 0xac02],
    [949, 0xc9a1, 0xe000],
    [949, 0xfefe, 0xe0bb],
    [950, 0xa145, 0x2027],
    [950, 0xfa40, 0xe000],
    [950, 0xc6a1, 0xf6b1],
    [950, 0xc8fe, 0xf848],
  ])('in code page %i, %i is U+%i', (number, pair, unit) => {
    expect(codePage(number).pairs![pair]).toBe(unit)
  })

  it('the euro sign is where Windows has it', () => {
    const at = [1250, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874, 936].map(
      (number) => codePage(number).singles[0x80],
    )
    expect(at).toEqual(at.map(() => 0x20ac))
  })
})

it('refuses a page that is not known', () => {
  expect(() => codePage(1047)).toThrow('code page 1047 is not known')
})
