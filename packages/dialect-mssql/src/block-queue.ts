import type { RowBlock } from '@albackup/core'

/**
 * Blocks between the socket and whoever takes them. `onFull` and `onRoom` hold the socket back: it stops when
 * `limit` blocks are waiting and goes on when all but one are taken.
 */
export class BlockQueue {
  private readonly blocks: RowBlock[] = []
  private readonly limit: number
  private readonly onFull: () => void
  private readonly onRoom: () => void
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
    this.blocks.push(block)
    this.wake()
    if (this.held || this.blocks.length < this.limit) return
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
    this.wake()
  }

  /** The next block; undefined when there are no more. Throws what `fail` was told. */
  async take(): Promise<RowBlock | undefined> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure.error
      const block = this.blocks.shift()
      if (block !== undefined) {
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
    if (!this.held || this.blocks.length > 1) return
    this.held = false
    this.onRoom()
  }
}
