import { nativeAspects, textOf } from './native-aspects.ts'
import { neutralForm } from './neutral-form.ts'
import { type Aspects, inOrder, leaf, type NormalOptions, type NormalPart } from './normal-form.ts'
import { normaliseTable } from './normalise-table.ts'
import type { AliasType, DatabaseFacts, Module, NativeObject, SchemaModel, Sequence } from './schema-model.ts'
import { fullName, moduleName } from './scope.ts'

/** The normal form of a model; see normal-form.ts. What was left behind is not in the model, so it is not here. */
export function normalise(model: SchemaModel, options: NormalOptions): NormalPart {
  return options.plane === 'neutral' ? neutralForm(model) : nativeForm(model, options)
}

function nativeForm(model: SchemaModel, options: NormalOptions): NormalPart {
  const objects = (model.objects ?? []).filter(({ onRequest }) => options.onRequest || onRequest === undefined)
  return {
    kind: 'database',
    key: '',
    name: '',
    aspects: databaseAspects(model.database),
    parts: inOrder([
      ...model.schemas.map(({ name, comment = null }) => leaf('schema', folded(name), name, { name, comment })),
      ...model.types.map(normaliseType),
      ...model.sequences.map((sequence) => normaliseSequence(sequence, options)),
      ...model.tables.map((table) => normaliseTable(table, options)),
      ...model.modules.map(normaliseModule),
      ...objects.map(normaliseObject),
    ]),
  }
}

function databaseAspects({ collation, native }: DatabaseFacts) {
  const { order: _, ...facts } = nativeAspects(native)
  return { collation, ...facts }
}

function normaliseType(type: AliasType): NormalPart {
  const name = fullName(type)
  return leaf('type', folded(name), name, {
    name,
    type: type.native.declaration,
    collation: type.native.collation ?? null,
    nullability: type.nullable ? 'nullable' : 'not nullable',
    comment: type.comment ?? null,
    ...nativeAspects(type.native.facts),
  })
}

function normaliseSequence(sequence: Sequence, { values }: NormalOptions): NormalPart {
  const name = fullName(sequence)
  const { native, start, increment, minimum, maximum, cycle, cache, lastValue, comment = null } = sequence
  return leaf('sequence', folded(name), name, {
    name,
    type: native.alias === undefined ? native.declaration : fullName(native.alias),
    start,
    increment,
    minimum,
    maximum,
    cycling: cycle ? 'cycling' : 'not cycling',
    cache: cache === null ? null : String(cache),
    ...(values && { 'last value': lastValue }),
    comment,
    ...nativeAspects(native.facts),
  })
}

function normaliseModule(module: Module): NormalPart {
  const name = moduleName(module)
  return leaf(module.kind, folded(name), name, {
    name,
    parent: module.on === undefined ? null : fullName(module.on),
    text: module.definition,
    ...moduleAspects(module),
  })
}

/** A trigger that is not simply on says so: that it is `disabled`, or its `state` in words. */
function moduleAspects({ kind, native }: Module): Aspects {
  const { disabled, state, ...aspects } = nativeAspects(native)
  if (kind !== 'trigger') return aspects
  return { ...aspects, state: state ?? (disabled === 'yes' ? 'disabled' : 'enabled') }
}

function normaliseObject({ kind, name, statements, table }: NativeObject): NormalPart {
  return leaf(kind, folded(name), name, {
    name,
    parent: table === undefined ? null : fullName(table),
    text: textOf(statements),
  })
}

/** Names that differ in case only are names of the same thing, and differ in their name. */
function folded(name: string): string {
  return name.toLowerCase()
}
