import type { ConnectionSettings } from '@albackup/core'
import { Connection, Request } from 'tedious'
import { splitBatches } from './split-batches.ts'

/** One connection for tests, through tedious as it is. */
export class MssqlSession implements AsyncDisposable {
  private readonly connection: Connection

  private constructor(connection: Connection) {
    this.connection = connection
  }

  static open(settings: ConnectionSettings): Promise<MssqlSession> {
    const { host, port, user, password, database, options } = settings
    const connection = new Connection({
      server: host ?? '127.0.0.1',
      authentication: { type: 'default', options: { userName: user ?? '', password: password ?? '' } },
      options: {
        port: port ?? 1433,
        database: database ?? 'master',
        requestTimeout: 0,
        trustServerCertificate: true,
        ...options,
      },
    })
    // Whoever runs a statement hears of the failure there.
    connection.on('error', () => {})
    return new Promise((resolve, reject) => {
      connection.connect((failure) => (failure ? reject(failure) : resolve(new MssqlSession(connection))))
    })
  }

  /** The rows of one batch, each as its values in order. */
  query(sql: string): Promise<readonly (readonly unknown[])[]> {
    return new Promise((resolve, reject) => {
      const rows: unknown[][] = []
      const request = new Request(sql, (failure) => (failure ? reject(failure) : resolve(rows)))
      request.on('row', (columns: { value: unknown }[]) => rows.push(columns.map((column) => column.value)))
      this.connection.execSqlBatch(request)
    })
  }

  /** Runs a script of batches between lines of GO; the failure names the batch. */
  async run(script: string): Promise<void> {
    for (const batch of splitBatches(script)) {
      try {
        await this.query(batch)
      } catch (cause) {
        throw new Error(`cannot run the batch "${firstLines(batch)}": ${cause}`, { cause })
      }
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      this.connection.once('end', () => resolve())
      this.connection.close()
    })
  }
}

function firstLines(batch: string): string {
  const lines = batch.split('\n')
  return lines.slice(0, 3).join('\n') + (lines.length > 3 ? ' …' : '')
}
