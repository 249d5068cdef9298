import { Request } from 'tedious'
import type { ReadingConnection } from './reading-connection.ts'

/** The type of a message that holds the rows of a bulk load: [MS-TDS] 2.2.3.1.1. */
const BULK_LOAD = 0x07

/**
 * Sends the rows of a bulk load, after its `insert bulk` statement, and gives the number of rows that the server has taken.
 * `pieces` is asked for the next one only when there is room for it; what it throws is thrown here. When it throws, or the
 * request is cancelled, the server is told to forget the message, and the connection can be used again.
 *
 * tedious's own bulk load makes each row from JavaScript values, one allocation for each column, and cannot encode several of
 * the types. `makeRequest`, with which it sends all its messages, is public in its code and not in its documentation; the
 * version is pinned, and this file is the only one that calls it.
 */
export function sendBulkRows(connection: ReadingConnection, pieces: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = false
    const request = new Request('insert bulk', (error, rows) => {
      answered = true
      if (error) reject(error)
      else resolve(rows ?? 0)
    })
    // A server that refuses a row may answer before the message has ended; the rest need not be made.
    const payload = Object.assign(
      untilAnswered(pieces, () => answered),
      { toString: () => 'rows' },
    )
    connection.makeRequest(request, BULK_LOAD, payload)
  })
}

async function* untilAnswered(pieces: AsyncIterable<Buffer>, answered: () => boolean): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (answered()) return
    yield piece
  }
}
