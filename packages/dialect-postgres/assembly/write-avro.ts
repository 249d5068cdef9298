/** Writes Avro binary at a cursor, as core's AvroWriter does. Positions are addresses of the memory. */

/** A write may touch so many bytes behind those that it writes. */
export const OVERHANG: usize = 8

let at: usize = 0

export function position(): usize {
  return at
}

export function moveTo(position: usize): void {
  at = position
}

export function writeByte(byte: u32): void {
  store<u8>(at, byte)
  at++
}

/** An int or a long. */
export function writeLong(value: i64): void {
  let rest: u64 = (value << 1) ^ (value >> 63)
  for (; rest >= 0x80; rest >>= 7) {
    store<u8>(at, (<u32>rest & 0x7f) | 0x80)
    at++
  }
  store<u8>(at, <u32>rest)
  at++
}

/** A decimal's unscaled value: the shortest big-endian two's complement, its length in front. */
export function writeDecimal(value: i64): void {
  const length = (72 - clz<u64>(value ^ (value >> 63))) >> 3
  writeLong(length)
  store<u64>(at, bswap<u64>(value << (64 - 8 * length)))
  at += <usize>length
}

export function writeFloat(bits: u32): void {
  store<u32>(at, bits)
  at += 4
}

export function writeDouble(bits: u64): void {
  store<u64>(at, bits)
  at += 8
}

/** Bytes as they are. */
export function writeFixed(from: usize, length: i32): void {
  if (length > 64) memory.copy(at, from, length)
  else for (let done = 0; done < length; done += 8) store<u64>(at + done, load<u64>(from + done))
  at += length
}
