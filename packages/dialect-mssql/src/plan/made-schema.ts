import type { Column, Index, Key, MadeSchema, Table } from '@albackup/core'
import { quote } from '../quote.ts'
import { madeCollation, ownCollation } from './column-types.ts'
import { madeColumnFacts, madeConstraintFacts, madeIndexFacts, madeTableFacts } from './made-facts.ts'
import type { Planning } from './planning.ts'
import { INSTEAD_OF_COLUMNS, type TableDraft } from './tables.ts'

/** What the statements make again of a database of SQL Server, with the facts of storage that it makes; what is left out is not in it. */
export function madeSchema(tables: readonly TableDraft[], planning: Planning): MadeSchema {
  const { model, names, draft } = planning
  const lost = new Set(
    draft.findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => `${kind} ${object}`),
  )
  const isMade: IsMade = (kind, ...parts) => !lost.has(`${kind} ${quote(...parts)}`)
  return {
    schemas: model.schemas.map((schema) => ({ ...schema, name: names.schema(schema.name) })),
    types: model.types.map((type) => ({
      ...type,
      ...names.of(type),
      native: { declaration: type.native.declaration, ...madeCollation('', type.native.declaration, planning) },
    })),
    sequences: model.sequences.map((sequence) => ({ ...sequence, ...names.of(sequence) })),
    tables: tables.map((table) => madeTable(table, isMade, planning)),
    modules: model.modules
      .filter(({ kind, schema, name, definition }) => definition !== null && isMade(kind, schema, name))
      .map(({ definition, on, ...module }) => ({
        ...{ ...module, ...names.of(module), definition: names.text(definition ?? '') },
        ...(on !== undefined && { on: names.of(on) }),
      })),
    objects: names.renames ? [] : (model.objects ?? []).filter(({ kind, name }) => !lost.has(`${kind} ${name}`)),
  }
}

type IsMade = (kind: string, ...name: readonly string[]) => boolean

function madeTable({ source, planned }: TableDraft, isMade: IsMade, planning: Planning): Table {
  const { schema, name, primaryKey, uniqueKeys, foreignKeys, checks, indexes, comment } = source
  const { names } = planning
  const withFacts = <T extends Key | Index>(index: T): T => ({ ...index, native: madeIndexFacts(index, planning) })
  const made = (kind: string) => (part: { readonly name: string }) => isMade(kind, schema, name, part.name)
  const columns = source.columns
    .filter((column) => column.computed === undefined || isMade('computed column', schema, name, column.name))
    .map((column) => {
      const type = planned.columns.find((one) => one.source === column)?.type
      const { native, ...rest } = madeColumn(column, type, isMade('default', schema, name, column.name), planning)
      return { ...rest, native: { ...native, facts: madeColumnFacts(column, source) } }
    })
  return {
    ...names.of({ schema, name }),
    columns: columns.length === 0 && source.native?.columnSet === undefined ? [INSTEAD_OF_COLUMNS] : columns,
    ...(primaryKey !== undefined && made('primary key')(primaryKey) && { primaryKey: withFacts(primaryKey) }),
    uniqueKeys: uniqueKeys.filter(made('unique key')).map(withFacts),
    foreignKeys: foreignKeys.map(({ native, ...key }) => ({
      ...{ ...key, native: madeConstraintFacts(native) },
      references: { ...key.references, ...names.of(key.references) },
    })),
    checks: checks.filter(made('check')).map(({ native, expression, ...check }) => ({
      ...{ ...check, native: madeConstraintFacts(native) },
      expression: { native: names.text(expression.native) },
    })),
    indexes: indexes.filter(made('index')).map(withFacts),
    ...(comment !== undefined && { comment }),
    native: madeTableFacts(source, planning),
  }
}

/** `type`: of a stored column, as the statement has it. */
function madeColumn(column: Column, type: string | undefined, withDefault: boolean, planning: Planning): Column {
  const { names } = planning
  const { name, native, logical, nullable, identity, computed, comment } = column
  const { declaration, alias } = native
  const aliasName = alias === undefined || alias.schema !== 'sys' ? alias && names.full(alias) : alias.name
  const isOwnType = type === declaration || type === aliasName
  const declared = isOwnType ? declaration : (type ?? declaration)
  return {
    ...{ name, logical, nullable },
    native: {
      // The server works out the type of a computed column.
      declaration: computed === undefined ? declared : '',
      ...(isOwnType && alias !== undefined && { alias: names.of(alias) }),
      ...ownCollation(column, declared, planning),
    },
    ...(identity !== undefined && { identity: { ...identity, native: madeConstraintFacts(identity.native) } }),
    ...(computed !== undefined && {
      computed: { ...computed, expression: { native: names.text(computed.expression.native) } },
    }),
    ...(withDefault &&
      column.default !== undefined && {
        default: { ...column.default, expression: { native: names.text(column.default.expression.native) } },
      }),
    ...(comment !== undefined && { comment }),
  }
}
