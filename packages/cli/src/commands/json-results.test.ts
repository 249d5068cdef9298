import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Workplace } from '../testing/run-albackup.ts'

const PAGE = readFileSync(new URL('../../../../docs/json.md', import.meta.url), 'utf8')
const SHOP = 'memory://u@h/shop'

/** The keys in the first column of the table under the command's heading. */
function documentedKeys(command: string): readonly string[] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${command}\n`)) ?? ''
  const cells = [...section.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell]) => cell!)
  return cells.flatMap((cell) => cell.split(', ').map((key) => key.slice(1, -1)))
}

describe('docs/json.md', () => {
  let place: Workplace

  beforeAll(async () => {
    place = await openWorkplace()
    await place.write('albackup.json', { dialect: 'memory', db_server: 'h', db_name: 'shop' })
    await place.run(['dump', '--source', SHOP, '--backup-dir', 'one'])
  })

  it.each<[string, readonly string[], string?]>([
    ['dump', ['--source', SHOP]],
    ['restore', ['--backup-dir', 'one', '--target', 'memory://u@h/empty']],
    ['verify', ['--backup-dir', 'one']],
    ['show', ['--backup-dir', 'one']],
    ['list', ['--backup-dir', 'one']],
    ['doctor', ['--source', SHOP]],
    ['dialects', []],
    ['chg-password', [], 'new\nnew\n'],
  ])('describes every key of %s --json, and no other', async (command, args, stdin = '') => {
    const { status, stdout } = await place.run([command, ...args, '--json'], { stdin })
    expect([status, Object.keys(JSON.parse(stdout)).toSorted()]).toEqual([0, documentedKeys(command).toSorted()])
  })
})
