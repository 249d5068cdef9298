import type { Finding, NativeFacts, QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'
import { isOwn, type Planning } from './planning.ts'
import type { TableDraft } from './tables.ts'

interface Period {
  readonly start: string
  readonly end: string
}

interface Versioning extends Period {
  readonly history: QualifiedName
  readonly retention?: string
}

/** Rows and their history are loaded as they are; from then on the server keeps both. */
export function planTemporal({ source, name, object }: TableDraft, planning: Planning): void {
  if (!isOwn(planning)) return
  const { temporal, period } = source.native ?? ({} as NativeFacts)
  if (typeof temporal === 'object' && temporal !== null) {
    const versioning = temporal as unknown as Versioning
    planPeriod(versioning)
    planVersioning(versioning)
  } else if (period !== undefined) {
    planPeriod(period as unknown as Period)
  }

  function planPeriod({ start, end }: Period): void {
    const add = (sql: string) => planning.draft.add('references', { kind: 'period', object, sql })
    add(`alter table ${name} add period for system_time (${quote(start)}, ${quote(end)})`)
    const hidden = source.columns.filter(({ native }) => native.facts?.hidden === true)
    for (const column of hidden) add(`alter table ${name} alter column ${quote(column.name)} add hidden`)
  }

  function planVersioning({ history, retention }: Versioning): void {
    const keep = retention === undefined ? '' : `, history_retention_period = ${retention}`
    const turnOn = (check: 'on' | 'off') =>
      `alter table ${name} set (system_versioning = on (history_table = ${planning.names.full(history)}, data_consistency_check = ${check}${keep}))`
    const message = 'has its history again, which the server found to be inconsistent'
    const finding: Finding = { severity: 'changed', kind: 'history', object, message }
    const fallback = { sql: turnOn('off'), finding }
    planning.draft.add('references', { kind: 'history', object, sql: turnOn('on'), fallback })
  }
}
