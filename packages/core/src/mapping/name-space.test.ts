import { expect, it } from 'vitest'
import { type NameRules, NameSpace } from './name-space.ts'

const RULES: NameRules = { longest: 12, lengthOf: (name) => name.length, fold: (name) => name.toLowerCase().trimEnd() }

it('keeps a name that is free and short enough', () => {
  const space = new NameSpace(RULES, ['taken'])
  expect(['Free', 'x'.repeat(12)].map((name) => space.claim(name))).toEqual(['Free', 'x'.repeat(12)])
})

it('gives another name where the engine would take two for one, the same each time', () => {
  const claim = () => {
    const space = new NameSpace(RULES, ['Taken'])
    return ['taken', 'TAKEN ', 'new', 'NEW'].map((name) => space.claim(name, `schema.${name}`))
  }
  const [first, second, third, fourth] = claim()
  expect(first).toMatch(/^tak_[0-9a-f]{8}$/)
  expect(second).toMatch(/^TAK_[0-9a-f]{8}$/)
  expect([third, fourth]).toEqual(['new', expect.stringMatching(/^NEW_[0-9a-f]{8}$/)])
  expect(claim()).toEqual([first, second, third, fourth])
})

it('has a name for what has none, and none with what no name holds', () => {
  const space = new NameSpace(RULES)
  expect(space.claim('')).toMatch(/^_[0-9a-f]{8}$/)
  expect(space.claim('a\0b\ud800')).toBe('a\ufffdb\ufffd')
})
