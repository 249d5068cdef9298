import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { checkConfiguration } from './check-configuration.ts'
import { parseJson } from './parse-json.ts'
import { readConfiguration } from './read-configuration.ts'

const original = {
  db_user: 'sa',
  db_password: null,
  db_server: 'db.example.com',
  db_port: 1433,
  db_name: 'Northwind',
  allow_restore: false,
  enable_ri_check: true,
}

function check(content: unknown) {
  const warnings: string[] = []
  return { configuration: checkConfiguration('a.json', content, (message) => warnings.push(message)), warnings }
}

describe('checkConfiguration', () => {
  it('takes the file of the original tool unchanged', () => {
    expect(check(original)).toEqual({
      configuration: { file: 'a.json', own: original, targets: {}, include: [], exclude: [], mapping: {} },
      warnings: [],
    })
  })

  it('takes the new keys', () => {
    const targets = {
      stage: { ...original, dialect: 'postgres', mapping: { money: 'numeric' }, options: { ssl: true } },
    }
    const added = { include: ['dbo.*'], exclude: ['*.log'], codec: 'null', mapping: { postgres: { nul: 'strip' } } }
    expect(
      check({ ...original, dialect: 'mssql', options: { encrypt: false }, targets, ...added, comment: 'why' }),
    ).toEqual({
      configuration: {
        file: 'a.json',
        own: { ...original, dialect: 'mssql', options: { encrypt: false }, comment: 'why' },
        targets,
        ...added,
      },
      warnings: [],
    })
  })

  it('warns of a key it does not know, and of the one that was meant', () => {
    const { warnings } = check({ ...original, db_sever: 'x', wholly_other: 1, targets: { t: { db_prot: 1 } } })
    expect(warnings).toEqual([
      'a.json: key db_sever is not known and ignored; did you mean db_server?',
      'a.json: key wholly_other is not known and ignored',
      'a.json: key targets.t.db_prot is not known and ignored; did you mean db_port?',
    ])
  })

  it.each([
    [[], 'expected an object at the top'],
    [null, 'expected an object at the top'],
    [{ db_port: '1433' }, 'db_port must be a whole number from 1 to 65535'],
    [{ db_port: 65536 }, 'db_port must be a whole number from 1 to 65535'],
    [{ db_server: '' }, 'db_server must be a text that is not empty'],
    [{ db_password: 5 }, 'db_password must be null or an encrypted password'],
    [{ allow_restore: 'yes' }, 'allow_restore must be true or false'],
    [{ include: 'dbo.*' }, 'include must be a list of texts'],
    [{ codec: 'lzma' }, 'codec must be one of null, deflate, snappy, zstandard'],
    [{ mapping: { postgres: 1 } }, 'mapping must be an object of policies by dialect'],
    [{ targets: [] }, 'targets must be an object of targets by name'],
    [{ targets: { t: null } }, 'targets.t must be an object'],
    [{ targets: { t: { db_user: 1 } } }, 'targets.t.db_user must be a text that is not empty'],
    [{ options: [] }, 'options must be an object'],
  ])('refuses %j', (content, reason) => {
    const wrong = () => check(content)
    expect(wrong).toThrow(UsageError)
    expect(wrong).toThrow(`cannot use configuration a.json: ${reason}`)
  })
})

describe('parseJson', () => {
  it.each([
    ['{"a": 1,}', 'a key in double quotes is missing at line 1, column 9'],
    ['{"a": 1\n "b": 2}', 'a comma is missing at line 2, column 2'],
    ['{\n  "a": tru\n}', 'a word that is not JSON at line 2, column 8'],
    ['{"a": 1', 'a closing brace is missing at line 1, column 8'],
    ["{'a': 1}", 'a word that is not JSON at line 1, column 2'],
    ['// note\n{}', 'a comment at line 1, column 1'],
    ['{} {}', 'there is more after the end at line 1, column 4'],
    ['{"a": "b}', 'a text without its closing quote at line 1, column 7'],
  ])('says where %j is wrong', (text, reason) => {
    expect(() => parseJson('a.json', text)).toThrow(`cannot read configuration a.json: ${reason}`)
  })

  it('refuses a file that is nested more deeply than the parser can go', () => {
    expect(() => parseJson('a.json', '['.repeat(100_000))).toThrow('it is nested too deeply')
  })
})

describe('readConfiguration', () => {
  async function read(files: Readonly<Record<string, string>>, named?: string) {
    const folder = await mkdtemp(join(tmpdir(), 'albackup-configuration-'))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    const configuration = await readConfiguration(named, folder, () => undefined)
    return configuration && { file: configuration.file.replace(folder, '.'), ...configuration.own }
  }
  const json = '{"db_name": "json"}'
  const yaml = 'db_name: yaml'

  it.each([
    [{}, undefined, undefined],
    [{ 'albackup.json': json, '.albackuprc': yaml }, undefined, { file: 'albackup.json', db_name: 'json' }],
    [{ '.albackuprc': yaml }, undefined, { file: './.albackuprc', db_name: 'yaml' }],
    [{ '.albackuprc.json': json }, undefined, { file: './.albackuprc.json', db_name: 'json' }],
    [{ 'package.json': `{"albackup": ${json}}` }, undefined, { file: './package.json', db_name: 'json' }],
    [{ 'package.json': '{}' }, undefined, undefined],
    [{ 'c/dump.cfg': json }, 'c/dump.cfg', { file: 'c/dump.cfg', db_name: 'json' }],
    [{ 'c/dump': `\uFEFF${json}` }, 'c/dump', { file: 'c/dump', db_name: 'json' }],
    [{ 'dump.yaml': yaml }, 'dump.yaml', { file: 'dump.yaml', db_name: 'yaml' }],
    [{ 'd.mjs': 'export default { db_name: "js" }' }, 'd.mjs', { file: 'd.mjs', db_name: 'js' }],
  ])('finds %j asked for %s', async (files, named, expected) => {
    expect(await read(files as Record<string, string>, named)).toEqual(expected)
  })

  it.each([
    [{}, 'no.json', 'cannot read configuration no.json: there is no such file'],
    [{ 'a/b': '' }, 'a', 'cannot read configuration a: EISDIR'],
    [{ 'albackup.json': ' \n' }, undefined, 'cannot read configuration albackup.json: it is empty'],
    [{ 'albackup.json': '{' }, undefined, 'cannot read configuration albackup.json: a closing brace is missing'],
    [{ 'd.yaml': 'a: [' }, 'd.yaml', 'cannot read configuration d.yaml: YAML Error'],
  ])('refuses %j asked for %s', async (files, named, message) => {
    await expect(read(files as Record<string, string>, named)).rejects.toThrow(message)
  })
})
