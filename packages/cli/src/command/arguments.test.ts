import { describe, expect, it } from 'vitest'
import { type CommandShape, commandFirst, commandWords, hasFlag } from './arguments.ts'

const option = (name: string, char?: string) => ({ name, type: 'option', ...(char === undefined ? {} : { char }) })
const shared = {
  cfg: option('cfg', 'c'),
  'backup-dir': option('backup-dir'),
  debug: { name: 'debug', char: 'd', type: 'boolean' },
}
const commands: readonly CommandShape[] = ['dump', 'restore', 'chg-password'].map((id) => ({ id, flags: shared }))

describe('commandFirst', () => {
  it.each([
    ['dump --cfg x', 'dump --cfg x'],
    ['--cfg x dump', 'dump --cfg x'],
    ['-c x -d dump --backup-dir y', 'dump -c x -d --backup-dir y'],
    ['--cfg=x --backup-dir ./backups restore', 'restore --cfg=x --backup-dir ./backups'],
    ['--cfg dump dump', 'dump --cfg dump'],
    ['-c restore chg-password', 'chg-password -c restore'],
    ['--debug restore dump', 'restore --debug dump'],
    ['--help', '--help'],
    ['--version dump', '--version dump'],
    ['--help dump', 'dump --help'],
    ['--cfg x', '--cfg x'],
    ['--cfg x -- dump', '--cfg x -- dump'],
    ['', ''],
  ])('makes of "%s" "%s"', (given, expected) => {
    const words = (text: string) => text.split(' ').filter(Boolean)
    expect(commandFirst(words(given), commands)).toEqual(words(expected))
  })
})

describe('hasFlag', () => {
  it('looks only before a --', () => {
    expect(hasFlag(['dump', '--json'], '--json')).toBe(true)
    expect(hasFlag(['dump', '--', '--json'], '--json')).toBe(false)
    expect(hasFlag(['dump', '-d'], '--debug', '-d')).toBe(true)
  })
})

describe('commandWords', () => {
  it.each([
    ['plugins install x --force', 'plugins install'],
    ['plugins x', 'plugins'],
    ['dump', 'dump'],
    ['dumb x', ''],
    ['--json', ''],
  ])('finds in "%s" "%s"', (given, expected) => {
    expect(commandWords(given.split(' '), ['dump', 'plugins', 'plugins:install'])).toBe(expected)
  })
})
