const FIRST_LENGTH = 1 << 18

/** A buffer larger than this is let go once what it holds has been used. */
const KEPT_LENGTH = 1 << 22

/** The bytes that have arrived and are not used yet, always in one piece. `bytes` and `view` change at `append`. */
export class Input {
  bytes: Buffer
  view: DataView
  begin = 0
  end = 0
  private readonly first: Buffer

  /** `first`: the memory to use as long as it is large enough. */
  constructor(first: Buffer = Buffer.allocUnsafeSlow(FIRST_LENGTH)) {
    this.first = first
    this.bytes = first
    this.view = viewOf(first)
  }

  /** Positions stay the same relative to `begin`, not absolutely. */
  append(packet: Uint8Array): void {
    if (this.end + packet.length > this.bytes.length) this.makeRoom(packet.length)
    this.bytes.set(packet, this.end)
    this.end += packet.length
  }

  /** Makes sure that the bytes from `begin` can reach `length`, so that a long value does not grow by doubling. */
  expect(length: number): void {
    if (length > this.bytes.length) this.moveTo(Buffer.allocUnsafeSlow(length))
  }

  private makeRoom(length: number): void {
    const needed = this.end - this.begin + length
    if (needed <= this.bytes.length && this.begin > 0 && !this.oversized(needed)) {
      this.bytes.copyWithin(0, this.begin, this.end)
      this.end -= this.begin
      this.begin = 0
      return
    }
    if (this.oversized(needed)) this.moveTo(this.first)
    else this.moveTo(Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2)))
  }

  private oversized(needed: number): boolean {
    return this.bytes.length > KEPT_LENGTH && needed <= this.first.length
  }

  private moveTo(moved: Buffer): void {
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
