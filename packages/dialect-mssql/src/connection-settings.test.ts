import { UsageError } from '@albackup/core'
import { describe, expect, it } from 'vitest'
import { parseConnection } from './connection-settings.ts'

const settings = { host: 'db1', user: 'sa', password: 'secret', database: 'Northwind' }

it('completes what is not given', () => {
  expect(parseConnection(settings)).toEqual({
    dialect: 'mssql',
    ...settings,
    port: 1433,
    options: {
      encrypt: true,
      trustServerCertificate: false,
      packetSize: 32767,
      connectTimeout: 15_000,
      requestTimeout: 0,
      lockTimeout: 600_000,
    },
  })
})

it('takes options as text, the way a URL gives them', () => {
  const options = { encrypt: 'false', trustServerCertificate: 'true', packetSize: '4096', requestTimeout: '60000' }
  expect(parseConnection({ ...settings, options }).options).toMatchObject({
    encrypt: false,
    trustServerCertificate: true,
    packetSize: 4096,
    requestTimeout: 60_000,
  })
})

it('leaves the port to the instance that is named', () => {
  const { port, options } = parseConnection({ ...settings, options: { instanceName: 'SQLEXPRESS' } })
  expect({ port, options }).toMatchObject({ port: undefined, options: { instanceName: 'SQLEXPRESS' } })
})

it('takes an instance that is named behind the host, unless a port is given', () => {
  const named = { ...settings, host: 'db1\\SQLEXPRESS' }
  expect(parseConnection(named)).toMatchObject({ host: 'db1', options: { instanceName: 'SQLEXPRESS' } })
  expect(parseConnection(named).port).toBeUndefined()
  const ported = parseConnection({ ...named, port: 1444 })
  expect([ported.host, ported.port, ported.options.instanceName]).toEqual(['db1', 1444, undefined])
})

it.each([
  ['db1,1444', 'db1', 1444, undefined],
  ['db1, 1444', 'db1', 1444, undefined],
  ['tcp:db1.database.windows.net,1433', 'db1.database.windows.net', 1433, undefined],
  ['db1\\SQLEXPRESS,1444', 'db1', 1444, undefined],
  ['tcp:db1\\SQLEXPRESS', 'db1', undefined, 'SQLEXPRESS'],
  ['db1\\MSSQLSERVER', 'db1', 1433, undefined],
  ['.\\SQLEXPRESS', 'localhost', undefined, 'SQLEXPRESS'],
  ['(local)', 'localhost', 1433, undefined],
  ['fe80::1', 'fe80::1', 1433, undefined],
])('takes the server %s, as other tools write it', (host, name, port, instanceName) => {
  const parsed = parseConnection({ ...settings, host })
  expect([parsed.host, parsed.port, parsed.options.instanceName]).toEqual([name, port, instanceName])
})

it('needs no user when Azure vouches for it', () => {
  const authentication = { type: 'azure-active-directory-default', options: { clientId: 'id' } }
  const { user: _, password: __, ...rest } = settings
  expect(parseConnection({ ...rest, options: { authentication } }).options.authentication).toEqual(authentication)
})

describe('refuses, by its name,', () => {
  it.each([
    ['host', { ...settings, host: '' }],
    ['database', { host: 'db1', user: 'sa' }],
    ['user', { host: 'db1', database: 'd' }],
    ['port', { ...settings, port: 70_000 }],
    ['port', { ...settings, host: 'db1,14x' }],
    ['port', { ...settings, host: 'db1,1444', port: 1433 }],
    ['port', { ...settings, port: 1433, options: { instanceName: 'x' } }],
    ['option "encrypted"', { ...settings, options: { encrypted: true } }],
    ['option "encrypt"', { ...settings, options: { encrypt: 'yes' } }],
    ['option "packetSize"', { ...settings, options: { packetSize: 100 } }],
    ['option "packetSize"', { ...settings, options: { packetSize: '4k' } }],
    ['option "connectTimeout"', { ...settings, options: { connectTimeout: -1 } }],
    ['option "instanceName"', { ...settings, options: { instanceName: 7 } }],
    ['option "authentication"', { ...settings, options: { authentication: 'ntlm' } }],
  ])('%s', (name, wrong) => {
    expect(() => parseConnection(wrong)).toThrow(UsageError)
    expect(() => parseConnection(wrong)).toThrow(`cannot use the connection settings: ${name} `)
  })

  it('and never says the password', () => {
    expect(() => parseConnection({ ...settings, options: { encrypt: 'secret' } })).toThrow(/^((?!secret).)*$/)
  })
})
