import { type SchemaModel, fullName as sourceName, type Table } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { nameFacts, textsFact } from '../../native-facts.ts'
import type { Draft } from '../planning.ts'
import { OWN_EXPRESSIONS } from './generated-columns.ts'

/** The tables without what they say again of a column that their parent generates, where the server takes no such words. */
export function inheritedGenerated(
  tables: readonly Table[],
  { version }: TargetFacts,
  draft: Draft,
): SchemaModel['tables'] {
  if (version >= OWN_EXPRESSIONS) return tables
  const byName = new Map(tables.map((table) => [sourceName(table), table]))
  return tables.map((table) => {
    const parents = nameFacts(table.native, 'inherits').flatMap((parent) => byName.get(sourceName(parent)) ?? [])
    const inherited = textsFact(table.native, 'inheritedColumns')
    const said = table.columns.filter(({ name, computed }) => computed !== undefined && !inherited.includes(name))
    const again = said.flatMap(({ name, computed }) => {
      const parent = parents.find(({ columns }) =>
        columns.some((one) => one.name === name && one.computed !== undefined),
      )
      if (parent === undefined) return []
      const theirs = parent.columns.find((one) => one.name === name)?.computed
      if (theirs?.expression.native !== computed?.expression.native) {
        const message = `is generated as in ${sourceName(parent)}, a child can say otherwise from PostgreSQL 16 on`
        draft.find('changed', 'column', `${sourceName(table)}.${name}`, message)
      }
      return [name]
    })
    return again.length === 0
      ? table
      : { ...table, native: { ...table.native, inheritedColumns: [...inherited, ...again] } }
  })
}
