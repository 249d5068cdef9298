import { type Context, InterruptedError, type ServerFacts } from '@albackup/core'
import type pg from 'pg'
import { Client, Pool } from './driver.ts'
import { connectionError } from './server-errors.ts'

/** Connections of one session; each verb takes one while it works. */
const MOST_CONNECTIONS = 4

/** A cancelled statement that has not ended by then never will: the network lost its answer. */
const CANCEL_MILLISECONDS = 5000

export interface PostgresServer extends ServerFacts {
  /** As `server_version_num` has it: 150004 for 15.4. */
  readonly versionNumber: number
  /** Of the database. */
  readonly encoding: string
  /** It repeats what another server does, and takes no changes of its own. */
  readonly standby: boolean
}

/** The connections to one server. Whatever runs on them ends soon after the context's signal is aborted. */
export class Connections {
  readonly server: PostgresServer
  private readonly pool: pg.Pool
  private readonly config: pg.ClientConfig
  private readonly address: string
  private readonly context: Context

  constructor(config: pg.ClientConfig, server: PostgresServer, address: string, context: Context) {
    this.config = config
    this.server = server
    this.address = address
    this.context = context
    this.pool = new Pool({ ...config, max: MOST_CONNECTIONS, idleTimeoutMillis: 0, onConnect: prepare })
    this.pool.on('error', (error) => context.debug(`an idle connection to ${address} was lost: ${error.message}`))
  }

  /** Runs `work` on a connection of its own. After a failure the connection is closed, so nothing half-done stays open. */
  async use<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await this.take()
    let cancelled: Promise<void> | undefined
    let cut: NodeJS.Timeout | undefined
    const cancel = () => {
      cancelled = this.cancel(client)
      cut = setTimeout(() => client.connection.stream.destroy(), CANCEL_MILLISECONDS)
    }
    this.context.signal.addEventListener('abort', cancel, { once: true })
    let failed = true
    try {
      // The signal may have come while the connection was made; it does not come again.
      this.stopWhenAborted()
      const result = await work(client)
      failed = false
      return result
    } finally {
      this.context.signal.removeEventListener('abort', cancel)
      clearTimeout(cut)
      await cancelled
      client.release(failed || cancelled !== undefined)
    }
  }

  /** A connection to keep; it is given back with `release(true)`. */
  async take(): Promise<pg.PoolClient> {
    this.stopWhenAborted()
    return this.pool.connect().catch((error: unknown) => {
      throw connectionError(error, this.address)
    })
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  private stopWhenAborted(): void {
    if (this.context.signal.aborted) throw new InterruptedError('interrupted')
  }

  /** Asks the server to stop what the connection does; if it cannot be asked, the connection is cut. */
  async cancel(client: pg.PoolClient): Promise<void> {
    const helper = new Client(this.config)
    reportElsewhere(helper)
    try {
      await helper.connect()
      await helper.query('select pg_cancel_backend($1)', [processIds.get(client)])
    } catch (error) {
      this.context.debug(`cannot cancel a statement at ${this.address}, the connection is cut: ${String(error)}`)
      client.connection.stream.destroy()
    } finally {
      await helper.end()
    }
  }
}

const processIds = new WeakMap<pg.ClientBase, number>()

/** So that all names are written out. The script of an extension may change it for the session. */
export const NO_SEARCH_PATH = `set search_path = ''`

/** Limits of time, where the server knows them: a restore waits for its data, and a dump for its disk. */
const NO_LIMITS = `
  select set_config(name, '0', false) from pg_settings
  where name in ('idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout')`

/**
 * What the role or the database may have set otherwise, and texts, values or statements would be read or written in another way. Rows
 * that a policy hides make a query fail instead of being missing. To compile a query of the catalog takes longer than to run it.
 */
const SESSION_SETTINGS = `${NO_LIMITS};
  set client_encoding = 'UTF8';
  set jit = off;
  set standard_conforming_strings = on;
  set array_nulls = on;
  set transform_null_equals = off;
  set quote_all_identifiers = off;
  set exit_on_error = off;
  set row_security = off;
  set bytea_output = 'hex';
  set xmloption = content;
  set datestyle = 'ISO';
  set intervalstyle = 'postgres';
  set extra_float_digits = 3;
  set lc_monetary = 'C';
  ${NO_SEARCH_PATH};
  set check_function_bodies = off;
  set timezone = 'UTC'`

async function prepare(client: pg.ClientBase): Promise<void> {
  reportElsewhere(client)
  await client.query(SESSION_SETTINGS)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  processIds.set(client, rows[0]!.pid)
}

/** A lost connection fails the statement under way, which tells more; as an event without a listener it would end the process. */
export function reportElsewhere(client: pg.ClientBase): void {
  client.on('error', () => undefined)
}
