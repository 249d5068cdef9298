import { type Check, type ForeignKey, type QualifiedName, fullName as sourceName, type Table } from '@albackup/core'
import { fullName, notValid } from '../../ddl.ts'
import { textFact } from '../../native-facts.ts'
import { addConstraint } from './keys.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** Checks and foreign keys, which hold for the rows already there unless they did not in the source. */
export function planNativeConstraints(table: Table, planning: NativePlanning): void {
  for (const check of table.checks) planConstraint(table, check, 'check', planning)
  for (const key of table.foreignKeys) {
    const { references } = key
    if (willBeThere(references, planning)) planConstraint(table, key, 'foreign key', planning)
    else {
      const object = `${sourceName(table)}.${key.name}`
      planning.draft.find(
        'lost',
        'foreign key',
        object,
        `is left out, ${sourceName(references)} is neither in the backup nor in the target`,
      )
    }
  }
}

/** Made by the restore, or in the target already, where a restore of some tables leaves the others. */
function willBeThere(table: QualifiedName, { model, target }: NativePlanning): boolean {
  const isIt = ({ schema, name }: QualifiedName) => schema === table.schema && name === table.name
  return model.tables.some(isIt) || target.relations.some((one) => one.kind === 'table' && isIt(one))
}

function planConstraint(table: Table, constraint: Check | ForeignKey, kind: string, { draft }: NativePlanning): void {
  const { name, native, trusted } = constraint
  const object = `${sourceName(table)}.${name}`
  const definition = textFact(native, 'definition')
  if (definition === undefined) {
    draft.find('lost', kind, object, 'is left out, the backup has no definition of it')
    return
  }
  const sql = addConstraint(fullName(table), name, definition)
  if (!trusted) {
    draft.add('references', { kind, object, sql })
    return
  }
  const message = 'is NOT VALID, there are rows that break it: only new rows are checked'
  const finding = { severity: 'changed', kind, object, message } as const
  draft.add('references', { kind, object, sql, fallback: { sql: notValid(sql), finding } })
}
