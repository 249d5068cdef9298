import type { AvroWriter, Input } from '@albackup/core'
import { type PlainColumn, PlainShare, prepare } from './plain-columns.ts'
import { giveBackPlainMemory, PLACES, type PlainMemory } from './plain-memory.ts'

/** For a piece that the socket gives, and the part of a row before it. */
const INPUT_BYTES = 1 << 19

/**
 * The fast way of a table's rows from binary COPY to Avro: WebAssembly (assembly/decode-rows.ts) for all rows without unusual values. The
 * bytes are those that the decoders give, to whom the other rows are left.
 */
export class PlainDecoder {
  /** Where the code can read what arrives. */
  readonly input: Buffer
  private readonly memory: PlainMemory
  private readonly share = new PlainShare()

  /** `overhead`: how many bytes a row can take beyond those that it has on the wire. */
  constructor(memory: PlainMemory, columns: readonly PlainColumn[], overhead: number) {
    this.memory = memory
    prepare(memory, columns, { fields: columns.length, bound: overhead, withDigest: true })
    const { begin } = PLACES.input
    this.input = memory.bytes.subarray(begin, begin + INPUT_BYTES)
  }

  /** Takes the messages of plain rows from the begin of the input; returns how many they were, 0 where most rows are not plain. */
  decode(from: Input, to: AvroWriter): number {
    const { bytes, code } = this.memory
    if (from.bytes.buffer !== bytes.buffer || this.share.small) return 0
    const { begin, end: room } = PLACES.output
    const input = from.bytes.byteOffset
    const rows = code.decodeRows(input + from.begin, input + from.end, begin, begin + to.untilFull, room)
    this.share.count(rows, rows === 0 ? 1 : 0)
    if (rows === 0) return 0
    from.begin = code.readTo() - input
    const digest = BigInt.asUintN(64, code.takeDigest())
    to.appendRows(bytes.subarray(begin, code.writtenTo()), { rows, digest })
    return rows
  }

  /** Nobody will read the input any more. */
  giveBack(): void {
    giveBackPlainMemory(this.memory)
  }
}
