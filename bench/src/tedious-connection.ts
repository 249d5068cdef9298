import { EventEmitter } from 'node:events'
import { Connection, type ConnectionConfiguration, Request } from 'tedious'
import { MSSQL_URL, serverUrl } from './servers.ts'

type MakeParser = Connection['createTokenStreamParser']

/** A connection that throws away what it is sent: the limit of any reader in this language. */
export class DrainingConnection extends Connection {
  draining = false
  bytes = 0

  override createTokenStreamParser(...[message, handler]: Parameters<MakeParser>): ReturnType<MakeParser> {
    if (!this.draining) return super.createTokenStreamParser(message, handler)
    const parser = new EventEmitter()
    message.on('data', (packet: Buffer) => {
      this.bytes += packet.length
    })
    message.on('end', () => parser.emit('end'))
    const drain = Object.assign(parser, { pause: () => message.pause(), resume: () => message.resume() })
    // The connection uses no more of a parser than its end, pause and resume.
    return drain as unknown as ReturnType<MakeParser>
  }
}

export function tediousConfiguration(database: string): ConnectionConfiguration {
  const url = serverUrl(MSSQL_URL)
  return {
    server: url.hostname,
    authentication: {
      type: 'default',
      options: { userName: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
    },
    options: {
      port: Number(url.port || 1433),
      database,
      encrypt: url.searchParams.get('encrypt') !== 'false',
      trustServerCertificate: true,
      packetSize: 32767,
      requestTimeout: 0,
    },
  }
}

export function connect<C extends Connection>(connection: C): Promise<C> {
  return new Promise((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve(connection))))
}

/** Runs a batch; gives the rows as arrays of values, or hands each to `onRow` and keeps none. */
export function runBatch(connection: Connection, sql: string, onRow?: () => void): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)))
    request.on('row', (columns: { value: unknown }[]) => {
      if (onRow === undefined) rows.push(columns.map((column) => column.value))
      else onRow()
    })
    connection.execSqlBatch(request)
  })
}
