import { AvroReader } from '@albackup/core'
import { type CopyWriter, MESSAGE_BYTES, messageMemory } from './copy-writer.ts'
import type { PlainForm } from './encoder.ts'
import { giveBackPlainMemory, PLACES, type PlainMemory, takePlainMemory } from './plain-memory.ts'

/** Of a step: its form and how many fields NULL takes (int32 each), two parameters (int64 each). */
const STEP_BYTES = 24

/** As many as may be on their way to the socket, and some to write to. */
const MESSAGES = 11

/** So many rows tell whether those of a table are plain. */
const ROWS_TO_JUDGE = 1000

/** How the values of a column are written where they are plain. */
export interface PlainColumn {
  readonly form: PlainForm
  /** How many fields NULL takes; 0: the column is never null. */
  readonly nulls: number
}

/**
 * The fast way of a table's rows from Avro to binary COPY: WebAssembly (assembly/plain-rows.ts) for all rows without unusual values. The
 * bytes are those that the encoders give, to whom the other rows are left.
 */
export class PlainRows {
  /** To write messages to. */
  readonly messages: readonly Buffer[]
  private readonly memory: PlainMemory
  private readonly withDigest: boolean
  private plain = 0
  private others = 0

  /** `rowBound`: what a row takes at most without its values of variable length. */
  constructor(columns: readonly PlainColumn[], fields: number, rowBound: number, withDigest: boolean) {
    this.memory = takePlainMemory()
    this.withDigest = withDigest
    const { bytes, code } = this.memory
    writeSteps(columns, bytes.subarray(PLACES.steps.begin, PLACES.steps.end))
    code.prepare(PLACES.steps.begin, columns.length, fields, rowBound, withDigest)
    this.messages = Array.from({ length: MESSAGES }, (_, i) => {
      const begin = PLACES.messages.begin + i * messageMemory(rowBound)
      return bytes.subarray(begin, begin + messageMemory(rowBound))
    })
  }

  /** Whether there is room for such messages. */
  static fits(rowBound: number): boolean {
    return MESSAGES * messageMemory(rowBound) <= PLACES.messages.end - PLACES.messages.begin
  }

  /** The block where the code can read it; undefined when it is too large. */
  enter(block: Uint8Array): AvroReader | undefined {
    const { begin, end } = PLACES.block
    if (block.length > end - begin) return undefined
    this.memory.bytes.set(block, begin)
    return new AvroReader(this.memory.bytes.subarray(begin, begin + block.length))
  }

  /** Writes rows until a message is full or one is not plain; returns how many, 0 where most have not been. */
  encode(from: AvroReader, rows: number, to: CopyWriter): number {
    const { bytes, code } = this.memory
    if (from.bytes.buffer !== bytes.buffer || to.bytes.buffer !== bytes.buffer) return 0
    if (this.others > this.plain && this.others > ROWS_TO_JUDGE) return 0
    const input = from.bytes.byteOffset
    const output = to.bytes.byteOffset
    const [begin, end] = [input + from.offset, input + from.end]
    const room = output + to.bytes.length
    const written = code.encode(rows, begin, end, output + to.offset, output + MESSAGE_BYTES, room)
    from.offset = code.readTo() - input
    const digest = this.withDigest ? BigInt.asUintN(64, code.takeDigest()) : 0n
    to.wroteRows(written, code.writtenTo() - output, digest)
    this.plain += written
    if (written < rows && !to.full) this.others++
    return written
  }

  /** Nobody will read the messages any more. */
  giveBack(): void {
    giveBackPlainMemory(this.memory)
  }
}

function writeSteps(columns: readonly PlainColumn[], to: Buffer): void {
  for (const [i, { form, nulls }] of columns.entries()) {
    const [code, first = 0n, second = 0n] = form
    to.writeInt32LE(code, i * STEP_BYTES)
    to.writeInt32LE(nulls, i * STEP_BYTES + 4)
    to.writeBigInt64LE(first, i * STEP_BYTES + 8)
    to.writeBigInt64LE(second, i * STEP_BYTES + 16)
  }
}
