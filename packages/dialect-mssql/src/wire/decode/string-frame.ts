import type { AvroWriter } from '@albackup/core'

/** The bytes that the length prefix of a string of `length` bytes takes. */
export function prefixLength(length: number): number {
  return length < 64 ? 1 : length < 8192 ? 2 : length < 1048576 ? 3 : length < 134217728 ? 4 : 5
}

/**
 * Ends a string that was written behind a gap of `guessed` bytes for its length prefix: `end` is where its text ends.
 * The text is moved only when the prefix takes another number of bytes than was guessed.
 */
export function endString(writer: AvroWriter, guessed: number, end: number): void {
  const begin = writer.offset
  const length = end - begin - guessed
  const prefix = prefixLength(length)
  if (prefix !== guessed) writer.bytes.copyWithin(begin + prefix, begin + guessed, end)
  writer.writeInt(length)
  writer.offset += length
}
