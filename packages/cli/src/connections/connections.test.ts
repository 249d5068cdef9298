import type { Connection, ConnectionSettings, Dialect } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { checkConfiguration } from '../configuration/check-configuration.ts'
import type { DiscoveredDialects } from '../plugins/discover-dialects.ts'
import { sealPassword } from '../secrets/sealed-password.ts'
import { describeConnection, isUrl, parseConnectionUrl } from './connection-url.ts'
import { findSource } from './find-source.ts'
import { findTarget } from './find-target.ts'
import { type PasswordSources, passwordVariable } from './password.ts'

function dialect(name: string, ...aliases: string[]): Dialect {
  return {
    name,
    title: name,
    aliases,
    contract: 1,
    parseConnection: (settings) => ({ dialect: name, host: 'localhost', database: 'main', ...settings }),
  }
}

const dialects: DiscoveredDialects = {
  plugged: [dialect('mssql'), dialect('postgres', 'postgresql')].map((one) => ({
    dialect: one,
    plugin: `@albackup/dialect-${one.name}`,
    version: '1',
  })),
  problems: [{ plugin: 'albackup-dialect-oracle', reason: 'it is broken' }],
}

const SEALED = sealPassword('from file', Buffer.from('sesame'))

function sources(environment: NodeJS.ProcessEnv = {}): PasswordSources & { readonly hidden: string[] } {
  const hidden: string[] = []
  return {
    environment,
    key: { secret: 'sesame', file: '/nowhere/key' },
    warn: () => undefined,
    hide: (password) => hidden.push(password),
    hidden,
  }
}

function configuration(content: object) {
  return checkConfiguration('a.json', content, () => undefined)
}

const own = { db_server: 'db1', db_port: 1433, db_name: 'Northwind', db_user: 'sa', db_password: SEALED }

describe('parseConnectionUrl', () => {
  it.each<[string, string, ConnectionSettings]>([
    [
      'mssql://sa:pw@db1:1433/Northwind?encrypt=false&packetSize=32767&appName=x',
      'mssql',
      {
        host: 'db1',
        port: 1433,
        user: 'sa',
        password: 'pw',
        database: 'Northwind',
        options: { encrypt: 'false', packetSize: '32767', appName: 'x' },
      },
    ],
    ['postgres://db1/n', 'postgres', { host: 'db1', database: 'n' }],
    ['postgresql://u@[::1]:5433/n', 'postgresql', { host: '::1', port: 5433, user: 'u', database: 'n' }],
    [
      'mssql://d%5Cu%40x:p%40%3A%2F%3F%23%25%C3%A4@h/Order%20Details%2F1',
      'mssql',
      { host: 'h', user: 'd\\u@x', password: 'p@:/?#%ä', database: 'Order Details/1' },
    ],
    ['mssql://sa:p@ss@h/n', 'mssql', { host: 'h', user: 'sa', password: 'p@ss', database: 'n' }],
    ['postgres:///n?host=%2Frun', 'postgres', { database: 'n', options: { host: '/run' } }],
    ['my-dialect://h', 'my-dialect', { host: 'h' }],
    ['mssql://h/n?a=1%262&b=&b=x+y', 'mssql', { host: 'h', database: 'n', options: { a: '1&2', b: 'x y' } }],
  ])('reads %s', (url, scheme, settings) => {
    expect(parseConnectionUrl(url, '--source')).toEqual({ dialect: scheme, settings })
  })

  it.each([
    ['mssql://sa:geheim#1@h/n', 'it is not a URL'],
    ['mssql://sa:geheim@h:port/n', 'it is not a URL'],
    ['mssql://sa:geheim@h/n#x', 'it has a # that is not encoded'],
    ['mssql://sa:geheim%zz@h/n', 'its password has a % that is not encoded'],
  ])('refuses %s without showing it', (url, reason) => {
    const error = (() => {
      try {
        return parseConnectionUrl(url, '--source')
      } catch (failure) {
        return failure as Error & { hint: string }
      }
    })() as Error & { hint: string }
    expect(error.message).toBe(`cannot read the URL of --source: ${reason}`)
    expect(`${error.message}${error.hint}${error.stack}${error.cause}`).not.toContain('geheim')
  })

  it('is asked only for what looks like a URL', () => {
    expect(['a://b', 'stage', 'c:\\x', 'postgres'].map(isUrl)).toEqual([true, false, false, false])
  })
})

describe('describeConnection', () => {
  it('leaves out password and options', () => {
    const { dialect: scheme, settings } = parseConnectionUrl('mssql://sa:pw@db1:1433/N?encrypt=false', '--source')
    expect(describeConnection(scheme, settings)).toBe('mssql://sa@db1:1433/N')
    expect(describeConnection('x', {})).toBe('x:///')
  })
})

describe('findSource', () => {
  const find = async (url: string | undefined, file: object | undefined, given = sources()) =>
    (await findSource(url, file && configuration(file), dialects, given)).connection

  it('takes the keys of the file, as the original tool did', async () => {
    expect(await find(undefined, { ...own, options: { encrypt: true } })).toEqual<Connection>({
      dialect: 'mssql',
      host: 'db1',
      port: 1433,
      user: 'sa',
      password: 'from file',
      database: 'Northwind',
      options: { encrypt: true },
    })
    expect((await find(undefined, { ...own, dialect: 'postgresql' })).dialect).toBe('postgres')
  })

  it('takes the password of the URL, else of the environment, else of the file', async () => {
    const environment = { ALBACKUP_PASSWORD: 'from environment' }
    expect((await find('mssql://sa:url@h/n', own, sources(environment))).password).toBe('url')
    expect((await find('mssql://sa@h/n', own, sources(environment))).password).toBe('from environment')
    expect((await find('mssql://sa@h/n', own)).password).toBeUndefined()
    expect((await find(undefined, own, sources(environment))).password).toBe('from environment')
    expect((await find(undefined, own, sources({ ALBACKUP_PASSWORD: '' }))).password).toBe('from file')
    expect((await find(undefined, { ...own, db_password: null })).password).toBeUndefined()
  })

  it('hides every password it finds', async () => {
    const given = sources()
    await find('mssql://sa:url@h/n', own, given)
    await find(undefined, own, given)
    expect(given.hidden).toEqual(['url', 'from file'])
  })

  it.each([
    [undefined, undefined, 'cannot tell what to dump: there is no albackup.json here'],
    [undefined, { ...own, db_server: undefined }, 'cannot use configuration a.json: db_server is missing'],
    [undefined, { db_server: 'x' }, 'cannot use configuration a.json: db_name is missing'],
    [undefined, { ...own, dialect: 'msql' }, 'cannot use dialect msql: no plugin gives it'],
    ['oracle://h/n', own, 'cannot use dialect oracle: no plugin gives it'],
    [undefined, { ...own, db_password: 'plain' }, 'cannot decrypt db_password of a.json: it is not encrypted'],
  ])('refuses %s with %j', async (url, file, message) => {
    const content = file && Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined))
    await expect(find(url, content)).rejects.toThrow(message)
  })

  it('names the plugin that cannot be used when the dialect is not there', async () => {
    await expect(find('msql://h/n', own)).rejects.toMatchObject({
      hint: 'Did you mean mssql? Dialects: mssql, postgres; "albackup plugins install PACKAGE" adds one. Plugin albackup-dialect-oracle cannot be used: it is broken.',
    })
  })
})

describe('findTarget', () => {
  const find = (named: string | undefined, file: object | undefined, allowRestore = false, given = sources()) =>
    findTarget({ named, allowRestore }, file && configuration(file), dialects, given)
  const targets = {
    postgres: { db_server: 'pg1', db_name: 'northwind', mapping: { nul: 'strip' } },
    'stage-eu': {
      dialect: 'postgresql',
      db_server: 'pg2',
      db_name: 'stage',
      allow_restore: true,
      enable_ri_check: false,
    },
    twin: { db_server: 'db2', db_name: 'Twin', allow_restore: false },
  }
  const file = { ...own, targets, mapping: { postgres: { nul: 'error', money: 'numeric' } } }

  it('without a name takes the connection of the file, as the original tool did', async () => {
    const { connection, allowRestore, checkRI } = await find(undefined, {
      ...own,
      allow_restore: true,
      enable_ri_check: false,
    })
    expect([connection.host, connection.password, allowRestore, checkRI]).toEqual(['db1', 'from file', true, false])
  })

  it('takes the entry of that name, whose own name may be its dialect', async () => {
    const { connection, allowRestore, checkRI, policy } = await find('postgres', file)
    expect(connection).toEqual({ dialect: 'postgres', host: 'pg1', database: 'northwind' })
    expect([allowRestore, checkRI, policy]).toEqual([false, true, { nul: 'strip', money: 'numeric' }])
    const stage = await find('stage-eu', file)
    expect([stage.connection.dialect, stage.allowRestore, stage.checkRI]).toEqual(['postgres', true, false])
  })

  it('takes a dialect with the keys of the file itself', async () => {
    const { connection, policy } = await find('postgresql', { ...own, mapping: file.mapping })
    expect([connection.dialect, connection.host, policy]).toEqual([
      'postgres',
      'db1',
      { nul: 'error', money: 'numeric' },
    ])
  })

  it('takes a URL, with or without a file', async () => {
    expect((await find('postgresql://u:p@h/n', undefined)).connection).toMatchObject({
      dialect: 'postgres',
      password: 'p',
    })
    expect((await find('postgres://h/n', file)).policy).toEqual({ nul: 'error', money: 'numeric' })
  })

  it('reads the password of a target from its own variable', async () => {
    expect(passwordVariable('stage-eu')).toBe('ALBACKUP_STAGE_EU_PASSWORD')
    const environment = sources({
      ALBACKUP_PASSWORD: 'a',
      ALBACKUP_STAGE_EU_PASSWORD: 'b',
      ALBACKUP_POSTGRES_PASSWORD: 'c',
    })
    const password = async (named: string, content: object) =>
      (await find(named, content, false, environment)).connection.password
    expect(await password('stage-eu', file)).toBe('b')
    expect(await password('postgres', file)).toBe('c')
    expect(await password('postgres', own)).toBe('c')
    expect(await password('mssql', own)).toBe('a')
    expect(await password('postgresql://h/n', own)).toBe('c')
    expect(await password('mssql://h/n', own)).toBe('a')
    expect(
      (await find('postgres', file, false, sources({ ALBACKUP_PASSWORD: 'a' }))).connection.password,
    ).toBeUndefined()
  })

  it('--allow-restore permits where the file says nothing, and nothing takes back a false', async () => {
    expect((await find('postgres', file, true)).allowRestore).toBe(true)
    expect((await find('postgres://h/n', file, true)).allowRestore).toBe(true)
    expect((await find('postgres://h/n', { ...own, allow_restore: true })).allowRestore).toBe(false)
    await expect(find('twin', file, true)).rejects.toMatchObject({
      code: 'ALB_REFUSED',
      message: 'cannot restore into Twin on db2: a.json says targets.twin.allow_restore: false',
    })
    await expect(find(undefined, { ...own, allow_restore: false })).rejects.toMatchObject({ exitStatus: 16 })
  })

  it('says which targets there are', async () => {
    await expect(find('stageeu', file)).rejects.toMatchObject({
      code: 'ALB_USAGE',
      message: 'cannot find target stageeu: it is no target of a.json (it has postgres, stage-eu, twin) and no dialect',
      hint: expect.stringContaining('Did you mean stage-eu? Dialects: mssql, postgres; "albackup plugins install'),
    })
    await expect(find('x', own)).rejects.toThrow('it is no target of a.json (it has none) and no dialect')
    await expect(find(undefined, undefined)).rejects.toThrow('cannot tell which database is the target')
    await expect(find('oracle', undefined)).rejects.toMatchObject({
      message: 'cannot find target oracle: it is no dialect, and there is no albackup.json here',
      hint: expect.stringContaining('Dialects: mssql, postgres; "albackup plugins install PACKAGE" adds one.'),
    })
    await expect(find('postgres', undefined)).rejects.toThrow(
      'cannot find target postgres: there is no albackup.json here',
    )
  })
})
