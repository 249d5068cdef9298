import {
  type Connection,
  ConnectionError,
  type ConnectionSettings,
  type Consistency,
  type Context,
  type Dialect,
  type MissingRight,
  type Session,
  UsageError,
} from '@albackup/core'
import type { MemoryDatabase, MemoryServer } from './memory-server.ts'
import { MemorySource } from './memory-source.ts'
import { MemoryTarget } from './memory-target.ts'

export interface MemoryDialectOptions {
  /** Default: a snapshot, since nothing changes while it is read. */
  readonly consistency?: Consistency
  /** What its sessions say that they lack; default: they cannot tell. */
  readonly missingRights?: readonly MissingRight[]
}

const SNAPSHOT: Consistency = { level: 'snapshot', verdict: 'all rows are of one moment: memory stands still' }

/** A dialect whose databases are those of `server`. It shows that the seam is enough, and makes tests instant. */
export function memoryDialect(server: MemoryServer, options: MemoryDialectOptions = {}): Dialect {
  const { missingRights } = options
  const withRights = <T extends Session>(session: T): T =>
    missingRights === undefined ? session : Object.assign(session, { missingRights: async () => missingRights })
  return {
    name: 'memory',
    title: 'Memory',
    contract: 1,
    parseConnection,
    async openSource(connection, context) {
      const database = findDatabase(server, connection, context)
      return withRights(new MemorySource(server, database, options.consistency ?? SNAPSHOT, context))
    },
    async openTarget(connection, context) {
      return withRights(new MemoryTarget(server, findDatabase(server, connection, context), context))
    },
    async recreateDatabase({ database }) {
      await server.createDatabase(database)
    },
  }
}

function parseConnection(settings: ConnectionSettings): Connection {
  if (!settings.database) throw new UsageError('cannot use the connection: database is not set')
  return { dialect: 'memory', host: settings.host ?? 'memory', database: settings.database }
}

function findDatabase(server: MemoryServer, connection: Connection, context: Context): MemoryDatabase {
  const refuse = (reason: string) => new ConnectionError(`cannot connect to ${connection.host}: ${reason}`)
  if (context.signal.aborted) throw refuse('the job was stopped')
  if (server.faults.some((fault) => fault.kind === 'unreachable')) throw refuse('it is not reachable')
  const database = server.databases.get(connection.database)
  if (!database) throw refuse(`there is no database "${connection.database}"`)
  return database
}
