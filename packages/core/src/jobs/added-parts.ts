import type { RestorePlan } from '../dialect/dialect.ts'
import type { MadeSchema } from '../dialect/made-schema.ts'
import { neutralName, unquoted } from '../model/neutral-form.ts'
import type { Module, NativeObject, QualifiedName, SchemaModel } from '../model/schema-model.ts'
import { fullName, moduleName } from '../model/scope.ts'
import { type ChangedPart, subjectOf } from './changed-part.ts'
import type { MissingPart } from './planned-parts.ts'

export function addedPart(table: string, kind: string, name: string): MissingPart {
  return { table, kind, name, sentence: `${subjectOf({ table, kind, name })} is in the target and not in the plan` }
}

/** Objects of the target of which the plan makes none. */
export interface BeyondObjects {
  readonly modules: readonly Module[]
  readonly objects: readonly NativeObject[]
}

/**
 * Those of them that change a part of the plan: what belongs to one of its tables or views, and what it says is to be absent.
 * `withRequested`: users, roles and permissions were asked for.
 */
export function addedObjects(made: MadeSchema, there: BeyondObjects, withRequested: boolean): readonly MissingPart[] {
  const { absent = [], unsaid = [], tables, modules } = made
  const parents = new Set([...tables, ...modules].map(keyOfName))
  const isOfPlan = (parent: QualifiedName | undefined) => parent !== undefined && parents.has(keyOfName(parent))
  const wrong = new Set(absent.map(keyOf))
  const isAdded = (object: NativeObject) =>
    wrong.has(keyOf(object)) ||
    (isOfPlan(object.table) && !unsaid.includes(object.kind) && (withRequested || object.onRequest === undefined))
  return [
    ...there.objects.filter(isAdded).map(({ kind, name }) => addedPart(name, kind, name)),
    ...there.modules
      .filter(({ on }) => isOfPlan(on))
      .map((module) => addedPart(moduleName(module), module.kind, moduleName(module))),
  ]
}

function keyOf({ kind, name }: Pick<NativeObject, 'kind' | 'name'>): string {
  return `${kind} ${unquoted(name).toLowerCase()}`
}

function keyOfName(name: QualifiedName): string {
  return fullName(name).toLowerCase()
}

export interface AddedVerdicts {
  readonly added: readonly MissingPart[]
  /** What could not be told, a sentence each. */
  readonly notCompared: readonly string[]
}

/** Whether the plan leaves something of that kind to people; `object`: its full name in the source. */
export type LeftToPeople = (kind: string, object: string) => boolean

export function leftToPeople(
  { findings }: Pick<RestorePlan, 'findings'>,
  { leftBehind }: Pick<SchemaModel, 'leftBehind'>,
): LeftToPeople {
  const leftOut = new Set([
    ...findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => partKey(kind, object)),
    ...leftBehind.map(({ kind, name }) => partKey(kind, name)),
  ])
  return (kind, object) => leftOut.has(partKey(kind, object))
}

/** What the plan leaves to people is there once they have made it; whether it is what the source had cannot be told. */
export function judgeAdded(parts: readonly MissingPart[], isLeft: LeftToPeople): AddedVerdicts {
  const isTheirs = ({ table, kind, name }: MissingPart) =>
    [kind, `computed ${kind}`].some((word) => isLeft(word, table === name ? name : `${table}.${name}`))
  return {
    added: parts.filter((part) => !isTheirs(part)),
    notCompared: parts.filter(isTheirs).map((part) => `${subjectOf(part)}: ${THEIRS}`),
  }
}

const THEIRS = 'the plan leaves it to people, who have made something of that name'

/** What findings call what a part has none of in the plan. */
const KIND_OF_ASPECT: Readonly<Record<string, string>> = {
  default: 'default',
  'computed value': 'computed column',
  filter: 'index filter',
}

/** Of parts of the plan: the default, computed value or filter that people have given them where the plan left it out. */
export function judgeGiven(changes: readonly ChangedPart[], isLeft: LeftToPeople): GivenVerdicts {
  const isTheirs = ({ table, name, aspect, planned }: ChangedPart) =>
    planned === null && isLeft(KIND_OF_ASPECT[aspect] ?? '', `${table}.${name}`)
  return {
    changed: changes.filter((change) => !isTheirs(change)),
    notCompared: changes.filter(isTheirs).map((change) => `${change.aspect} of ${subjectOf(change)}: ${GIVEN}`),
  }
}

const GIVEN = 'the plan leaves it to people, who have given it one'

export interface GivenVerdicts extends Pick<AddedVerdicts, 'notCompared'> {
  readonly changed: readonly ChangedPart[]
}

/** A trigger by its own name: what people make may be on a table of another name. */
function partKey(kind: string, object: string): string {
  const name = kind === 'trigger' ? object.replace(/ on .*/s, '') : object
  return `${kind} ${neutralName(unquoted(name))}`
}

/** What the target has of a kind that is in no backup, and the database of the backup had not. */
export function unseenParts(model: SchemaModel, there: SchemaModel, { tables = [] }: MadeSchema): readonly string[] {
  const known = new Set(model.leftBehind.map(({ kind, name }) => partKey(kind, name)))
  const names = tables.map(keyOfName)
  const isOfPlan = (object: string) => names.some((name) => object === name || object.startsWith(`${name}.`))
  return there.leftBehind
    .filter(({ kind, name }) => isOfPlan(unquoted(name).toLowerCase()) && !known.has(partKey(kind, name)))
    .map(({ kind, name }) => `${kind} ${name}: is in the target, and no proof looks into it`)
}
