import { expect, it } from 'vitest'
import { type NameRules, NameSpace } from './name-space.ts'
import { WantedNames } from './wanted-names.ts'

const RULES: NameRules = { longest: 12, lengthOf: (name) => name.length, fold: (name) => name.toLowerCase() }

class TableNames extends WantedNames {
  claimed(all: readonly string[]): readonly string[] {
    const space = new NameSpace(RULES)
    return this.renamedFirst(all, (name) => name).map((name) => this.claimWanted(space, name, name))
  }
}

it('spells what is not renamed by itself', () => {
  const names = new TableNames({ names: 'snake_case', rename: { OrderLines: 'Lines' } }, 'Short ones.')
  expect([names.spell('OrderLines'), names.wanted('OrderLines', 'OrderLines'), names.wanted('A', 'BigOrder')]).toEqual([
    'order_lines',
    'Lines',
    'big_order',
  ])
})

it('gives what is renamed the first choice', () => {
  const names = new TableNames({ names: 'preserve', rename: { second: 'First' } }, 'Short ones.')
  expect(names.claimed(['first', 'second'])).toEqual(['First', expect.stringMatching(/^fir_[0-9a-f]{8}$/)])
})

it.each([
  ['taken', { one: 'same', other: 'Same' }, 'mapping.rename.other": "Same"'],
  ['no name', { one: 'x'.repeat(13), other: 'y' }, 'mapping.rename.one": "xxxxxxxxxxxxx"'],
])('refuses a name that is %s', (_, rename, words) => {
  const names = new TableNames({ names: 'preserve', rename }, 'Short ones.')
  expect(() => names.claimed(['one', 'other'])).toThrow(words)
})
