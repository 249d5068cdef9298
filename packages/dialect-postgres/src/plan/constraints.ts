import { type Check, type ForeignKey, fullName as sourceName } from '@albackup/core'
import { addCheck, addForeignKey, notValid } from '../ddl.ts'
import { madeCheck } from './made-columns.ts'
import type { Planning } from './planning.ts'
import { reportTextsOf } from './reference-texts.ts'
import { requireComparable } from './reference-types.ts'
import { carriedColumns, type TableDraft } from './table-draft.ts'
import { translate } from './translate.ts'

export function planChecks(table: TableDraft, planning: Planning): void {
  for (const check of table.source.checks) planCheck(table, check, planning)
}

/** `tables`: of the whole plan. */
export function planForeignKeys(table: TableDraft, tables: readonly TableDraft[], planning: Planning): void {
  for (const key of table.source.foreignKeys) planForeignKey(table, key, tables, planning)
}

function planCheck(table: TableDraft, check: Check, planning: Planning): void {
  const object = `${sourceName(table.source)}.${check.name}`
  if (!check.enabled) {
    reportDisabled('check', object, planning)
    return
  }
  const place = { table: table.source, columns: table.carried, purpose: 'check', kind: 'check', object } as const
  const condition = translate(check.expression, place, planning)
  if (condition === undefined) return
  const wanted = check.systemNamed ? `${table.target.name}_check` : check.name
  const name = claimName(table, 'check', object, wanted, check.systemNamed, planning)
  addConstraint('check', object, addCheck(table.target, name, condition), check.trusted, planning)
  planning.draft.schema.check(table.target, madeCheck(name, condition, check.trusted))
}

function planForeignKey(table: TableDraft, key: ForeignKey, tables: readonly TableDraft[], planning: Planning): void {
  const { draft } = planning
  const object = `${sourceName(table.source)}.${key.name}`
  const parent = tables.find(
    ({ source }) => source.schema === key.references.schema && source.name === key.references.name,
  )
  if (parent !== undefined) requireComparable(table, parent, key, planning)
  if (!key.enabled) {
    reportDisabled('foreign key', object, planning)
    return
  }
  const columns = carriedColumns(table, key.columns)
  const referencedColumns = parent && carriedColumns(parent, key.references.columns)
  if (parent === undefined || columns === undefined || referencedColumns === undefined) {
    const reason = parent === undefined ? `${sourceName(key.references)} is not in the backup` : 'one of its columns is'
    draft.find('lost', 'foreign key', object, `is left out, ${reason}`)
    return
  }
  reportTextsOf(table, key, object, planning)
  const wanted = key.systemNamed ? `${table.target.name}_${columns.join('_')}_fkey` : key.name
  const name = claimName(table, 'foreign key', object, wanted, key.systemNamed, planning)
  const { onDelete, onUpdate } = key
  const definition = { name, columns, references: parent.target, referencedColumns, onDelete, onUpdate }
  addConstraint('foreign key', object, addForeignKey(table.target, definition), key.trusted, planning)
  draft.schema.foreignKey(table.target, {
    ...{ name, systemNamed: false, columns, onDelete, onUpdate, enabled: true, trusted: key.trusted },
    references: { ...parent.target, columns: referencedColumns },
  })
}

/** PostgreSQL has no constraint that is there and not enforced. */
function reportDisabled(kind: string, object: string, { draft }: Planning): void {
  draft.find('lost', kind, object, 'is left out, it was disabled in the source')
}

function claimName(
  { source }: TableDraft,
  kind: string,
  object: string,
  wanted: string,
  systemNamed: boolean,
  { names, draft }: Planning,
): string {
  const name = names.claimConstraint(source, wanted)
  if (!systemNamed) draft.renamed(kind, object, names.spell(wanted), name)
  return name
}

/** Rows that break the constraint never end a restore: then it holds for new rows only. */
function addConstraint(kind: string, object: string, sql: string, trusted: boolean, { draft }: Planning): void {
  if (!trusted) {
    draft.find('changed', kind, object, 'is NOT VALID, the source had not checked its rows either: only new rows are')
    draft.add('references', { kind, object, sql: notValid(sql) })
    return
  }
  const message = 'is NOT VALID, there are rows that break it: only new rows are checked'
  const finding = { severity: 'changed', kind, object, message } as const
  draft.add('references', { kind, object, sql, fallback: { sql: notValid(sql), finding } })
}
