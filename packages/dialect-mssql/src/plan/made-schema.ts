import type { Column, Index, Key, MadeSchema, Table } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './tables.ts'

/** What the statements make again of a database of SQL Server, without the facts of storage; what is left out is not in it. */
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
      native: { declaration: type.native.declaration },
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
  const made = (kind: string) => (part: { readonly name: string }) => isMade(kind, schema, name, part.name)
  return {
    ...names.of({ schema, name }),
    columns: source.columns
      .filter((column) => column.computed === undefined || isMade('computed column', schema, name, column.name))
      .map((column) => {
        const type = planned.columns.find((one) => one.source === column)?.type
        return madeColumn(column, type, isMade('default', schema, name, column.name), planning)
      }),
    ...(primaryKey !== undefined && made('primary key')(primaryKey) && { primaryKey: withoutStorage(primaryKey) }),
    uniqueKeys: uniqueKeys.filter(made('unique key')).map(withoutStorage),
    foreignKeys: foreignKeys.map(({ native: _, ...key }) => ({
      ...key,
      references: { ...key.references, ...names.of(key.references) },
    })),
    checks: checks.filter(made('check')).map(({ native: _, expression, ...check }) => ({
      ...check,
      expression: { native: names.text(expression.native) },
    })),
    indexes: indexes.filter(made('index')).map(withoutStorage),
    ...(comment !== undefined && { comment }),
  }
}

/** `type`: of a stored column, as the statement has it. */
function madeColumn(column: Column, type: string | undefined, withDefault: boolean, { names }: Planning): Column {
  const { name, native, logical, nullable, identity, computed, comment } = column
  const { declaration, alias, collation } = native
  const aliasName = alias === undefined || alias.schema !== 'sys' ? alias && names.full(alias) : alias.name
  const isOwnType = type === declaration || type === aliasName
  return {
    ...{ name, logical, nullable },
    native: {
      // The server works out the type of a computed column.
      declaration: computed !== undefined ? '' : isOwnType ? declaration : (type ?? declaration),
      ...(isOwnType && alias !== undefined && { alias: names.of(alias) }),
      ...(isOwnType && collation !== undefined && { collation }),
    },
    ...(identity !== undefined && { identity: { ...identity, native: {} } }),
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

function withoutStorage<T extends Key | Index>({ native: _, ...part }: T): Omit<T, 'native'> {
  return part
}
