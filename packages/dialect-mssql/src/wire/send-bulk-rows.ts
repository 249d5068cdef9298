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
    const source = new Source(pieces, () => answered)
    const request = new Request('insert bulk', (error, rows) => {
      answered = true
      // Told to forget the message, a server may complain of its end instead.
      if (source.failure !== undefined) reject(source.failure)
      else if (error) reject(error)
      else resolve(rows ?? 0)
    })
    connection.makeRequest(request, BULK_LOAD, source)
  })
}

/** The pieces until the server has answered: when it refuses a row before the message has ended, the rest need not be made. */
class Source implements AsyncIterable<Buffer> {
  failure: unknown
  private readonly pieces: AsyncIterable<Buffer>
  private readonly answered: () => boolean

  constructor(pieces: AsyncIterable<Buffer>, answered: () => boolean) {
    this.pieces = pieces
    this.answered = answered
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Buffer> {
    try {
      for await (const piece of this.pieces) {
        if (this.answered()) return
        yield piece
      }
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}
