import type { RowBlock } from './row-block.ts'

/**
 * Blocks between the socket and whoever takes them. `onFull` and `onRoom` hold the socket back: it stops when blocks of
 * `limit` bytes are waiting and goes on when at most half of that is left. A block may be larger than the limit.
 */
export class BlockQueue {
  private readonly blocks: RowBlock[] = []
  private readonly limit: number
  private readonly onFull: () => void
  private readonly onRoom: () => void
  private bytes = 0
  private held = false
  private ended = false
  private failure: { readonly error: unknown } | undefined
  private wake: () => void = () => {}

  constructor(limit: number, onFull: () => void, onRoom: () => void) {
    this.limit = limit
    this.onFull = onFull
    this.onRoom = onRoom
  }

  push(block: RowBlock): void {
    if (this.failure !== undefined) return
    this.blocks.push(block)
    this.bytes += block.bytes.length
    this.wake()
    if (this.held || this.bytes < this.limit) return
    this.held = true
    this.onFull()
  }

  end(): void {
    this.ended = true
    this.wake()
  }

  /** The first failure counts; blocks that are still waiting are dropped. */
  fail(error: unknown): void {
    this.failure ??= { error }
    this.blocks.length = 0
    this.wake()
  }

  /** The next block; undefined when there are no more. Throws what `fail` was told. */
  async take(): Promise<RowBlock | undefined> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure.error
      const block = this.blocks.shift()
      if (block !== undefined) {
        this.bytes -= block.bytes.length
        this.release()
        return block
      }
      if (this.ended) return undefined
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  private release(): void {
    if (!this.held || this.bytes > this.limit / 2) return
    this.held = false
    this.onRoom()
  }
}
