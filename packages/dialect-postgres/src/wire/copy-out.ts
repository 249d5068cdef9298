import { RowDigest, type RowFacts } from '@albackup/core'
import type { Connection, Submittable } from 'pg'
import { Deferred } from './deferred.ts'

/** Signature, flags and length of the header extension (COPY, "Binary Format"). */
const HEADER_BYTES = 19

/**
 * A `COPY … TO STDOUT (FORMAT binary)` whose rows are hashed as they come and kept nowhere, so nothing has to be held back.
 * A CopyData message from the server is always one row (PostgreSQL protocol 3, "CopyData"); the header comes with the first.
 */
export class CopyOut implements Submittable {
  private readonly text: string
  private readonly digest = new RowDigest()
  private readonly finished = new Deferred<RowFacts>()
  private view: DataView = new DataView(new ArrayBuffer(0))
  private headerSeen = false

  constructor(text: string) {
    this.text = text
  }

  submit(connection: Connection): void {
    connection.query(this.text)
  }

  facts(): Promise<RowFacts> {
    return this.finished.promise
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (chunk.buffer !== this.view.buffer) this.view = new DataView(chunk.buffer)
    const end = chunk.byteOffset + chunk.length
    const begin = this.headerSeen ? chunk.byteOffset : chunk.byteOffset + HEADER_BYTES
    this.headerSeen = true
    // Header or trailer alone: the field count of the trailer is -1.
    if (begin === end || this.view.getInt16(begin) === -1) return
    this.digest.addRow(this.view, begin, end)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.finished.resolve({ rows: this.digest.rows, digest: this.digest.digest })
  }

  handleError(error: Error): void {
    this.finished.reject(error)
  }
}
