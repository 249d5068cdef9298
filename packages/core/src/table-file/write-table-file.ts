import { createHash, type Hash } from 'node:crypto'
import type { Table } from '../model/schema-model.ts'
import { giveBackBlockMemory } from '../row/block-memory.ts'
import { addFacts, NO_ROWS } from '../row/digest.ts'
import type { RowBlock, RowFacts } from '../row/row-block.ts'
import type { Storage, WritableFile } from '../storage/storage.ts'
import { avroSchema } from './avro-schema.ts'
import type { Codec, Compressor } from './codec.ts'
import { encodeBlockHead, encodeHeader } from './container.ts'

/** What is true of a table file that is written. */
export interface TableFileFacts extends RowFacts {
  readonly blocks: number
  /** On disk. */
  readonly bytes: number
  /** Of the rows before compression. */
  readonly rowBytes: number
  /** Of the whole file, lower-case hexadecimal. */
  readonly sha256: string
}

/** So many bytes of rows may be under compression while the next block is read. */
const BYTES_AHEAD = 8 << 20

/**
 * Writes a table's blocks as an Avro object container file. Compression runs off the main thread while the next blocks
 * arrive. `finish` ends it, or `discard`, also after a `finish` that failed.
 */
export class TableFileWriter {
  private readonly hash: Hash = createHash('sha256')
  private readonly sync: Buffer
  private readonly file: WritableFile
  private readonly compressor: Compressor
  private readonly ahead: Promise<CompressedBlock>[] = []
  private bytesAhead = 0
  private writing: Promise<void> = Promise.resolve()
  private facts: RowFacts = NO_ROWS
  private blocks = 0
  private bytes = 0
  private rowBytes = 0

  static async create(
    storage: Storage,
    name: string,
    table: Table,
    codec: Codec,
    compressor: Compressor,
  ): Promise<TableFileWriter> {
    const { bytes, sync } = encodeHeader(avroSchema(table), codec)
    const writer = new TableFileWriter(await storage.create(name), sync, compressor)
    await writer.write([bytes])
    return writer
  }

  private constructor(file: WritableFile, sync: Buffer, compressor: Compressor) {
    this.file = file
    this.sync = sync
    this.compressor = compressor
  }

  /** Resolves when the writer can take another block. The block's memory is the writer's from now on. */
  async append(block: RowBlock): Promise<void> {
    this.facts = addFacts(this.facts, block)
    const compressed = this.compress(block)
    // A rejection is seen when the block is awaited below; until then it must not count as unhandled.
    compressed.catch(() => {})
    this.ahead.push(compressed)
    this.rowBytes += block.bytes.length
    this.bytesAhead += block.bytes.length
    while (this.bytesAhead >= BYTES_AHEAD) await this.writeNext()
  }

  async finish(): Promise<TableFileFacts> {
    while (this.ahead.length > 0) await this.writeNext()
    await this.writing
    await this.file.finish()
    const { facts, blocks, bytes, rowBytes } = this
    return { ...facts, blocks, bytes, rowBytes, sha256: this.hash.digest('hex') }
  }

  async discard(): Promise<void> {
    await Promise.allSettled([...this.ahead, this.writing])
    await this.file.discard()
  }

  private async compress({ rows, bytes }: RowBlock): Promise<CompressedBlock> {
    const compressed = await this.compressor.compress(bytes)
    if (compressed !== bytes) giveBackBlockMemory(bytes)
    return { rows, bytes: compressed, rowBytes: bytes.length }
  }

  private async writeNext(): Promise<void> {
    const { rows, bytes, rowBytes } = await this.ahead.shift()!
    this.bytesAhead -= rowBytes
    this.blocks++
    await this.write([encodeBlockHead(rows, bytes.length), bytes, this.sync])
    // What was not compressed is the block itself.
    this.writing = this.writing.then(() => giveBackBlockMemory(bytes))
    this.writing.catch(() => {})
  }

  /** Waits for the write before, not for this one, so that the disk and the hash work at the same time. */
  private async write(parts: readonly Uint8Array[]): Promise<void> {
    await this.writing
    this.writing = this.writeParts(parts)
    this.writing.catch(() => {})
    for (const part of parts) {
      this.hash.update(part)
      this.bytes += part.length
    }
  }

  private async writeParts(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) await this.file.write(part)
  }
}

interface CompressedBlock {
  readonly rows: number
  readonly bytes: Uint8Array
  /** Before compression. */
  readonly rowBytes: number
}
