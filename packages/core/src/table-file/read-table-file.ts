import { DamagedBackupError } from '../errors.ts'
import { AvroReader } from '../row/avro-reader.ts'
import { BLOCK_BYTES, giveBackBlockMemory, takeBlockMemory } from '../row/block-memory.ts'
import type { RowBytes } from '../row/row-block.ts'
import type { ReadableFile } from '../storage/storage.ts'
import { type Compressor, openCodec } from './codec.ts'
import { type ContainerHeader, decodeHeader, SYNC_LENGTH } from './container.ts'

const HEAD_BYTES = 20
const HEADER_STEP = 65536
/** A header holds the schema of at most some thousands of columns. */
const HEADER_LIMIT = 64 << 20

/**
 * The blocks of a table file, uncompressed, one after another. Throws a DamagedBackupError that names the file when its
 * framing does not hold. Whether the file is the one that was written is for its hash to say, not for this.
 */
export async function* readTableFile(file: ReadableFile, name: string): AsyncIterable<RowBytes> {
  const damaged = (reason: string, cause?: unknown) =>
    new DamagedBackupError(`cannot read file ${name}: ${reason}`, cause === undefined ? {} : { cause })
  const { header, length } = await readHeader(file, damaged)
  const compressor = await openCodec(header.codec)
  const readAt = (position: number) => readBlock(file, position, header, compressor, damaged)
  let next = length < file.size ? readAt(length) : undefined
  while (next !== undefined) {
    const { end, ...block } = await next
    next = end < file.size ? readAt(end) : undefined
    // Read and decompressed while the receiver works; a failure is seen when the block is awaited, or never wanted.
    next?.catch(() => {})
    yield block
  }
}

type Damaged = (reason: string, cause?: unknown) => DamagedBackupError

/** `end`: where the next block begins. */
async function readBlock(
  file: ReadableFile,
  position: number,
  { sync }: ContainerHeader,
  compressor: Compressor,
  damaged: Damaged,
): Promise<RowBytes & { readonly end: number }> {
  const head = await readHead(file, position, damaged)
  const data = memoryFor(head.bytes + SYNC_LENGTH)
  if ((await file.read(data, position + head.length)) !== data.length) {
    throw damaged(`it ends in the block at byte ${position}`)
  }
  if (!data.subarray(head.bytes).equals(sync))
    throw damaged(`the block at byte ${position} does not end with the marker`)
  const bytes = await compressor.decompress(data.subarray(0, head.bytes)).catch((cause) => {
    throw damaged(`the block at byte ${position} cannot be decompressed`, cause)
  })
  if (bytes.buffer !== data.buffer) giveBackBlockMemory(data)
  return { rows: head.rows, bytes, end: position + head.length + data.length }
}

/** That of an earlier block where this one fits. */
function memoryFor(length: number): Buffer {
  const memory = takeBlockMemory(BLOCK_BYTES)
  if (length <= memory.length) return memory.subarray(0, length)
  giveBackBlockMemory(memory)
  return Buffer.allocUnsafeSlow(length)
}

async function readHeader(file: ReadableFile, damaged: Damaged): Promise<{ header: ContainerHeader; length: number }> {
  for (let step = HEADER_STEP; ; step *= 4) {
    const bytes = Buffer.allocUnsafe(Math.min(step, file.size))
    const reader = new AvroReader(bytes.subarray(0, await file.read(bytes, 0)))
    try {
      const header = decodeHeader(reader)
      return { header, length: reader.offset }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      if (step >= file.size || step >= HEADER_LIMIT) throw damaged(reason, cause)
    }
  }
}

async function readHead(
  file: ReadableFile,
  position: number,
  damaged: Damaged,
): Promise<{ rows: number; bytes: number; length: number }> {
  const bytes = Buffer.alloc(HEAD_BYTES)
  await file.read(bytes, position)
  const reader = new AvroReader(bytes)
  const rows = Number(reader.readBigLong())
  const length = Number(reader.readBigLong())
  const room = file.size - position - reader.offset - SYNC_LENGTH
  if (rows < 0 || length < 0 || length > room) throw damaged(`the block at byte ${position} is cut short`)
  return { rows, bytes: length, length: reader.offset }
}
