import { setImmediate } from 'node:timers/promises'
import type { RowBytes } from '@albackup/core'

/** Rows that meet trouble on their way into a target. */

type BlockSource = () => AsyncIterable<RowBytes>

/** Two blocks, then the failure. */
export async function* failing(blocks: AsyncIterable<RowBytes>, failure: Error): AsyncGenerator<RowBytes> {
  let left = 2
  for await (const block of blocks) {
    if (left-- === 0) throw failure
    yield block
  }
}

/** The job is stopped, and nobody tells the rows. */
export async function* endless(blocks: BlockSource, job: AbortController): AsyncGenerator<RowBytes> {
  setTimeout(() => job.abort(), 50)
  for (;;) {
    for await (const block of blocks()) {
      await setImmediate()
      yield block
    }
  }
}

/** Two blocks, then the job is stopped, and nothing comes any more. */
export async function* stalling(blocks: BlockSource, job: AbortController): AsyncGenerator<RowBytes> {
  let left = 2
  for await (const block of blocks()) {
    yield block
    if (--left > 0) continue
    setTimeout(() => job.abort(), 50)
    await new Promise(() => {})
  }
}
