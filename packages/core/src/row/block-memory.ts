/** The size a block is sent on at. */
export const BLOCK_BYTES = 1 << 20

/** Room for the bound of the row that ends beyond the block's size; what is not written to takes no memory. */
const OVERHANG = 1 << 20

/** So many buffers wait to be used again; more than a few are in use only where blocks pile up. */
const KEPT = 16

const free: Buffer[] = []

/**
 * Memory for a block of about `blockBytes`, that of an earlier one where it has been given back: a dump fills a new block
 * every few milliseconds, and new memory each time keeps the kernel and the garbage collector busy.
 */
export function takeBlockMemory(blockBytes: number): Buffer {
  return (blockBytes === BLOCK_BYTES ? free.pop() : undefined) ?? Buffer.allocUnsafeSlow(blockBytes + OVERHANG)
}

/**
 * Gives back the memory of a block that its receiver needs no longer; nobody may touch `bytes` afterwards. Memory of another
 * size is left to the garbage collector.
 */
export function giveBackBlockMemory(bytes: Uint8Array): void {
  const { buffer } = bytes
  if (buffer.byteLength !== BLOCK_BYTES + OVERHANG || free.length >= KEPT) return
  if (buffer instanceof ArrayBuffer && !free.some((kept) => kept.buffer === buffer)) free.push(Buffer.from(buffer))
}
