import type { AvroWriter } from '@albackup/core'
import type { ValueBytes } from './value-decoder.ts'

/** Four bytes at once: no bit of this mask is set when all are ASCII. */
const NOT_ASCII = 0x80808080

/** Copies ASCII from `begin` to the writer's bytes at `to`, up to the first other byte; returns how many bytes. */
export function asciiRun(input: ValueBytes, begin: number, end: number, writer: AvroWriter, to: number): number {
  const source = input.bytes
  const out = writer.bytes
  let at = begin
  let target = to
  for (; at + 4 <= end; at += 4, target += 4) {
    const word = input.view.getInt32(at, true)
    if ((word & NOT_ASCII) !== 0) break
    writer.view.setInt32(target, word, true)
  }
  while (at < end && source[at]! < 0x80) out[target++] = source[at++]!
  return at - begin
}

/** One code unit, no half of a pair, in UTF-8; a surrogate in its 3-byte form. Returns where the next one goes. */
export function putUnit(out: Uint8Array, to: number, unit: number): number {
  if (unit < 0x80) {
    out[to] = unit
    return to + 1
  }
  if (unit < 0x800) {
    out[to] = 0xc0 | (unit >> 6)
    out[to + 1] = 0x80 | (unit & 0x3f)
    return to + 2
  }
  out[to] = 0xe0 | (unit >> 12)
  out[to + 1] = 0x80 | ((unit >> 6) & 0x3f)
  out[to + 2] = 0x80 | (unit & 0x3f)
  return to + 3
}
