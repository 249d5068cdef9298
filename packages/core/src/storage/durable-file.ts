import type { FileHandle } from 'node:fs/promises'

/** So many bytes are written between two rounds of flushing. */
const FLUSH_BYTES = 32 << 20

/** Writes to a file and has it flushed to the disk meanwhile, so that little is left to wait for at its end. */
export class DurableFile {
  private readonly handle: FileHandle
  private unflushed = 0
  /** The round under way; its failure is thrown at the end, for a later round would not tell it again. */
  private flushing: Promise<void> | undefined

  constructor(handle: FileHandle) {
    this.handle = handle
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { handle } = this
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten
    this.unflushed += bytes.length
    if (this.unflushed >= FLUSH_BYTES && this.flushing === undefined) this.flush()
  }

  /** Makes all of it durable, and closes the file. */
  async finish(): Promise<void> {
    await this.flushing
    await this.handle.sync()
    await this.handle.close()
  }

  async close(): Promise<void> {
    await this.flushing?.catch(() => undefined)
    await this.handle.close()
  }

  private flush(): void {
    this.unflushed = 0
    const round = this.handle.datasync().then(() => {
      this.flushing = undefined
    })
    // Seen at the end; until then it must not count as unhandled.
    round.catch(() => undefined)
    this.flushing = round
  }
}
