import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorkplace, type Run, type Workplace } from '../testing/run-albackup.ts'

const SHOP = 'memory://u:geheim@h/shop'
const CHANGED = 'memory://u:geheim@h/changed'

const SENTENCES = [
  `table sample.makers: column name is text(100,utf16,false) in A and </script><b>&"' in B`,
  'view sample.all is only in B',
  'table sample.makers: 3 rows in A and 2 in B',
]

describe('albackup compare', () => {
  let place: Workplace
  let backup: string

  async function run(...args: readonly string[]): Promise<Run> {
    const result = await place.run(['compare', ...args])
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/geheim/)
    return result
  }

  beforeAll(async () => {
    place = await openWorkplace()
    const own = { dialect: 'memory', db_server: 'h', db_name: 'shop', db_user: 'u' }
    const targets = { twin: { ...own, allow_restore: false }, other: { ...own, db_name: 'changed' } }
    await place.write('albackup.json', { ...own, targets })
    backup = JSON.parse((await place.run(['dump', '--source', SHOP, '--json'])).stdout).backup
  })

  it('says that two are equal', async () => {
    const { status, stdout } = await run(backup, SHOP)
    expect([status, stdout.split('\n')]).toEqual([
      0,
      [
        `compared ${backup}`,
        '    with memory://u@h/shop',
        '  schema: no difference',
        '  rows: 24 rows in 5 tables are the same in both',
        expect.stringMatching(/^ {2}not compared:$/),
        '    the values of column rowversion of sample.every type: the server gives each row a new value whenever it is written',
        '    the values of column rowversion or null of sample.every type: the server gives each row a new value whenever it is written',
        expect.stringMatching(/^ {2}A and B are equal, \d+\.\d s$/),
        '',
      ],
    ])
  })

  it('says what differs, and ends with 3', async () => {
    const { status, stdout, stderr } = await run(SHOP, CHANGED)
    expect(status).toBe(3)
    expect(stdout.split('\n').slice(2, 7)).toEqual([
      ...SENTENCES.map((sentence) => `  ${sentence}`),
      '  schema: 2 differences in 2 objects',
      '  rows: 1 of 5 tables differ',
    ])
    expect(stderr).toContain('the two are different')
  })

  it('gives one JSON object, with the error beside it when they differ', async () => {
    const { stdout } = await run(backup, CHANGED, '--json', '--include', '*.makers')
    expect(JSON.parse(stdout)).toMatchObject({
      a: { name: backup, kind: 'backup', dialect: 'memory' },
      b: {
        name: 'memory://u@h/changed',
        kind: 'live',
        dialect: 'memory',
        consistency: 'all rows are of one moment: memory stands still',
      },
      equal: false,
      plane: 'native',
      differences: [
        { object: { kind: 'table', name: 'sample.makers' }, kind: 'column', name: 'name', aspect: 'type' },
        { aspect: 'presence', a: null, b: 'there' },
      ],
      tables: [{ table: 'sample.makers', verdict: 'different', a: { rows: 3 }, b: { rows: 2 }, leftOut: [] }],
      notCompared: [],
      error: { code: 'ALB_DATA' },
    })
  })

  it.each([
    ['a path', () => [backup, SHOP]],
    ['its name in the folder of backups', () => [basename(backup), SHOP]],
    ['the database of the configuration', () => ['source', 'twin']],
    ['a target, also one that nothing may be restored into', () => ['twin', backup]],
  ])('finds a side by %s', async (_, sides) => {
    const { status, stderr } = await run(...sides(), '--schema-only')
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('cannot')])
  })

  it.each([
    [['twim', 'source'], 2, 'cannot compare twim: it is no backup, no URL and no target', 'Did you mean twin?'],
    [['nowhere-at-all', 'source'], 14, 'cannot find backup nowhere-at-all', ''],
    [['source'], 2, 'missing 1 required arg', ''],
    [['source', 'memory://h/down'], 10, 'cannot connect to h', ''],
    [['source', 'twin', '--include', 'no.*'], 2, 'pattern "no.*" matches none', ''],
    [['source', 'twin', '--html', '/dev/null/page.html'], 13, 'cannot write report /dev/null/page.html', ''],
  ])('refuses %j with status %i', async (args, status, message, hint) => {
    const result = await run(...args)
    expect(result.status).toBe(status)
    expect(result.stderr).toContain(message)
    expect(result.stderr).toContain(hint)
  })

  it('ends in order when it is interrupted', async () => {
    const args = ['compare', backup, 'memory://u@h/hang']
    const { status, stderr } = await place.run(args, { interrupts: [{ after: 'compare rows', signal: 'SIGINT' }] })
    expect([status, stderr]).toEqual([130, expect.stringContaining('cannot finish compare: it was interrupted')])
  })

  it('names rows that differ when asked for them', async () => {
    const { stdout } = await run('source', 'other', '--show-rows', '3', '--include', '*.makers', '--html', 'rows.html')
    expect(stdout).toContain('  table sample.makers: 3 rows in A and 2 in B\n    row id 1 is only in A\n')
    expect(await readFile(join(place.folder, 'rows.html'), 'utf8')).toContain('Some rows of sample.makers that differ')
  })

  it('writes a page that has every difference in it, and nothing of a name that is markup', async () => {
    await run('source', 'other', '--html', 'pages/shop.html')
    const page = await readFile(join(place.folder, 'pages', 'shop.html'), 'utf8')
    const titles = [...page.matchAll(/<tr title="([^"]*)"/g)].map(([, title]) => unescaped(title!))
    expect(titles).toEqual(SENTENCES.slice(0, 2))
    expect(page).toContain('&lt;/script&gt;&lt;b&gt;&amp;&quot;&#39;')
    expect(page.match(/<\/script>/g)).toHaveLength(1)
    expect(page).not.toMatch(/<b>|(src|href)=|@import|url\(/)
  })
})

function unescaped(text: string): string {
  const characters = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return Object.entries(characters).reduce((whole, [name, one]) => whole.replaceAll(`&${name};`, one), text)
}
