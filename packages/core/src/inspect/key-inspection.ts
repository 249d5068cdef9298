import type { Finding } from '../dialect/dialect.ts'
import type { InspectedRow, RowCheck } from './inspected-row.ts'
import type { KeyHash } from './key-hash.ts'
import { KeySample } from './key-sample.ts'

const MOST_SAMPLES = 3

/** Of rows that a restore loads before it makes keys. */
export const WHERE_IT_IS = '--data-only ends there once --schema-only has made it'

/** Looks for keys that the target takes for the same, which it would refuse. Keys with a NULL are left to the server. */
export class KeyInspection implements RowCheck {
  private readonly kind: string
  private readonly object: string
  private readonly hash: KeyHash
  private readonly keys = new KeySample()
  private readonly samples: string[] = []
  private twice = 0

  constructor(kind: string, object: string, hash: KeyHash) {
    this.kind = kind
    this.object = object
    this.hash = hash
  }

  take(row: InspectedRow): void {
    const { hash } = this
    if (!hash.take(row) || !this.keys.add(hash.low, hash.high)) return
    this.twice++
    if (this.samples.length < MOST_SAMPLES) this.samples.push(hash.textOf(row))
  }

  findings(): readonly Finding[] {
    const { kind, object } = this
    const compared = this.keys.share === 1 ? '' : `; one key in ${this.keys.share} was compared`
    if (this.twice > 0) {
      const rows = this.twice === 1 ? 'a row has' : `${this.twice} rows have`
      const message = `cannot be made: ${rows} the key of another, for example ${this.samples.join(', ')}${compared}; ${WHERE_IT_IS}`
      return [{ severity: 'lost', kind, object, message }]
    }
    return compared === '' ? [] : [{ severity: 'info', kind, object, message: `no key is there twice${compared}` }]
  }
}
