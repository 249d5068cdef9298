import type { AliasType, Module, NativeObject } from '@albackup/core'
import { fullName } from '../../ddl.ts'
import { moduleKey, objectKey, textFact, textsFact, typeKey } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import type { NativePlanning } from './plan-native-restore.ts'

/** One thing made before the tables. */
interface EarlyObject {
  readonly kind: string
  readonly object: string
  readonly statements: readonly string[]
  readonly exists: boolean
}

/**
 * Extensions, types, and functions that need no table, in the order of the source. What is there already is left as it is: it may have
 * other users.
 */
export function planEarlyObjects(planning: NativePlanning): void {
  const { model, draft } = planning
  const order = new Map(textsFact(model.database.native, 'order').map((key, i) => [key, i]))
  const early = [...earlyObjects(planning)].sort(
    ([one], [other]) => (order.get(one) ?? order.size) - (order.get(other) ?? order.size),
  )
  for (const [, { kind, object, statements, exists }] of early) {
    if (exists) continue
    for (const sql of statements) draft.add('tables', { kind, object, sql })
  }
}

/** What comes with keys and indexes; the indexes of partitions join those of their tables. */
export function planKeyObjects({ model, draft }: NativePlanning): void {
  for (const { kind, name, statements, stage } of model.objects ?? []) {
    if (stage !== 'with keys') continue
    const part = kind === 'foreign key' || kind === 'check' ? 'references' : 'keys'
    for (const sql of statements) draft.add(part, { kind, object: name, sql })
  }
}

/** Views and functions in the order of the source, triggers, then what belongs to all of them. */
export function planLateObjects({ model, draft }: NativePlanning): void {
  for (const module of model.modules) if (module.native?.early !== true) planModule(module, draft)
  for (const { kind, name, statements, stage } of model.objects ?? []) {
    if (stage !== 'after modules') continue
    for (const sql of statements) draft.add('objects', { kind, object: name, sql })
  }
}

function* earlyObjects({ model, target }: NativePlanning): Iterable<readonly [string, EarlyObject]> {
  for (const object of model.objects ?? []) {
    if (object.stage === 'before tables') yield [objectKey(object), nativeObject(object, target)]
  }
  for (const type of model.types) {
    const exists = target.types.some(({ schema, name }) => schema === type.schema && name === type.name)
    yield [typeKey(type), { kind: 'type', object: fullName(type), statements: domainStatements(type), exists }]
  }
  for (const module of model.modules) {
    if (module.native?.early !== true || module.definition === null) continue
    const object = moduleName(module)
    yield [moduleKey(module), { kind: module.kind, object, statements: [module.definition], exists: false }]
  }
}

function nativeObject(
  { kind, name, statements }: NativeObject,
  { types, relations }: NativePlanning['target'],
): EarlyObject {
  const exists =
    kind === 'type' &&
    [...types, ...relations].some((type) => [quote(type.schema, type.name), bare(type)].includes(name))
  return { kind, object: name, statements, exists }
}

/** A name as the server prints one that needs no quotes. */
function bare({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`
}

function domainStatements({ native, nullable, ...type }: AliasType): readonly string[] {
  const { declaration, collation, facts } = native
  const value = textFact(facts, 'default')
  const words = [
    `create domain ${fullName(type)} as ${declaration}`,
    collation === undefined ? '' : ` collate ${collation}`,
    value === undefined ? '' : ` default ${value}`,
    nullable ? '' : ' not null',
    ...textsFact(facts, 'checks').map((check) => ` constraint ${check}`),
  ]
  const unchecked = textsFact(facts, 'uncheckedChecks')
  return [words.join(''), ...unchecked.map((check) => `alter domain ${fullName(type)} add constraint ${check}`)]
}

const TRIGGER_STATES: Readonly<Record<string, string>> = { D: 'disable', R: 'enable replica', A: 'enable always' }

function planModule(module: Module, draft: NativePlanning['draft']): void {
  const { kind, definition, native, name, on } = module
  const object = moduleName(module)
  if (definition === null) {
    draft.find('lost', kind, object, 'is left out, the backup has no text of it')
    return
  }
  draft.add('objects', { kind, object, sql: native?.empty === true ? `${definition}\nwith no data` : definition })
  const state = TRIGGER_STATES[textFact(native, 'enabled') ?? '']
  if (on === undefined || state === undefined) return
  draft.add('objects', { kind, object, sql: `alter table ${fullName(on)} ${state} trigger ${quote(name)}` })
}

function moduleName({ schema, name }: Module): string {
  return `${schema}.${name}`
}
