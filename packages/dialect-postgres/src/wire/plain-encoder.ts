import { AvroReader } from '@albackup/core'
import { type CopyWriter, MESSAGE_BYTES, messageMemory } from './copy-writer.ts'
import { type PlainColumn, type PlainRow, PlainShare, prepare } from './plain-columns.ts'
import { giveBackPlainMemory, PLACES, type PlainMemory } from './plain-memory.ts'

/** As many as may be on their way to the socket, and some to write to. */
const MESSAGES = 11

/**
 * The fast way of a table's rows from Avro to binary COPY: WebAssembly (assembly/encode-rows.ts) for all rows without unusual values. The
 * bytes are those that the encoders give, to whom the other rows are left.
 */
export class PlainEncoder {
  /** To write messages to. */
  readonly messages: readonly Buffer[]
  private readonly memory: PlainMemory
  private readonly withDigest: boolean
  private readonly share = new PlainShare()

  /** `row.bound`: what a row takes at most without its values of variable length. */
  constructor(memory: PlainMemory, columns: readonly PlainColumn[], row: PlainRow) {
    this.memory = memory
    this.withDigest = row.withDigest
    prepare(memory, columns, row)
    this.messages = Array.from({ length: MESSAGES }, (_, i) => {
      const begin = PLACES.output.begin + i * messageMemory(row.bound)
      return memory.bytes.subarray(begin, begin + messageMemory(row.bound))
    })
  }

  /** Whether there is room for such messages. */
  static fits(rowBound: number): boolean {
    return MESSAGES * messageMemory(rowBound) <= PLACES.output.end - PLACES.output.begin
  }

  /** The block where the code can read it; undefined when it is too large. */
  enter(block: Uint8Array): AvroReader | undefined {
    const { begin, end } = PLACES.input
    if (block.length > end - begin) return undefined
    this.memory.bytes.set(block, begin)
    return new AvroReader(this.memory.bytes.subarray(begin, begin + block.length))
  }

  /** Writes rows until a message is full or one is not plain; returns how many, 0 where most have not been. */
  encode(from: AvroReader, rows: number, to: CopyWriter): number {
    const { bytes, code } = this.memory
    if (from.bytes.buffer !== bytes.buffer || to.bytes.buffer !== bytes.buffer || this.share.small) return 0
    const input = from.bytes.byteOffset
    const output = to.bytes.byteOffset
    const [begin, end] = [input + from.offset, input + from.end]
    const room = output + to.bytes.length
    const written = code.encodeRows(rows, begin, end, output + to.offset, output + MESSAGE_BYTES, room)
    from.offset = code.readTo() - input
    const digest = this.withDigest ? BigInt.asUintN(64, code.takeDigest()) : 0n
    to.wroteRows(written, code.writtenTo() - output, digest)
    this.share.count(written, written < rows && !to.full ? 1 : 0)
    return written
  }

  /** Nobody will read the messages any more. */
  giveBack(): void {
    giveBackPlainMemory(this.memory)
  }
}
