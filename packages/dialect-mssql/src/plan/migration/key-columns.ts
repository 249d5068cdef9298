import { type Column, fullName, type SchemaModel, type Table } from '@albackup/core'

/** The names of columns that stand in a key, in a unique index, or in a reference. */
export function keyColumns({ primaryKey, uniqueKeys, indexes, foreignKeys }: Table): ReadonlySet<string> {
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys, ...indexes.filter(isUnique)]
  return new Set([
    ...keys.flatMap(({ columns }) => columns.map(({ name }) => name)),
    ...foreignKeys.flatMap(({ columns }) => columns),
  ])
}

function isUnique({ unique, method }: Table['indexes'][number]): boolean {
  return unique && method === 'btree'
}

/** Child and parent of every reference within the model, column by column. */
export function referencePairs({ tables }: SchemaModel): readonly (readonly [child: Column, parent: Column])[] {
  const known = new Map(tables.map((table) => [fullName(table), table]))
  return tables.flatMap((child) =>
    child.foreignKeys.flatMap(({ columns, references }) => {
      const parent = known.get(fullName(references))
      return columns.flatMap((name, i) => {
        const own = columnOf(child, name)
        const other = parent && columnOf(parent, references.columns[i]!)
        return own === undefined || other === undefined ? [] : [[own, other] as const]
      })
    }),
  )
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name && column.computed === undefined)
}
