import { createServer, type Server } from 'node:net'
import { CannotCarryError, ConnectionError, type ConnectionSettings, TargetError } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { expect, it } from 'vitest'
import { usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()

const SECRET = 'open sesame'

it.each<[string, ConnectionSettings, RegExp, RegExp]>([
  ['a wrong password', { password: SECRET }, /^cannot connect to \w+@.+: password authentication failed/, /password/],
  ['no password', { password: '' }, /^cannot connect to \w+@.+: .*password/, /password/],
  ['an unknown user', { user: 'nobody', password: SECRET }, /^cannot connect to nobody@.+: password auth/, /password/],
  ['an unknown database', { database: 'no such' }, /\/no such: database "no such" does not exist$/, /create database/],
  ['an unknown host', { host: 'no-such-host.invalid' }, /: getaddrinfo (ENOTFOUND|EAI_AGAIN) no-such/, /host name/],
  ['a port where nothing listens', { port: 1 }, /: .*ECONNREFUSED 127\.0\.0\.1:1/, /Nothing listens there/],
  ['TLS that the server does not have', { options: { ssl: true } }, /: The server does not support SSL/, /sslmode/],
])('says what is wrong with %s, and never the password', async (_, settings, message, hint) => {
  const failure: unknown = await openTarget(settings).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ConnectionError)
  expect(failure).toMatchObject({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) })
  expect(JSON.stringify(failure) + String(failure)).not.toContain(SECRET)
})

it('gives up a server that never answers', async () => {
  const silent = await listening(createServer())
  const failure = openTarget({ port: portOf(silent), options: { connectTimeout: 200, sslmode: 'disable' } })
  await expect(failure).rejects.toThrow(/^cannot connect to .+: timeout expired$/)
  silent.close()
})

it('stops waiting for a server that never answers when the job is stopped', async () => {
  const silent = await listening(createServer())
  const job = new AbortController()
  setTimeout(() => job.abort(), 100)
  const settings = { port: portOf(silent), options: { connectTimeout: 60_000 } }
  await expect(openTarget(settings, { signal: job.signal })).rejects.toThrow(ConnectionError)
  silent.close()
})

it('refuses a database whose encoding cannot hold every character', async () => {
  await using test = await openTarget()
  await test.rows(`create database "latin" encoding 'LATIN1' template template0`)
  const failure = openTarget({ database: 'latin' })
  await expect(failure).rejects.toBeInstanceOf(CannotCarryError)
  await expect(failure).rejects.toThrow(/the database's encoding is LATIN1/)
})

it('says that a right is missing, and which', async () => {
  await using test = await openTarget()
  await test.rows(`create role reader login password 'r'`)
  const { database } = test.connection
  await using reader = await openTarget({
    ...(database === undefined ? {} : { database }),
    user: 'reader',
    password: 'r',
  })
  const columns = [sampleColumn('id', { kind: 'boolean' })]
  const failure = reader.createTables(sampleModel([sampleTable('s', 't', columns)]))
  await expect(failure).rejects.toBeInstanceOf(TargetError)
  await expect(failure).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot create "s": permission denied for database/),
    hint: expect.stringMatching(/CREATE on the database/),
  })
})

it('outlives the loss of a connection that nobody uses', async () => {
  await using test = await openTarget()
  await test.target.reflect()
  await test.rows(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'albackup'`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await test.target.reflect()).tables).toEqual([])
})

it('stops a statement on the server when the job is stopped', async () => {
  const job = new AbortController()
  await using watcher = await openTarget()
  const { database } = watcher.connection
  await using test = await openTarget({ ...(database === undefined ? {} : { database }) }, { signal: job.signal })
  const plan = await test.target.plan(sampleModel([]), {})
  const sleep = { object: 'a long sleep', sql: 'select pg_sleep(60)', optional: true }
  const sleeping = test.target.createSchema({ ...plan, statements: { ...plan.statements, keys: [sleep] } }, 'keys')
  setTimeout(() => job.abort(), 100)
  await expect(sleeping).rejects.toThrow(/^cannot create a long sleep: canceling statement due to user request/)
})

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
