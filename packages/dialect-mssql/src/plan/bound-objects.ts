import type { NativeFacts, QualifiedName } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { makesObject, type Planning } from './planning.ts'

const KINDS = [
  { fact: 'boundDefault', kind: 'default', bind: 'sp_bindefault' },
  { fact: 'boundRule', kind: 'rule', bind: 'sp_bindrule' },
] as const

/** Binds defaults and rules that are objects by themselves to a column or a type; `name` in the target. */
export function bindObjects(facts: NativeFacts | undefined, name: string, object: string, planning: Planning): void {
  for (const { fact, kind, bind } of KINDS) {
    const bound = facts?.[fact] as QualifiedName | undefined
    if (bound === undefined) continue
    if (makesObject(planning, quote(bound.schema, bound.name))) {
      const sql = `exec sys.${bind} ${quoteText(planning.names.full(bound))}, ${quoteText(name)}`
      planning.draft.add('tables', { kind, object, sql })
    } else if (kind === 'rule') {
      planning.draft.find(
        'lost',
        kind,
        object,
        `is not bound to its rule ${quote(bound.schema, bound.name)}, which is left out`,
      )
    }
  }
}
