/** Reads Avro binary at a cursor, as core's AvroReader does. Positions are addresses of the memory. */

let at: usize = 0

export function position(): usize {
  return at
}

export function moveTo(position: usize): void {
  at = position
}

export function readByte(): u32 {
  const byte = load<u8>(at)
  at++
  return byte
}

export function readLong(): i64 {
  let byte: u64 = load<u8>(at)
  at++
  let zigzag = byte & 0x7f
  for (let shift: u64 = 7; byte >= 0x80 && shift < 70; shift += 7) {
    byte = load<u8>(at)
    at++
    zigzag |= (byte & 0x7f) << shift
  }
  return <i64>(zigzag >> 1) ^ -(<i64>(zigzag & 1))
}

/** Of five bytes at most, as there. */
export function readInt(): i32 {
  let byte: u32 = load<u8>(at)
  at++
  let zigzag = byte & 0x7f
  for (let shift: u32 = 7; byte >= 0x80 && shift < 35; shift += 7) {
    byte = load<u8>(at)
    at++
    zigzag |= (byte & 0x7f) << shift
  }
  return <i32>((zigzag >> 1) ^ (0 - (zigzag & 1)))
}
