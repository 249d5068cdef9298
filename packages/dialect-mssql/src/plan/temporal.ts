import type { Finding, QualifiedName } from '@albackup/core'
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
export function planTemporal(table: TableDraft, planning: Planning): void {
  const { temporal, period } = (isOwn(planning) ? table.source.native : undefined) ?? {}
  if (typeof temporal === 'object' && temporal !== null) {
    const versioning = temporal as unknown as Versioning
    planPeriod(table, versioning, planning)
    planVersioning(table, versioning, planning)
  } else if (period !== undefined) {
    planPeriod(table, period as unknown as Period, planning)
  }
}

function planPeriod({ source, name, object }: TableDraft, { start, end }: Period, { draft }: Planning): void {
  const add = (sql: string) => draft.add('references', { kind: 'period', object, sql })
  add(`alter table ${name} add period for system_time (${quote(start)}, ${quote(end)})`)
  for (const column of source.columns.filter(({ native }) => native.facts?.hidden === true)) {
    add(`alter table ${name} alter column ${quote(column.name)} add hidden`)
  }
}

function planVersioning(table: TableDraft, { history, retention }: Versioning, { names, draft }: Planning): void {
  const keep = retention === undefined ? '' : `, history_retention_period = ${retention}`
  const turnOn = (check: 'on' | 'off') =>
    `alter table ${table.name} set (system_versioning = on (history_table = ${names.full(history)}, data_consistency_check = ${check}${keep}))`
  const message = 'has its history again, which the server found to be inconsistent'
  const finding: Finding = { severity: 'changed', kind: 'history', object: table.object, message }
  const fallback = { sql: turnOn('off'), finding }
  draft.add('references', { kind: 'history', object: table.object, sql: turnOn('on'), fallback })
}
