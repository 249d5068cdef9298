import { AvroReader } from '@albackup/core'
import { avroBytes } from './avro-bytes.ts'
import type { TdsWriter } from './tds-writer.ts'
import type { Transcoder } from './transcoder.ts'
import { type ColumnReport, endOfValue, type ValueEncoder } from './value-encoder.ts'

/** Values of more bytes in the backup are sent in several chunks. */
export const LONG_VALUE = 48 * 1024

/** The total length that says that it is not known ([MS-TDS] 2.2.5.2.3); the chunks tell. */
const UNKNOWN_LENGTH_LOW = -2
const UNKNOWN_LENGTH_HIGH = -1

/** The length in front, that of a chunk, and that of the last one, which is 0. */
const FRAME = 8 + 4 + 4

/** The (max) types: partially length-prefixed. */
export function partsEncoder(transcoder: Transcoder, report: ColumnReport): ValueEncoder {
  return {
    bound: FRAME,
    encode: (from, to) => {
      for (const _ of encodeParts(from, to, transcoder, report));
    },
    encodeLong: (from, to) => encodeParts(from, to, transcoder, report),
  }
}

function* encodeParts(from: AvroReader, to: TdsWriter, transcoder: Transcoder, report: ColumnReport): Iterable<void> {
  const valueBegin = from.offset
  const end = endOfValue(from, from.readInt())
  const begin = from.offset
  from.offset = end
  to.writeInt32(UNKNOWN_LENGTH_LOW)
  to.writeInt32(UNKNOWN_LENGTH_HIGH)
  let isClean = true
  for (let at = begin; at < end; ) {
    const next = characterBoundary(from.bytes, at + LONG_VALUE, end)
    to.reserve((next - at) * transcoder.growth + FRAME)
    isClean = writeChunk(from, at, next, to, transcoder) && isClean
    at = next
    if (to.full) yield
  }
  to.reserve(FRAME)
  to.writeInt32(0)
  if (!isClean) reportCleaned(from, valueBegin, begin, end, transcoder, report)
}

/** False when the chunk had to be cleaned. */
function writeChunk(from: AvroReader, begin: number, end: number, to: TdsWriter, transcoder: Transcoder): boolean {
  const lengthAt = to.offset
  to.offset += 4
  const isClean = transcoder.write(from, begin, end, to)
  if (!isClean) {
    to.offset = lengthAt + 4
    const clean = transcoder.clean!(from.bytes.subarray(begin, end))
    to.reserve(clean.length * transcoder.growth + FRAME)
    transcoder.write(new AvroReader(clean), 0, clean.length, to)
  }
  to.view.setUint32(lengthAt, to.offset - lengthAt - 4, true)
  return isClean
}

function reportCleaned(
  from: AvroReader,
  valueBegin: number,
  begin: number,
  end: number,
  transcoder: Transcoder,
  report: ColumnReport,
): void {
  report.count(transcoder.lossKind!, from, valueBegin)
  report.changed(valueBegin, end, avroBytes(transcoder.clean!(from.bytes.subarray(begin, end))))
}

/** The end of the last whole character of UTF-8 that ends at or before `at`; `end` when that comes first. */
function characterBoundary(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end
  let boundary = at
  while ((bytes[boundary]! & 0xc0) === 0x80 && at - boundary < 4) boundary--
  return boundary
}
