import { type Context, InterruptedError } from '@albackup/core'
import type { PoolClient } from 'pg'
import type { Connections, PostgresServer } from './connections.ts'
import { quoteText } from './quote.ts'

/** A cancelled statement that has not ended by then never will: the network lost its answer. */
const CANCEL_MILLISECONDS = 5000

/**
 * One connection for as long as a session lives, in one transaction where its rows are to be of one point in time. One piece of work
 * at a time; what comes meanwhile waits. A piece that fails does not end the transaction.
 */
export class HeldConnection implements AsyncDisposable {
  private readonly connections: Connections
  private readonly client: PoolClient
  private readonly context: Context
  private inTransaction = false
  private turn: Promise<void> = Promise.resolve()

  constructor(connections: Connections, client: PoolClient, context: Context) {
    this.connections = connections
    this.client = client
    this.context = context
  }

  /** Begins the transaction that all work is done in: read only, of one point in time; that of `snapshot` when it is given. */
  async beginSnapshot(snapshot?: string): Promise<void> {
    await this.client.query('begin transaction isolation level repeatable read, read only')
    if (snapshot !== undefined) await this.client.query(`set transaction snapshot ${quoteText(snapshot)}`)
    this.inTransaction = true
  }

  get server(): PostgresServer {
    return this.connections.server
  }

  /** The name by which other connections can join the transaction's snapshot. No savepoint may be open. */
  async exportSnapshot(): Promise<string> {
    const done = await this.takeTurn()
    try {
      const { rows } = await this.client.query<{ readonly name: string }>('select pg_export_snapshot() as name')
      return rows[0]!.name
    } catch (error) {
      // The failure has ended the transaction. No row is read yet, so a new one serves as well.
      await this.client.query('rollback')
      await this.beginSnapshot()
      throw error
    } finally {
      done()
    }
  }

  /** What `work` returns; it may not keep the connection. */
  async use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const results = this.stream(async function* (client) {
      yield await work(client)
    })
    for await (const result of results) return result
    throw new InterruptedError('the job was stopped')
  }

  /** What `work` yields; whoever leaves early ends it. */
  async *stream<T>(work: (client: PoolClient) => AsyncIterable<T>): AsyncIterable<T> {
    const done = await this.takeTurn()
    const stopCancelling = this.cancelWhenAborted()
    try {
      if (this.context.signal.aborted) throw new InterruptedError('the job was stopped')
      if (this.inTransaction) await this.client.query('savepoint work')
      yield* work(this.client)
    } finally {
      stopCancelling()
      await this.endWork()
      done()
    }
  }

  /** Asks the server to stop the statement under way, so that `work` can end it. */
  cancel(): Promise<void> {
    return this.connections.cancel(this.client)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.release(true)
    await this.connections.close()
  }

  private async takeTurn(): Promise<() => void> {
    const before = this.turn
    let done = () => {}
    this.turn = new Promise((resolve) => {
      done = resolve
    })
    await before
    return done
  }

  private cancelWhenAborted(): () => void {
    let cut: NodeJS.Timeout | undefined
    const cancel = () => {
      void this.cancel()
      cut = setTimeout(() => this.client.connection.stream.destroy(), CANCEL_MILLISECONDS)
    }
    this.context.signal.addEventListener('abort', cancel, { once: true })
    return () => {
      this.context.signal.removeEventListener('abort', cancel)
      clearTimeout(cut)
    }
  }

  /** Nothing has been changed, so after a success as after a failure the transaction goes on from where the work began. */
  private async endWork(): Promise<void> {
    if (!this.inTransaction) return
    try {
      await this.client.query('rollback to savepoint work; release savepoint work')
    } catch (error) {
      this.context.debug(`the transaction of the source has ended: ${String(error)}`)
    }
  }
}
