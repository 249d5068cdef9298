/** 2^20 keys at half the room, 9 bytes each: 19 MB. */
const MOST_KEYS = 1 << 20
const FIRST_SLOTS = 1 << 12

/**
 * A set of 64-bit hashes that stays small: when it is full, it keeps every second hash by a further bit of it, and so on. Equal keys
 * have equal hashes, so what is found twice is there twice; what is there twice is found with a chance of one in `share`. That two
 * different keys have the same hash is a chance of one in ten million for a full set.
 */
export class KeySample {
  private low = new Int32Array(FIRST_SLOTS)
  private high = new Int32Array(FIRST_SLOTS)
  private used = new Uint8Array(FIRST_SLOTS)
  private size = 0
  private level = 0
  private readonly mostKeys: number

  constructor(mostKeys = MOST_KEYS) {
    this.mostKeys = mostKeys
  }

  /** One in this many keys is kept. */
  get share(): number {
    return 2 ** this.level
  }

  /** Whether the same was added before; false too when keys like it are not kept. */
  add(low: number, high: number): boolean {
    if ((high & (this.share - 1)) !== 0) return false
    if (this.put(low | 0, high | 0)) return true
    if (this.size >= this.mostKeys) this.thin()
    else if (this.size * 2 > this.used.length) this.rebuild(this.used.length * 2)
    return false
  }

  has(low: number, high: number): boolean {
    const slot = this.slotOf(low | 0, high | 0)
    return this.used[slot] !== 0
  }

  /** How many of the kept hashes fulfil the condition; both halves are signed. */
  count(condition: (low: number, high: number) => boolean): number {
    let count = 0
    for (let slot = 0; slot < this.used.length; slot++) {
      if (this.used[slot] !== 0 && condition(this.low[slot]!, this.high[slot]!)) count++
    }
    return count
  }

  private put(low: number, high: number): boolean {
    const slot = this.slotOf(low, high)
    if (this.used[slot] !== 0) return true
    this.low[slot] = low
    this.high[slot] = high
    this.used[slot] = 1
    this.size++
    return false
  }

  /** Where the hash is, or would be. */
  private slotOf(low: number, high: number): number {
    const mask = this.used.length - 1
    let slot = low & mask
    while (this.used[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  private thin(): void {
    this.level++
    this.rebuild(this.used.length)
  }

  private rebuild(slots: number): void {
    const { low, high, used } = this
    this.low = new Int32Array(slots)
    this.high = new Int32Array(slots)
    this.used = new Uint8Array(slots)
    this.size = 0
    for (let slot = 0; slot < used.length; slot++) {
      if (used[slot] !== 0 && (high[slot]! & (this.share - 1)) === 0) this.put(low[slot]!, high[slot]!)
    }
  }
}
