import { reseedIdentity } from '../ddl.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './tables.ts'

export function planIdentity({ source, name, object }: TableDraft, { draft }: Planning): void {
  for (const { name: column, identity } of source.columns) {
    if (identity === undefined) continue
    const sql = reseedIdentity(name, quote(column), { last: identity.lastValue, increment: identity.increment })
    draft.add('values', { kind: 'identity', object: `${object}.${quote(column)}`, sql })
  }
}
