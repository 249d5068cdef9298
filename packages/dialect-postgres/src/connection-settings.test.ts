import { type ConnectionSettings, UsageError } from '@albackup/core'
import { expect, it } from 'vitest'
import { parseConnection } from './connection-settings.ts'

const USER = { user: 'ada', database: 'shop' }

it('fills in what a connection needs', () => {
  expect(parseConnection(USER)).toEqual({
    dialect: 'postgres',
    host: 'localhost',
    port: 5432,
    user: 'ada',
    database: 'shop',
    options: {
      sslmode: 'prefer',
      application_name: 'albackup',
      statement_timeout: 0,
      lock_timeout: 0,
      connectTimeout: 15_000,
    },
  })
})

it('takes numbers and switches of a URL as the texts they are there', () => {
  const options = { ssl: 'true', statement_timeout: '5000', connect_timeout: '3', application_name: 'nightly' }
  expect(parseConnection({ ...USER, password: 'p', options })).toMatchObject({
    password: 'p',
    options: { sslmode: 'require', statement_timeout: 5000, connectTimeout: 3000, application_name: 'nightly' },
  })
})

it('gives again what it gave before', () => {
  const connection = parseConnection({ ...USER, options: { sslmode: 'verify-full', sslrootcert: 'ca.pem' } })
  expect(parseConnection(connection)).toEqual(connection)
  expect(structuredClone(connection)).toEqual(connection)
})

it.each<[ConnectionSettings, string]>([
  [{ database: 'shop' }, 'cannot use setting "user": it is missing'],
  [{ user: 'ada' }, 'cannot use setting "database": it is missing'],
  [{ ...USER, port: 0 }, 'cannot use setting "port": 0 is no whole number from 1 to 65535'],
  [
    { ...USER, options: { sslmod: 'require' } },
    'cannot use setting "options.sslmod": PostgreSQL has no such option here',
  ],
  [{ ...USER, options: { sslmode: 'on' } }, 'cannot use setting "options.sslmode": "on" is no mode'],
  [{ ...USER, options: { ssl: 'maybe' } }, 'cannot use setting "options.ssl": "maybe" is neither true nor false'],
  [
    { ...USER, options: { statement_timeout: '5s' } },
    'cannot use setting "options.statement_timeout": "5s" is no whole number from 0 to 2147483647',
  ],
  [{ ...USER, options: { application_name: 7 } }, 'cannot use setting "options.application_name": it is no text'],
])('refuses %j by name', (settings, message) => {
  expect(() => parseConnection(settings)).toThrow(expect.objectContaining({ name: UsageError.name, message }))
})
