import { prefixLength } from '../decode/string-frame.ts'

/** The Avro form of bytes, or of a string's UTF-8: their length in front. */
export function avroBytes(content: Uint8Array): Uint8Array {
  const prefix = prefixLength(content.length)
  const bytes = Buffer.allocUnsafe(prefix + content.length)
  // A length of 2^30 or more takes 32 bits once it is doubled.
  let rest = (content.length << 1) >>> 0
  for (let at = 0; at < prefix; at++, rest >>>= 7) bytes[at] = at < prefix - 1 ? (rest & 0x7f) | 0x80 : rest
  bytes.set(content, prefix)
  return bytes
}
