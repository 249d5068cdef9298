import { createHash, type Hash } from 'node:crypto'
import type { Table } from '../model/schema-model.ts'
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

/** So many blocks may be under compression while the next one is read. */
const BLOCKS_AHEAD = 4

/**
 * Writes a table's blocks as an Avro object container file. Compression runs off the main thread while the next blocks
 * arrive. Either `finish` or `discard` ends it.
 */
export class TableFileWriter {
  private readonly hash: Hash = createHash('sha256')
  private readonly sync: Buffer
  private readonly file: WritableFile
  private readonly compressor: Compressor
  private readonly ahead: Promise<CompressedBlock>[] = []
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

  /** Resolves when the writer can take another block. */
  async append(block: RowBlock): Promise<void> {
    this.facts = addFacts(this.facts, block)
    this.rowBytes += block.bytes.length
    const compressed = this.compressor.compress(block.bytes).then((bytes) => ({ rows: block.rows, bytes }))
    // A rejection is seen when the block is awaited below; until then it must not count as unhandled.
    compressed.catch(() => {})
    this.ahead.push(compressed)
    if (this.ahead.length >= BLOCKS_AHEAD) await this.writeNext()
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

  private async writeNext(): Promise<void> {
    const block = await this.ahead.shift()!
    this.blocks++
    await this.write([encodeBlockHead(block.rows, block.bytes.length), block.bytes, this.sync])
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
}
