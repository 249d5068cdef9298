import { nativeAspects } from './native-aspects.ts'
import { type Aspects, inOrder, leaf, type NormalOptions, type NormalPart, numbered } from './normal-form.ts'
import type { Check, Column, ForeignKey, Identity, Index, Key, KeyColumn, NativeType, Table } from './schema-model.ts'
import { fullName } from './scope.ts'

/** A table in the words of its origin, with its columns in their order. */
export function normaliseTable(table: Table, options: NormalOptions): NormalPart {
  const name = fullName(table)
  const { primaryKey, uniqueKeys, foreignKeys, checks, indexes, comment = null, native } = table
  return {
    kind: 'table',
    key: name.toLowerCase(),
    name,
    aspects: { name, comment, ...nativeAspects(native) },
    parts: [
      ...numbered(table.columns.map((column) => normaliseColumn(column, options))),
      ...inOrder([
        ...(primaryKey === undefined ? [] : [normalisePrimaryKey(primaryKey)]),
        ...uniqueKeys.map(normaliseUniqueKey),
        ...foreignKeys.map(normaliseForeignKey),
        ...checks.map(normaliseCheck),
        ...indexes.map(normaliseIndex),
      ]),
    ],
  }
}

export function normaliseColumn(column: Column, options: NormalOptions): NormalPart {
  const { name, native, nullable, identity, default: byDefault, computed, comment = null } = column
  return leaf('column', name.toLowerCase(), name, {
    name,
    type: typeWords(native),
    collation: native.collation ?? null,
    nullability: nullable ? 'nullable' : 'not nullable',
    ...(identity !== undefined && identityAspects(identity, options)),
    default: byDefault?.expression.native ?? null,
    'name of the default': byDefault === undefined || byDefault.systemNamed ? null : byDefault.name,
    'computed value': computed?.expression.native ?? null,
    persistence: computed === undefined ? null : computed.persisted ? 'persisted' : 'computed at each read',
    comment,
    ...nativeAspects(native.facts),
  })
}

function typeWords({ declaration, alias }: NativeType): string {
  return alias === undefined ? declaration : `${fullName(alias)} (${declaration})`
}

function identityAspects({ seed, increment, lastValue, native }: Identity, { values }: NormalOptions): Aspects {
  return {
    identity: `(${seed},${increment})`,
    ...(values && { 'last value': lastValue }),
    ...nativeAspects(native),
  }
}

/** There is one, so it needs no name to be found. */
function normalisePrimaryKey(key: Key): NormalPart {
  const { name } = identityOf(key, columnWords(key.columns))
  return leaf('primary key', '', name, keyAspects(key))
}

function normaliseUniqueKey(key: Key): NormalPart {
  const { key: found, name } = identityOf(key, columnWords(key.columns))
  return leaf('unique key', found, name, keyAspects(key))
}

export function keyAspects(key: Key): Aspects {
  return {
    name: key.systemNamed ? null : key.name,
    columns: columnWords(key.columns),
    clustering: key.clustered ? 'clustered' : 'nonclustered',
    ...nativeAspects(key.native),
  }
}

export function normaliseForeignKey(foreign: ForeignKey): NormalPart {
  const { columns, references, onDelete, onUpdate, enabled, trusted, native } = foreign
  const parent = `${fullName(references)} (${references.columns.join(', ')})`
  const { key, name } = identityOf(foreign, `(${columns.join(', ')}) to ${parent}`)
  return leaf('foreign key', key, name, {
    name: foreign.systemNamed ? null : foreign.name,
    columns: `(${columns.join(', ')})`,
    reference: parent,
    'delete action': onDelete,
    'update action': onUpdate,
    ...stateAspects(enabled, trusted),
    ...nativeAspects(native),
  })
}

export function normaliseCheck(check: Check): NormalPart {
  const { key, name } = identityOf(check, check.expression.native)
  return leaf('check', key, name, {
    name: check.systemNamed ? null : check.name,
    condition: check.expression.native,
    ...stateAspects(check.enabled, check.trusted),
    ...nativeAspects(check.native),
  })
}

export function normaliseIndex(index: Index): NormalPart {
  const { name, unique, clustered, method, columns, included, filter, enabled, comment = null, native } = index
  return leaf('index', name.toLowerCase(), name, {
    name,
    columns: columnWords(columns),
    // The order of included columns means nothing.
    'included columns': included.length === 0 ? null : `(${[...included].sort().join(', ')})`,
    filter: filter?.native ?? null,
    uniqueness: unique ? 'unique' : 'not unique',
    clustering: clustered ? 'clustered' : 'nonclustered',
    method,
    state: enabled ? 'enabled' : 'disabled',
    comment,
    ...nativeAspects(native),
  })
}

/** What has a name of its own is found by it; a name the server made up means nothing, so then what the thing is. */
function identityOf(named: { readonly name: string; readonly systemNamed: boolean }, shape: string) {
  const name = named.systemNamed ? shape : named.name
  return { key: name.toLowerCase(), name }
}

function stateAspects(enabled: boolean, trusted: boolean): Aspects {
  return { state: enabled ? 'enabled' : 'disabled', trust: trusted ? 'trusted' : 'not trusted' }
}

function columnWords(columns: readonly KeyColumn[]): string {
  return `(${columns.map(({ name, descending }) => (descending ? `${name} desc` : name)).join(', ')})`
}
