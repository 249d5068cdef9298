/** Writes fields of binary COPY at a cursor, as CopyWriter does. Positions are addresses of the memory; numbers are big-endian. */

/** `writeBytes` may touch so many bytes behind those that it writes. */
export const OVERHANG: usize = 7

let at: usize = 0

export function position(): usize {
  return at
}

export function moveTo(position: usize): void {
  at = position
}

export function writeInt16(value: i32): void {
  store<u16>(at, bswap<u16>(<u16>value))
  at += 2
}

export function nullFields(count: i32): void {
  for (let i = 0; i < count; i++) {
    store<i32>(at, -1)
    at += 4
  }
}

/** A field of one byte. */
export function byteField(value: u32): void {
  store<u32>(at, bswap<u32>(1))
  store<u8>(at, value, 4)
  at += 5
}

export function int16Field(value: i32): void {
  store<u32>(at, bswap<u32>(2))
  store<u16>(at, bswap<u16>(<u16>value), 4)
  at += 6
}

export function int32Field(value: i32): void {
  store<u32>(at, bswap<u32>(4))
  store<u32>(at, bswap<u32>(value), 4)
  at += 8
}

export function int64Field(value: i64): void {
  store<u32>(at, bswap<u32>(8))
  store<u64>(at, bswap<u64>(value), 4)
  at += 12
}

/** A numeric (numeric.c, "numeric_recv") but for its groups. */
export function beginNumeric(groups: i32, weight: i32, sign: i32, scale: i32): void {
  store<u32>(at, bswap<u32>(8 + 2 * groups))
  store<u16>(at, bswap<u16>(<u16>groups), 4)
  store<u16>(at, bswap<u16>(<u16>weight), 6)
  store<u16>(at, bswap<u16>(<u16>sign), 8)
  store<u16>(at, bswap<u16>(<u16>scale), 10)
  at += 12
}

/** The length of a field whose bytes follow. */
export function beginField(length: i32): void {
  store<u32>(at, bswap<u32>(length))
  at += 4
}

/** Bytes within a field. */
export function writeByte(value: u32): void {
  store<u8>(at, value)
  at++
}

export function writeBytes(from: usize, length: i32): void {
  if (length > 64) memory.copy(at, from, length)
  else for (let done = 0; done < length; done += 8) store<u64>(at + done, load<u64>(from + done))
  at += length
}

export function writeBlanks(count: i32): void {
  memory.fill(at, 0x20, count)
  at += count
}
