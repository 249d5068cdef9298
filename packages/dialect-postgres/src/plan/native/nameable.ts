import { fullName, type QualifiedName, type SchemaModel, type Table } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { identityFacts, partitionFacts } from '../../native-facts.ts'

/** The relations that are there when the keys are, without quotes: those that a regclass may name. */
export function nameable(
  { tables, sequences, modules, objects = [] }: SchemaModel,
  target: TargetFacts,
): readonly string[] {
  const views = modules.filter(({ kind, native }) => kind === 'view' && native?.early === true)
  const others = objects.filter(({ kind, stage }) => RELATIONS.has(kind) && stage !== 'after modules')
  return [
    ...[...target.relations, ...sequences, ...views, ...tables.flatMap(relationsOf)].map(plainName),
    ...others.map(({ name, table }) => (table === undefined ? name : withoutTable(name, table)).replaceAll('"', '')),
  ]
}

const RELATIONS = new Set(['index', 'exclusion constraint', 'type', 'foreign table'])

function relationsOf(table: Table): readonly QualifiedName[] {
  const { schema, columns, primaryKey, uniqueKeys, indexes, native } = table
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys, ...indexes]
  const sequences = columns.flatMap(({ identity }) => (identity && identityFacts(identity)?.sequence) ?? [])
  return [table, ...partitionFacts(native), ...keys.map(({ name }) => ({ schema, name })), ...sequences]
}

function plainName(name: QualifiedName): string {
  return fullName(name).replaceAll('"', '')
}

/** A constraint is called `x on s.t`, and its index `s.x`. */
function withoutTable(name: string, { schema }: QualifiedName): string {
  const end = name.indexOf(' on ')
  return end < 0 ? name : `${schema}.${name.slice(0, end)}`
}
