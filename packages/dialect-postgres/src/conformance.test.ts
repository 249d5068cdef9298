import { describeDialect } from '@albackup/testkit/conformance'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from './index.ts'
import { prepareSource } from './testing/prepare-source.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(() => server?.[Symbol.asyncDispose]())

describeDialect('postgres', {
  dialect: postgres,
  source: async () => {
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase() }
    return prepareSource(connection)
  },
  target: async () => {
    const { host, port, user, password } = server
    return { connection: { host, port, user, password, database: await server.createDatabase() } }
  },
  unreachable: { host: '127.0.0.1', port: 1, user: 'nobody', database: 'nothing' },
})
