import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { DamagedBackupError, UsageError } from '../errors.ts'

/** How a table file's blocks are compressed; the names of the Avro specification ("Required Codecs", "Optional Codecs"). */
export type Codec = 'null' | 'deflate' | 'snappy' | 'zstandard'

export const CODECS: readonly Codec[] = ['null', 'deflate', 'snappy', 'zstandard']

/** One codec at work. What takes its time runs off the caller's thread. */
export interface Compressor {
  compress(bytes: Uint8Array): Promise<Uint8Array>
  /** Rejects with a DamagedBackupError's reason as a plain Error when `bytes` are not of this codec. */
  decompress(bytes: Uint8Array): Promise<Uint8Array>
}

/** Throws a UsageError when this Node or this installation has not got the codec. */
export async function openCodec(codec: Codec): Promise<Compressor> {
  switch (codec) {
    case 'null':
      return { compress: async (bytes) => bytes, decompress: async (bytes) => bytes }
    case 'deflate':
      return deflateCompressor()
    case 'snappy':
      return snappyCompressor()
    case 'zstandard':
      return zstandardCompressor()
  }
}

function deflateCompressor(): Compressor {
  const deflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw)
  const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)
  return {
    // Level 1: a database compresses well at any level, and the wire must not wait for the compressor. A window of 16 KiB stays in
    // the cache: rows take an eighth less time and no more room, prose as long and 3 % more room.
    compress: (bytes) =>
      deflate(bytes, { level: 1, memLevel: 9, windowBits: 14, chunkSize: chunkSize(bytes.length / 2) }),
    decompress: (bytes) => inflate(bytes, { chunkSize: chunkSize(bytes.length * 4) }),
  }
}

/** zlib and Zstandard grow their output in steps of this size. */
function chunkSize(expected: number): number {
  return Math.min(Math.max(Math.ceil(expected), 65536), 4 << 20)
}

async function snappyCompressor(): Promise<Compressor> {
  const snappy = await import('snappy').catch((cause) => {
    throw new UsageError('cannot use codec snappy: the package "snappy" is not installed', {
      hint: 'Install it beside albackup, or choose --codec deflate.',
      cause,
    })
  })
  // In this thread, and copied out of the library's memory: it is done in a millisecond for each MiB, and the memory of results made on
  // other threads is given back so late that it grows to half a GiB.
  const results = { copyOutputData: true }
  return {
    // The specification puts the CRC-32 of the uncompressed bytes, big-endian, behind each block.
    compress: async (bytes) => {
      const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const compressed = snappy.compressSync(input, results)
      const checksum = Buffer.alloc(4)
      checksum.writeUInt32BE(zlib.crc32(bytes))
      return Buffer.concat([compressed, checksum])
    },
    decompress: async (bytes) => {
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (all.length < 4) throw new DamagedBackupError('a snappy block has no checksum')
      const uncompressed = snappy.uncompressSync(all.subarray(0, -4), results) as Buffer
      if (zlib.crc32(uncompressed) !== all.readUInt32BE(all.length - 4)) {
        throw new DamagedBackupError('the checksum of a snappy block differs')
      }
      return uncompressed
    },
  }
}

type ZstandardFunction = (
  bytes: Uint8Array,
  options: { readonly chunkSize: number; readonly params?: Readonly<Record<number, number>> },
  done: (error: Error | null, result: Buffer) => void,
) => void

/** What Node has from 22.15 on; absent from the types of Node 20. */
interface ZstandardOfNode {
  readonly zstdCompress?: ZstandardFunction
  readonly zstdDecompress?: ZstandardFunction
}

/** `ZSTD_c_compressionLevel` and `ZSTD_c_windowLog` of zstd.h. */
const ZSTANDARD_LEVEL = 100
const ZSTANDARD_WINDOW = 101
const ZSTANDARD_PARAMS = { [ZSTANDARD_LEVEL]: 1, [ZSTANDARD_WINDOW]: 17 }

function zstandardCompressor(): Compressor {
  const { zstdCompress, zstdDecompress } = zlib as ZstandardOfNode
  if (zstdCompress === undefined || zstdDecompress === undefined) {
    throw new UsageError(`cannot use codec zstandard: Node ${process.versions.node} does not have it`, {
      hint: 'Use Node 22.15 or later, or choose --codec deflate.',
    })
  }
  const compress = promisify(zstdCompress)
  const decompress = promisify(zstdDecompress)
  return {
    // Level 1 and a window of 128 KiB, for the reasons that deflate has for its own.
    compress: (bytes) => compress(bytes, { params: ZSTANDARD_PARAMS, chunkSize: chunkSize(bytes.length / 2) }),
    decompress: (bytes) => decompress(bytes, { chunkSize: chunkSize(bytes.length * 4) }),
  }
}
