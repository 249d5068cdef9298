import { type Column, type SchemaModel, fullName as sourceName, type Table } from '@albackup/core'
import { nameFacts, textsFact } from '../../native-facts.ts'
import type { Draft } from '../planning.ts'

/**
 * The tables with their columns as `create table … inherits` puts them: those of the parents, then its own. A column that came to a
 * parent when there were children already stands behind theirs.
 */
export function inheritedOrder({ tables }: SchemaModel, draft: Draft): readonly Table[] {
  const byName = new Map(tables.map((table) => [sourceName(table), table]))
  const names = new Map<Table, readonly string[]>()
  const namesOf = (table: Table): readonly string[] => {
    const known = names.get(table)
    if (known !== undefined) return known
    const parents = nameFacts(table.native, 'inherits').flatMap((parent) => byName.get(sourceName(parent)) ?? [])
    const found = new Set([...parents.flatMap(namesOf), ...table.columns.map(({ name }) => name)])
    const own = table.columns.map(({ name }) => name)
    const order = [...found].filter((name) => own.includes(name))
    names.set(table, order)
    return order
  }
  return tables.map((table) => reordered(table, namesOf(table), draft))
}

function reordered(table: Table, order: readonly string[], draft: Draft): Table {
  if (table.columns.every(({ name }, i) => name === order[i])) return table
  const message = `has the columns that it inherits before its own: ${order.join(', ')}`
  draft.find('changed', 'table', sourceName(table), message)
  const place = (name: string) => order.indexOf(name)
  const columns: readonly Column[] = [...table.columns].sort((one, other) => place(one.name) - place(other.name))
  const inherited = [...textsFact(table.native, 'inheritedColumns')].sort((one, other) => place(one) - place(other))
  return {
    ...table,
    columns,
    native: { ...table.native, ...(inherited.length > 0 && { inheritedColumns: inherited }) },
  }
}
