import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Configuration, ConnectionEntry } from '../configuration/configuration.ts'
import { checkConfiguration } from './doctor-configuration.ts'
import { checkBackupDir, checkNode, checkPlugins } from './doctor-installation.ts'

describe('the doctor of an installation', () => {
  it.each([
    ['20.17.0', 'good'],
    ['20.20.2', 'good'],
    ['22.1.0', 'good'],
    ['20.16.9', 'fault'],
    ['18.20.0', 'fault'],
  ])('thinks of Node %s: %s', (version, state) => {
    expect(checkNode(version, '>=20.17').state).toBe(state)
  })

  it('names plugins that cannot be used', () => {
    expect(checkPlugins([{ plugin: 'p', reason: 'it is broken' }])).toMatchObject([
      { state: 'advice', message: 'plugin p cannot be used: it is broken' },
    ])
  })

  it('compares the room in the folder with what is to come', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'albackup-doctor-'))
    expect(await checkBackupDir(folder, null)).toMatchObject({ state: 'good' })
    expect(await checkBackupDir(join(folder, 'a', 'b'), 1)).toMatchObject({
      state: 'good',
      message: expect.stringContaining(', which a dump makes, '),
    })
    expect(await checkBackupDir(folder, 2 ** 60)).toMatchObject({
      state: 'advice',
      message: expect.stringContaining('about 1152.9 PB of rows to come'),
    })
    expect(await checkBackupDir('/proc/nowhere', null)).toMatchObject({ state: 'fault' })
  })
})

describe('the doctor of a configuration', () => {
  const LEGACY = 'AAECAwQFBgcGAAAAc6Ss4UK6bwM='

  function check(entry: Partial<ConnectionEntry>, environment: NodeJS.ProcessEnv = {}) {
    const own: ConnectionEntry = { db_server: 'h', db_name: 'd', ...entry }
    const configuration: Configuration = { file: 'c.json', own, targets: {}, include: [], exclude: [], mapping: {} }
    return checkConfiguration(configuration, environment)[1]
  }

  it.each<[string | null, NodeJS.ProcessEnv, string, string]>([
    [null, {}, 'good', 'db_password is not set, ALBACKUP_PASSWORD is not set either'],
    [null, { ALBACKUP_PASSWORD: 'x' }, 'good', 'db_password is not set, that of ALBACKUP_PASSWORD is taken'],
    ['albackup:v1:AAAA', {}, 'good', 'db_password is encrypted with a key of your own'],
    ['hunter2', {}, 'fault', 'db_password is not encrypted'],
    [
      'hunter2',
      { ALBACKUP_PASSWORD: 'x' },
      'advice',
      'db_password is not encrypted; that of ALBACKUP_PASSWORD goes before it',
    ],
    [LEGACY, {}, 'advice', 'db_password is encrypted as the original albackup did, with a key that everybody has'],
  ])('says of the password %s with %o: %s', (db_password, environment, state, message) => {
    expect(check({ db_password }, environment)).toMatchObject({ subject: 'password', state, message })
  })

  it('says how to encrypt a password with a key of one’s own', () => {
    expect(check({ db_password: LEGACY })?.hint).toContain('albackup chg-password --cfg c.json')
    const targets = { stage: { db_password: LEGACY } }
    const configuration: Configuration = { file: 'c.json', own: {}, targets, include: [], exclude: [], mapping: {} }
    expect(checkConfiguration(configuration, {})[1]).toMatchObject({
      state: 'advice',
      message: expect.stringContaining('targets.stage.db_password is encrypted as the original'),
      hint: expect.stringContaining('chg-password --cfg c.json --target stage'),
    })
  })

  it('says that there is no file', () => {
    expect(checkConfiguration(undefined, {})).toMatchObject([{ message: 'no configuration file here' }])
  })
})
