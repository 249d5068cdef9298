import type { LogicalType } from './logical-type.ts'
import { inOrder, leaf, type NormalPart, numbered } from './normal-form.ts'
import type { Column, ForeignKey, Key, QualifiedName, SchemaModel, Table } from './schema-model.ts'

/** What the schemas of two engines have in common, without the words of either; see `NormalOptions.plane`. */
export function neutralForm(model: SchemaModel): NormalPart {
  return { kind: 'database', key: '', name: '', aspects: {}, parts: inOrder(model.tables.map(neutralTable)) }
}

/** A name as the neutral plane has it: `Order Details`, `order_details` and `OrderDetails` are one. */
export function neutralName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_]/gu, '') || name
}

/** A name as a dialect writes it, without its quotes or brackets. */
export function unquoted(name: string): string {
  return name.replaceAll(/[[\]"]/g, '')
}

/** As `neutralName`, of a full name. */
export function neutralFullName({ schema, name }: QualifiedName): string {
  return `${neutralName(schema)}.${neutralName(name)}`
}

function neutralTable(table: Table): NormalPart {
  const name = neutralFullName(table)
  const { primaryKey, uniqueKeys, foreignKeys } = table
  return {
    kind: 'table',
    key: name,
    name,
    aspects: {},
    parts: [
      ...numbered(table.columns.map(neutralColumn)),
      ...inOrder([
        ...(primaryKey === undefined ? [] : [neutralPrimaryKey(primaryKey)]),
        ...uniqueKeys.map(keyWords).map((words) => leaf('unique key', words, words, {})),
        ...foreignKeys.map(neutralForeignKey),
      ]),
    ],
  }
}

function neutralColumn({ name, logical, nullable, identity, computed }: Column): NormalPart {
  const folded = neutralName(name)
  return leaf('column', folded, folded, {
    type: neutralType(logical),
    nullability: nullable ? 'nullable' : 'not nullable',
    identity: identity === undefined ? null : 'yes',
    'computed value': computed === undefined ? null : 'yes',
  })
}

function neutralPrimaryKey(key: Key): NormalPart {
  const columns = keyWords(key)
  return leaf('primary key', '', columns, { columns })
}

function keyWords({ columns }: Key): string {
  return listed(columns.map(({ name }) => name))
}

function neutralForeignKey({ columns, references, onDelete, onUpdate }: ForeignKey): NormalPart {
  const name = `${listed(columns)} to ${neutralFullName(references)} ${listed(references.columns)}`
  return leaf('foreign key', name, name, { 'delete action': onDelete, 'update action': onUpdate })
}

function listed(names: readonly string[]): string {
  return `(${names.map(neutralName).join(', ')})`
}

/**
 * Types that engines store in each other's place have one name: an 8-bit integer is carried by 16 bits, the unit in which
 * texts are counted and the padding of their end differ, a timestamp has at most microseconds everywhere.
 */
function neutralType(type: LogicalType): string {
  switch (type.kind) {
    case 'integer':
      return `integer of ${Math.max(type.bits, 16)} bits`
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`
    case 'float':
      return `float of ${type.bits} bits`
    case 'text':
      return type.length === null ? 'text' : `text(${type.length})`
    case 'time':
    case 'timestamp':
      return `${type.kind}(${Math.min(type.precision, 6)})`
    case 'instant':
    case 'timestamp-offset':
      return `instant(${Math.min(type.precision, 6)})`
    case 'binary':
    case 'rowversion':
      return 'binary'
    case 'json':
    case 'variant':
      return 'json'
    case 'boolean':
    case 'date':
    case 'uuid':
    case 'xml':
      return type.kind
  }
}
