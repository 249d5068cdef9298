import type { Column } from '@albackup/core'
import { addConstraint, constraintName, parenthesised } from '../ddl.ts'
import { quote } from '../quote.ts'
import { bindObjects } from './bound-objects.ts'
import { planMigratedDefault } from './migration/translated.ts'
import { isOwn, makesObject, type Planning, sourceName } from './planning.ts'
import type { TableDraft } from './tables.ts'

/** Each by itself: one that the target refuses is reported, and the table is there all the same. */
export function planDefaults(table: TableDraft, planning: Planning): void {
  const { source, name, object } = table
  for (const column of source.columns) {
    const columnObject = sourceName(planning, source.schema, source.name, column.name)
    if (!isOwn(planning)) {
      planMigratedDefault(table, column, columnObject, planning)
      continue
    }
    bindObjects(column.native.facts, `${name}.${quote(column.name)}`, columnObject, planning)
    if (!isBound(column, planning)) planDefault(column, name, object, planning)
  }
}

/** By an object that the restore makes, too; otherwise its expression becomes a constraint. */
function isBound({ native }: Column, planning: Planning): boolean {
  const bound = native.facts?.boundDefault as { readonly schema: string; readonly name: string } | undefined
  return bound !== undefined && makesObject(planning, quote(bound.schema, bound.name))
}

function planDefault(column: Column, table: string, object: string, { names, draft }: Planning): void {
  if (column.default === undefined) return
  const { name, systemNamed, expression } = column.default
  if (expression.native === '') {
    draft.find('lost', 'default', `${object}.${quote(column.name)}`, 'is left out: the source did not tell what it is')
    return
  }
  const words = `default ${parenthesised(names.text(expression.native))} for ${quote(column.name)}`
  const sql = addConstraint(table, `${constraintName(systemNamed ? null : name)}${words}`)
  draft.add('tables', { kind: 'default', object: `${object}.${quote(column.name)}`, sql })
}
