import type { Context } from '@albackup/core'
import { parseMssqlUrl } from '@albackup/testkit/mssql-server'
import {
  type Answer,
  colMetadata,
  DONE_STATUS,
  done,
  error,
  type ReplayServer,
  row,
  type ServerMessage,
  startReplayServer,
  types,
  values,
} from '@albackup/testkit/tds-replay'
import { type MssqlConnection, parseConnection } from '../connection-settings.ts'

type Cell = number | string | null

/** What a statement that fits `when` is answered with: rows by the names of their columns, or an answer as it is. */
export interface Line {
  readonly when: RegExp
  readonly answer: readonly Readonly<Record<string, Cell>>[] | ((connection: number) => Answer)
}

/** A server that answers what it is told to, everything else with nothing, and keeps what was sent on which connection. */
export interface ScriptedServer extends AsyncDisposable {
  readonly connection: MssqlConnection
  /** `<number of the connection>: <statement>`, without the settings of a session. */
  readonly sent: string[]
  readonly server: ReplayServer
}

/** The first line that fits counts. */
export async function startScriptedServer(lines: readonly Line[]): Promise<ScriptedServer> {
  const sent: string[] = []
  const server = await startReplayServer({
    script({ sql, kind }, { number }) {
      if (kind === 'transaction') return undefined
      const statement = sql.replace(/^sp_executesql: /, '')
      if (!/^set (textsize|ansi_nulls|quoted_identifier)/i.test(statement)) sent.push(`${number}: ${statement}`)
      const line = lines.find(({ when }) => when.test(statement))
      if (line === undefined) return done()
      return typeof line.answer === 'function' ? line.answer(number) : rowsAnswer(line.answer)
    },
  })
  return {
    connection: parseConnection(parseMssqlUrl(server.url('Shop'))),
    sent,
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** An ERROR token and the end of the statement. */
export function failure(facts: Pick<ServerMessage, 'number' | 'message'> & Partial<ServerMessage>): Answer {
  return Buffer.concat([error(facts), done({ status: DONE_STATUS.error })])
}

export function contextFor(signal = new AbortController().signal, warnings: string[] = []): Context {
  return { signal, warn: (message) => warnings.push(message), debug: () => {} }
}

export function rowsAnswer(rows: readonly Readonly<Record<string, Cell>>[]): Answer {
  const names = Object.keys(rows[0] ?? { nothing: null })
  const columns = names.map((name) => ({
    name,
    type: rows.some((one) => typeof one[name] === 'string') ? types.nVarChar(8000) : types.intN(4),
  }))
  const tokens = rows.map((one) =>
    row(
      columns,
      names.map((name) => wireValue(one[name] ?? null)),
    ),
  )
  return Buffer.concat([colMetadata(columns), ...tokens, done({ rows: rows.length })])
}

function wireValue(cell: Cell): Buffer | null {
  if (cell === null) return null
  return typeof cell === 'number' ? values.int(cell) : values.utf16(cell)
}
