import { type QualifiedName, RefusedError } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import { fullName } from '../ddl.ts'

/**
 * Those of the tables that the target has already. A table's name must be free among the types too: its rows become a type of
 * that name. Throws a RefusedError where something else has it.
 */
export function existingTables(tables: readonly QualifiedName[], target: TargetFacts): readonly string[] {
  const found = [...target.relations, ...target.types.map((type) => ({ ...type, kind: 'type' }))]
  return tables.flatMap((table) => {
    const kinds = found.filter(({ schema, name }) => schema === table.schema && name === table.name)
    const other = kinds.find(({ kind }) => kind !== 'table')
    if (other === undefined) return kinds.length === 0 ? [] : [fullName(table)]
    const what = `${other.kind === 'index' ? 'an' : 'a'} ${other.kind}`
    throw new RefusedError(`cannot restore table ${fullName(table)}: the target has ${what} of that name`, {
      hint: 'Drop or rename it, or restore the schema under another name ("mapping": { "schemas": … }).',
    })
  })
}
