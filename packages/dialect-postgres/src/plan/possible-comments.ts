import { fullName, type MadeSchema, type Module, type Table } from '@albackup/core'

/** The comments on parts of the plan that are objects by themselves, as the catalog calls them: what nothing makes is to be absent. */
export function possibleComments({ modules, tables, objects = [] }: MadeSchema): NonNullable<MadeSchema['absent']> {
  const others = objects.map(({ kind, name }) => `${kind === 'statistics' ? 'statistics object' : kind} ${name}`)
  return [...modules.map(ofModule), ...tables.flatMap(ofTable), ...others].map((name) => ({ kind: 'comment', name }))
}

function ofModule(module: Module): string {
  const { kind, name, on, native } = module
  if (kind === 'trigger' && on !== undefined) return `trigger ${name} on ${fullName(on)}`
  return `${native?.materialized === true ? 'materialized ' : ''}${kind} ${fullName(module)}`
}

function ofTable(table: Table): readonly string[] {
  const { schema, primaryKey, uniqueKeys, foreignKeys, checks } = table
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys]
  return [
    ...[...keys, ...foreignKeys, ...checks].map(({ name }) => `table constraint ${name} on ${fullName(table)}`),
    ...keys.map(({ name }) => `index ${schema}.${name}`),
  ]
}
