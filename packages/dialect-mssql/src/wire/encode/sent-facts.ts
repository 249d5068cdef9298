import { type AvroReader, RowDigest, type RowFacts } from '@albackup/core'

/**
 * The facts of rows that are sent, of each as it will be read back: its Avro bytes, and where the table does not hold a value as
 * the backup has it, or not at all, what it holds instead.
 */
export class SentFacts {
  private readonly digest = new RowDigest()
  private readonly begins: number[] = []
  private readonly ends: number[] = []
  private readonly contents: Uint8Array[] = []

  /** Of the row under way; changes come in the order of its bytes. */
  replace(begin: number, end: number, content: Uint8Array): void {
    this.begins.push(begin)
    this.ends.push(end)
    this.contents.push(content)
  }

  /** Ends the row that stands from `begin` to the reader's cursor. */
  endRow(from: AvroReader, begin: number): void {
    if (this.contents.length === 0) this.digest.addRow(from.view, begin, from.offset)
    else this.addChangedRow(from, begin)
  }

  get facts(): RowFacts {
    return { rows: this.digest.rows, digest: this.digest.digest }
  }

  private addChangedRow(from: AvroReader, begin: number): void {
    const parts: Uint8Array[] = []
    let at = begin
    for (const [i, content] of this.contents.entries()) {
      parts.push(from.bytes.subarray(at, this.begins[i]), content)
      at = this.ends[i]!
    }
    parts.push(from.bytes.subarray(at, from.offset))
    const row = Buffer.concat(parts)
    this.digest.addRow(new DataView(row.buffer, row.byteOffset, row.byteLength), 0, row.length)
    this.begins.length = 0
    this.ends.length = 0
    this.contents.length = 0
  }
}
