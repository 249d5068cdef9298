const FIRST_LENGTH = 1 << 18

/** A buffer larger than this is let go once what it holds has been used. */
const KEPT_LENGTH = 1 << 22

/** The bytes that have arrived and are not used yet, always in one piece. `bytes` and `view` change at `append`. */
export class Input {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_LENGTH)
  view: DataView = viewOf(this.bytes)
  begin = 0
  end = 0

  /** Positions stay the same relative to `begin`, not absolutely. */
  append(packet: Uint8Array): void {
    if (this.end + packet.length > this.bytes.length) this.makeRoom(packet.length)
    this.bytes.set(packet, this.end)
    this.end += packet.length
  }

  /** Makes sure that the bytes from `begin` can reach `length`, so that a long value does not grow by doubling. */
  expect(length: number): void {
    if (length > this.bytes.length) this.move(length)
  }

  private makeRoom(length: number): void {
    const needed = this.end - this.begin + length
    if (needed <= this.bytes.length && this.begin > 0 && !this.oversized(needed)) {
      this.bytes.copyWithin(0, this.begin, this.end)
      this.end -= this.begin
      this.begin = 0
      return
    }
    this.move(this.oversized(needed) ? FIRST_LENGTH : Math.max(needed, this.bytes.length * 2))
  }

  private oversized(needed: number): boolean {
    return this.bytes.length > KEPT_LENGTH && needed <= FIRST_LENGTH
  }

  private move(length: number): void {
    const moved = Buffer.allocUnsafeSlow(length)
    this.bytes.copy(moved, 0, this.begin, this.end)
    this.bytes = moved
    this.view = viewOf(moved)
    this.end -= this.begin
    this.begin = 0
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
