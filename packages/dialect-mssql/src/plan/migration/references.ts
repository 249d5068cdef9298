import { type ForeignKey, fullName } from '@albackup/core'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { ignoresCase } from './declared-types.ts'
import { isEnforced, reportDeferrable } from './keys.ts'

/** A foreign key by the names of the target; undefined, with a finding, when there can be none. */
export function migratedReference(
  table: TableDraft,
  key: ForeignKey,
  object: string,
  planning: Planning,
): ForeignKey | undefined {
  const { names, draft, references } = planning
  const lost = reasonAgainst(table, key, planning)
  if (lost !== undefined) {
    draft.find('lost', 'foreign key', object, `is left out: ${lost}`)
    return undefined
  }
  reportDeferrable(key, 'foreign key', object, planning)
  if (/\bmatch full\b/i.test(String(key.native?.definition ?? '')) && key.columns.length > 1) {
    draft.find('changed', 'foreign key', object, 'holds for no row with a NULL in it: SQL Server knows no MATCH FULL')
  }
  const parent = references!.parentOf(key)!
  return {
    ...key,
    ...actionsOf(key, object, planning),
    name: names.constraint(table.source, key.name),
    enabled: key.enabled && isEnforced(key),
    columns: key.columns.map((name) => names.column(table.source, name)),
    references: { ...key.references, columns: key.references.columns.map((name) => names.column(parent, name)) },
  }
}

function reasonAgainst(
  table: TableDraft,
  key: ForeignKey,
  { model, migrated, references }: Planning,
): string | undefined {
  const parent = references!.parentOf(key)
  if (parent === undefined) return `${fullName(key.references)} is not in the backup`
  const pairs = key.columns.map((name, i) => [
    table.source.columns.find((column) => column.name === name)!,
    parent.columns.find((column) => column.name === key.references.columns[i])!,
  ])
  if (!key.columns.every((name) => table.made.has(name))) return 'one of its columns is'
  const unlike = pairs.find(([one, other]) => migrated!.of(one!).declaration !== migrated!.of(other!).declaration)
  if (unlike === undefined) {
    const [first, second] = [0, 1].map((side) => pairs.map((pair) => ignoresCase(pair[side]!, model)).join())
    return first === second ? undefined : 'one of its sides ignores upper and lower case'
  }
  const [one, other] = unlike.map((column) => migrated!.of(column!).declaration)
  return one === 'none' || other === 'none' ? 'one of its columns is' : `${one} cannot refer to ${other}`
}

function actionsOf(
  key: ForeignKey,
  object: string,
  { draft, references }: Planning,
): Pick<ForeignKey, 'onDelete' | 'onUpdate'> {
  if (references!.takesActions(key)) return key
  draft.find(
    'changed',
    'foreign key',
    object,
    'deletes and updates no rows: SQL Server takes one way for them to each table',
  )
  return { onDelete: 'no action', onUpdate: 'no action' }
}
