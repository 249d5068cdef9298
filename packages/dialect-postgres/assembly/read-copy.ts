/** Numbers of binary COPY, big-endian, by their addresses. */

export function int16(at: usize): i32 {
  return <i16>bswap<u16>(load<u16>(at))
}

export function uint16(at: usize): u32 {
  return bswap<u16>(load<u16>(at))
}

export function int32(at: usize): i32 {
  return bswap<u32>(load<u32>(at))
}

export function int64(at: usize): i64 {
  return bswap<u64>(load<u64>(at))
}
