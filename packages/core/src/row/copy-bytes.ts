/** Bytes, and a view of the same bytes. */
export interface BytesAndView {
  readonly bytes: Uint8Array
  readonly view: DataView
}

/** From here on the engine's own copying is faster, although it needs an object for the part that is copied. */
const LONG = 128

/**
 * Copies `source[begin..end)` to `target` from `at`. Short values, which most are, in words of four bytes; the last word overlaps
 * the one before.
 */
export function copyBytes(source: BytesAndView, begin: number, end: number, target: BytesAndView, at: number): void {
  const last = end - 4
  if (begin > last) copyFew(source.bytes, begin, end, target.bytes, at)
  else if (end - begin >= LONG) target.bytes.set(source.bytes.subarray(begin, end), at)
  else copyWords(source.view, begin, last, target.view, at)
}

function copyFew(source: Uint8Array, begin: number, end: number, target: Uint8Array, at: number): void {
  for (let from = begin, to = at; from < end; from++, to++) target[to] = source[from]!
}

function copyWords(source: DataView, begin: number, last: number, target: DataView, at: number): void {
  let from = begin
  let to = at
  for (; from < last; from += 4, to += 4) target.setInt32(to, source.getInt32(from, true), true)
  target.setInt32(to + last - from, source.getInt32(last, true), true)
}
