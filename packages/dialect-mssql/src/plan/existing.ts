import { fullName, type QualifiedName, RefusedError } from '@albackup/core'
import {
  nameFolding,
  objectName,
  type TargetFacts,
  type TargetKind,
  type TargetObject,
} from '../catalog/target-facts.ts'
import { quote } from '../quote.ts'
import { isOwn, type Planning } from './planning.ts'

/** Something the restore makes, by its full name in the target, and what it may be there. */
interface Made {
  readonly name: string
  readonly kinds: ReadonlySet<TargetKind>
}

const MODULES = new Set<TargetKind>(['view', 'procedure', 'function', 'trigger'])

/** Kinds that share the names of a schema. */
const SCHEMA_OBJECTS = new Set<TargetKind>([
  ...MODULES,
  'table',
  'aggregate',
  'synonym',
  'sequence',
  'default',
  'rule',
  'queue',
  'security policy',
])

/** What a NativeObject is in the target, where a target can have it before the restore; by the model's word for it. */
const KIND_OF_OBJECT: Readonly<Record<string, TargetKind>> = {
  synonym: 'synonym',
  'table type': 'type',
  'CLR type': 'type',
  'CLR procedure': 'procedure',
  'CLR function': 'function',
  'CLR aggregate': 'aggregate',
  'CLR trigger': 'trigger',
  'xml schema collection': 'xml schema collection',
  'partition function': 'partition function',
  'partition scheme': 'partition scheme',
  default: 'default',
  rule: 'rule',
  'security policy': 'security policy',
  'database trigger': 'database trigger',
  'full-text catalog': 'fulltext catalog',
  'full-text stoplist': 'fulltext stoplist',
  assembly: 'assembly',
}

/**
 * What of the backup the target has already: tables by the names that the restore gives them, all else with its kind in front.
 * Throws a RefusedError where something of another kind has the name: it is not the backup's to drop.
 */
export function existingObjects(planning: Planning): readonly string[] {
  const fold = nameFolding(planning.target.collation)
  const there = byName(planning.target, fold)
  return madeObjects(planning).flatMap(({ name, kinds }) => {
    const found = there.get(fold(name)) ?? []
    const same = found.filter(({ kind }) => kinds.has(kind))
    if (same.length > 0) return same.map(({ kind }) => existingName(kind, name))
    const other = found.find(({ kind }) => SCHEMA_OBJECTS.has(kind))
    if (other === undefined || ![...kinds].some((kind) => SCHEMA_OBJECTS.has(kind))) return []
    throw new RefusedError(`cannot restore ${name}: the target has a ${other.kind} of that name`, {
      hint: 'Drop or rename it, or restore the schema under another name ("mapping": { "schemas": … }).',
    })
  })
}

/** As the plan's `existing` has it. */
export function existingName(kind: TargetKind, name: string): string {
  return kind === 'table' ? name : `${kind} ${name}`
}

function byName(
  { objects }: Pick<TargetFacts, 'objects'>,
  fold: (name: string) => string,
): ReadonlyMap<string, readonly TargetObject[]> {
  const found = new Map<string, TargetObject[]>()
  for (const object of objects) {
    const name = fold(objectName(object))
    const same = found.get(name)
    if (same === undefined) found.set(name, [object])
    else same.push(object)
  }
  return found
}

/** What has the full name in the target, among all that share the names of a schema. */
export function schemaObjectNamed(name: string, { target }: Pick<Planning, 'target'>): TargetKind | undefined {
  const fold = nameFolding(target.collation)
  const found = byName(target, fold).get(fold(name)) ?? []
  return found.find(({ kind }) => SCHEMA_OBJECTS.has(kind))?.kind
}

function madeObjects(planning: Planning): readonly Made[] {
  const { model, names, draft } = planning
  const made =
    (...kinds: readonly TargetKind[]) =>
    (name: { readonly schema: string; readonly name: string }): Made => ({
      name: names.full(name),
      kinds: new Set(kinds),
    })
  const plain = [...model.tables.map(made('table')), ...model.sequences.map(made('sequence'))]
  if (!isOwn(planning)) return [...plain, ...draft.schema.modules.map(madeView)]
  const tables = new Set(model.tables.map(fullName))
  const objects = (model.objects ?? []).flatMap(({ kind, name, table }) => {
    const targetKind = KIND_OF_OBJECT[kind]
    const isLeftOut = table !== undefined && !tables.has(fullName(table))
    return targetKind === undefined || isLeftOut ? [] : [{ name: names.text(name), kinds: new Set([targetKind]) }]
  })
  return [...plain, ...model.types.map(made('type')), ...model.modules.map(made(...MODULES)), ...objects]
}

/** Under the name that it has in the target. */
function madeView({ schema, name }: QualifiedName): Made {
  return { name: quote(schema, name), kinds: new Set(['view']) }
}

/** The statement that drops it. */
export function dropStatement(object: TargetObject): string {
  if (object.kind === 'database trigger') return `drop trigger ${quote(object.name)} on database`
  return `drop ${object.kind} ${objectName(object)}`
}
