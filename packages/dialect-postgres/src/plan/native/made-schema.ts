import {
  type AliasType,
  type Column,
  type Finding,
  fullName,
  type Json,
  type MadeSchema,
  moduleName,
  type QualifiedName,
  type SchemaModel,
  type Table,
} from '@albackup/core'
import { nameFacts } from '../../native-facts.ts'
import { completeTableFacts, UNSAID } from '../plain-facts.ts'
import { possibleComments } from '../possible-comments.ts'

/** Constraints that forbid NULL have names of their own from this version on. */
const NAMED_NOT_NULL = 180000

/** All that the model has but what is left out, in its own words. `version`: of the target. */
export function madeSchema(model: SchemaModel, findings: readonly Finding[], version: number): MadeSchema {
  const lost = new Set(
    findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => `${kind} ${object}`),
  )
  const isMade = (kind: string, object: string) => !lost.has(`${kind} ${object}`)
  const { schemas, types, sequences, tables, modules, objects } = model
  const made: MadeSchema = {
    ...{ schemas, types: types.map(asDeclared), sequences },
    tables: tables
      .map((table) => madeTable(table, isMade, heirsOf(table, tables)))
      .map((table) => (version < NAMED_NOT_NULL ? withoutNotNullNames(table) : table)),
    modules: modules.filter((module) => isMade(module.kind, moduleName(module))),
    ...(objects !== undefined && { objects: objects.filter(({ kind, name }) => isMade(kind, name)) }),
  }
  return { ...made, absent: possibleComments(made), unsaid: UNSAID }
}

/** A domain without default and checks has none in the target, either. */
function asDeclared({ native, ...type }: AliasType): AliasType {
  const facts = { default: null, checks: null, uncheckedChecks: null, ...native.facts }
  return { ...type, native: { ...native, facts } }
}

/** Those that are restored with it. */
function heirsOf({ schema, name }: Table, tables: readonly Table[]): readonly QualifiedName[] {
  const isParent = (one: QualifiedName) => one.schema === schema && one.name === name
  return tables
    .filter(({ native }) => nameFacts(native, 'inherits').some(isParent))
    .map((heir) => ({ schema: heir.schema, name: heir.name }))
}

function madeTable(
  table: Table,
  isMade: (kind: string, object: string) => boolean,
  heirs: readonly QualifiedName[],
): Table {
  const { primaryKey, ...parts } = table
  const made = (kind: string) => (part: { readonly name: string }) => isMade(kind, `${fullName(table)}.${part.name}`)
  return {
    ...parts,
    ...(primaryKey !== undefined && made('primary key')(primaryKey) && { primaryKey }),
    uniqueKeys: table.uniqueKeys.filter(made('unique key')),
    // Only a superuser may switch one off, and a restore does not.
    foreignKeys: table.foreignKeys.filter(made('foreign key')).map((key) => ({ ...key, enabled: true })),
    checks: table.checks.filter(made('check')),
    indexes: table.indexes.filter(made('index')),
    native: {
      ...completeTableFacts(table.native),
      heirs: heirs.length === 0 ? null : heirs.map((heir) => ({ ...heir })),
    },
  }
}

function withoutNotNullNames({ columns, native, ...table }: Table): Table {
  const unnamed = columns.map(withoutNotNullName)
  if (native?.partitions === undefined) return { ...table, columns: unnamed, ...(native !== undefined && { native }) }
  const partitions = JSON.parse(JSON.stringify(native.partitions), unnamedNotNull) as Json
  return { ...table, columns: unnamed, native: { ...native, partitions } }
}

function unnamedNotNull(_: string, value: Json): Json {
  if (typeof value !== 'string') return value
  return value.replaceAll(/constraint "(?:[^"]|"")*" not null( no inherit)?/g, 'not null')
}

function withoutNotNullName(column: Column): Column {
  const { facts, ...native } = column.native
  if (facts === undefined) return column
  const { notNull: _, notNullNoInherit: __, notNullInherited: ___, ...kept } = facts
  return { ...column, native: Object.keys(kept).length === 0 ? native : { ...native, facts: kept } }
}
