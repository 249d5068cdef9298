import { createHash } from 'node:crypto'
import type { AvroReader } from '../row/avro-reader.ts'
import { AvroWriter } from '../row/avro-writer.ts'
import type { AvroSchema } from './avro-schema.ts'
import { CODECS, type Codec } from './codec.ts'

/** Avro 1.11 specification, "Object Container Files". */
const MAGIC = Buffer.from('Obj\u0001', 'latin1')
export const SYNC_LENGTH = 16

/** What stands before the first block. */
export interface ContainerHeader {
  readonly schema: AvroSchema
  readonly codec: Codec
  readonly sync: Uint8Array
}

/**
 * The header's bytes and the marker that ends each block. The marker is made from the header, not from chance, so that the
 * same rows give the same file.
 */
export function encodeHeader(schema: AvroSchema, codec: Codec): { readonly bytes: Buffer; readonly sync: Buffer } {
  const text = Buffer.from(JSON.stringify(schema))
  const sync = createHash('sha256').update(codec).update(text).digest().subarray(0, SYNC_LENGTH)
  const writer = new AvroWriter(text.length + 256)
  writer.writeFixed(MAGIC)
  writer.writeInt(2)
  writer.writeBytes(Buffer.from('avro.codec'))
  writer.writeBytes(Buffer.from(codec))
  writer.writeBytes(Buffer.from('avro.schema'))
  writer.writeBytes(text)
  writer.writeInt(0)
  writer.writeFixed(sync)
  return { bytes: writer.bytes.subarray(0, writer.offset), sync }
}

/** Reads a header at the cursor. Throws a RangeError that says what is wrong, also when the bytes end too early. */
export function decodeHeader(reader: AvroReader): ContainerHeader {
  if (!reader.readFixed(4).equals(MAGIC)) throw new RangeError('it does not begin as an Avro file')
  const meta = new Map<string, string>()
  for (let count = reader.readInt(); count !== 0; count = reader.readInt()) {
    if (count < 0) reader.readInt()
    for (let i = Math.abs(count); i > 0 && reader.offset < reader.end; i--) {
      meta.set(reader.readBytes().toString(), reader.readBytes().toString())
    }
    if (reader.offset >= reader.end) throw new RangeError('its header is cut short')
  }
  const sync = Uint8Array.from(reader.readFixed(SYNC_LENGTH))
  if (sync.length !== SYNC_LENGTH) throw new RangeError('its header is cut short')
  const codec = CODECS.find((known) => known === (meta.get('avro.codec') ?? 'null'))
  if (codec === undefined) throw new RangeError(`its codec "${meta.get('avro.codec')}" is unknown`)
  return { schema: JSON.parse(meta.get('avro.schema') ?? 'null'), codec, sync }
}

/** One for all heads: a writer has room for a large row. */
const heads = new AvroWriter(32)

/** What stands before a block's data: the count of rows and the count of bytes. */
export function encodeBlockHead(rows: number, bytes: number): Buffer {
  heads.offset = 0
  heads.writeSafeLong(rows)
  heads.writeSafeLong(bytes)
  return Buffer.from(heads.bytes.subarray(0, heads.offset))
}
