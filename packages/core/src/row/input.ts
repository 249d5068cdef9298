const FIRST_LENGTH = 1 << 18

/** Larger memory than this is let go once what it holds has been used. */
const KEPT_LENGTH = 1 << 22

/** The bytes that have arrived and are not used yet, always in one piece. `bytes` and `view` change at `append`. */
export class Input {
  bytes: Buffer
  view: DataView
  begin = 0
  end = 0
  private readonly first: Buffer
  /** For what the first is too small for. */
  private second: Buffer | undefined

  /** `first`: the memory to use as long as it is large enough, and again as soon as it is. */
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
    if (length > this.bytes.length) this.moveTo(this.larger(length))
  }

  private makeRoom(length: number): void {
    const needed = this.end - this.begin + length
    if (needed <= this.first.length) this.moveTo(this.first)
    else if (needed <= this.bytes.length) this.moveTo(this.bytes)
    else this.moveTo(this.larger(Math.max(needed, this.bytes.length * 2)))
  }

  private larger(length: number): Buffer {
    if (this.second !== undefined && this.second.length >= length) return this.second
    const larger = Buffer.allocUnsafeSlow(length)
    this.second = length <= KEPT_LENGTH ? larger : undefined
    return larger
  }

  /** To other memory, or to its begin. */
  private moveTo(moved: Buffer): void {
    this.bytes.copy(moved, 0, this.begin, this.end)
    if (moved !== this.bytes) this.view = viewOf(moved)
    this.bytes = moved
    this.end -= this.begin
    this.begin = 0
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
