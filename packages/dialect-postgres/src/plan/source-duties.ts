import { type Column, type Index, type Json, type Key, type NativeFacts, fullName as sourceName } from '@albackup/core'
import { textFact } from '../native-facts.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

/**
 * What the source did by itself when rows were written or read, and PostgreSQL does not. It shows in no type and no name, so each is a
 * finding. In the words of the source's facts; those that are not known here are about how things are stored.
 */
export function reportDuties({ source, carried }: TableDraft, planning: Planning): void {
  const { primaryKey, uniqueKeys, indexes, columns, native } = source
  const table = sourceName(source)
  reportTable(table, native, planning)
  for (const column of columns) {
    if (carried.has(column.name)) reportColumn(`${table}.${column.name}`, column, planning)
  }
  if (primaryKey !== undefined) reportKey('primary key', table, primaryKey, planning)
  for (const key of uniqueKeys) reportKey('unique key', table, key, planning)
  for (const index of indexes) reportKey('index', table, index, planning)
}

function reportTable(object: string, facts: NativeFacts | undefined, { draft }: Planning): void {
  const history = historyOf(facts?.temporal)
  if (history !== undefined) {
    draft.find('lost', 'table', object, `keeps no earlier versions of its rows; those up to now are in ${history}`)
  }
  const ledger = textFact(facts, 'ledger')
  if (ledger === 'updatable') {
    draft.find('lost', 'table', object, 'is no ledger: nothing proves that its rows were not changed')
  } else if (ledger === 'append-only') {
    draft.find('lost', 'table', object, 'is no ledger: its rows can be changed and deleted')
  }
}

function reportColumn(object: string, { native, nullable, default: given }: Column, { draft }: Planning): void {
  const { masked, generatedAlways } = native.facts ?? {}
  if (masked) {
    const mask = typeof masked === 'string' ? ` by ${masked}` : ''
    draft.find('lost', 'column', object, `is shown to all who may read it; the source masked it${mask}`)
  }
  if (generatedAlways) {
    const must = nullable || given !== undefined ? '' : '; new rows must give it'
    draft.find('lost', 'column', object, `is not set any more when its row changes${must}`)
  }
}

function reportKey(kind: string, table: string, { name, native }: Key | Index, { draft }: Planning): void {
  if (native?.ignoreDuplicateKey !== true) return
  const message = 'refuses a row with a key that is there, which the source passed over with a warning'
  draft.find('changed', kind, `${table}.${name}`, message)
}

/** The table that holds what the rows of a temporal table were; undefined for any other table. */
function historyOf(temporal: Json | undefined): string | undefined {
  if (typeof temporal !== 'object' || temporal === null || Array.isArray(temporal)) return undefined
  const { history } = temporal as { readonly history?: Json }
  if (typeof history !== 'object' || history === null || Array.isArray(history)) return undefined
  const { schema, name } = history as { readonly schema?: Json; readonly name?: Json }
  return sourceName({ schema: String(schema), name: String(name) })
}
