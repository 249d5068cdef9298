import { type Finding, type Module, moduleName, type NativeObject, type PlannedStatement } from '@albackup/core'
import type { TriggerState } from '../../catalog/modules.ts'
import { fullName } from '../../ddl.ts'
import { moduleKey, objectKey, tableKey, textFact, textsFact, typeKey } from '../../native-facts.ts'
import { quote } from '../../quote.ts'
import { isShared } from '../../shared-objects.ts'
import type { NativePlanning } from './plan-native-restore.ts'
import { planNativeTable } from './tables.ts'
import { extensionElsewhere, planDomain, planEarlyObject } from './types.ts'

/**
 * Extensions, types, tables, and functions that need no view, in the order of the source. A type that is there already is left as it is: it
 * may have other users.
 */
export function planEarlyObjects(planning: NativePlanning): void {
  const { model } = planning
  const order = new Map(textsFact(model.database.native, 'order').map((key, i) => [key, i]))
  const early = [...earlyObjects(planning)].sort(
    ([one], [other]) => (order.get(one) ?? order.size) - (order.get(other) ?? order.size),
  )
  for (const [, plan] of early) plan()
}

/** What comes with keys and indexes; the indexes of partitions join those of their tables. */
export function planKeyObjects({ model, target, draft }: NativePlanning): void {
  for (const { kind, name, statements, stage } of model.objects ?? []) {
    if (stage !== 'with keys') continue
    const part = ['foreign key', 'check', 'not null'].includes(kind) ? 'references' : 'keys'
    const older = kind === 'not null' && target.version < NOT_NULL_CONSTRAINTS
    for (const sql of statements) draft.add(part, { kind, object: name, sql: older ? setNotNull(sql) : sql })
  }
}

/** A constraint of its own name from this version on (`server_version_num`). */
const NOT_NULL_CONSTRAINTS = 180000

/** What an older server understands of `alter table … add constraint … not null …`, unless rows break it. */
function setNotNull(sql: string): string {
  return sql.replace(
    /^(alter table .*?) add constraint .* NOT NULL ((?:"(?:[^"]|"")+"|\w+))( NO INHERIT)?$/s,
    '$1 alter column $2 set not null',
  )
}

/** Views and functions in the order of the source, triggers, then what belongs to all of them. */
export function planLateObjects(planning: NativePlanning): void {
  const { model, draft } = planning
  for (const module of model.modules) {
    if (module.native?.early !== true) planModule(module, draft)
    else if (module.native.materialized === true && module.native.empty !== true) planRefresh(module, draft)
  }
  for (const object of model.objects ?? []) if (!isOfEventTrigger(object)) planLateObject(object, planning)
}

/** In the end, so that they do not run for what the restore makes. */
export function planEventTriggers(planning: NativePlanning): void {
  for (const object of planning.model.objects ?? []) if (isOfEventTrigger(object)) planLateObject(object, planning)
}

function isOfEventTrigger({ kind, name }: NativeObject): boolean {
  return kind === 'event trigger' || (kind === 'comment' && name.startsWith('event trigger '))
}

function planLateObject(object: NativeObject, { target, draft }: NativePlanning): void {
  const { kind, name, statements, stage } = object
  if (stage !== 'after modules') return
  const isKept = isThere(object, target)
  if (isKept) reportThere(kind, name, draft)
  for (const sql of isKept ? statements.filter(addsTable) : statements)
    draft.add('objects', { kind, object: name, sql })
}

/** A table goes out of a publication when it is dropped, and has to come back when it is made again. */
function addsTable(sql: string): boolean {
  return sql.startsWith('alter publication ') && sql.includes(' add table only ')
}

/** Each by its key, with what puts its statements into the plan. */
function* earlyObjects(planning: NativePlanning): Iterable<readonly [key: string, plan: () => void]> {
  const { model, target, draft } = planning
  for (const object of model.objects ?? []) {
    if (object.stage !== 'before tables') continue
    if (isThere(object, target)) {
      reportThere(object.kind, object.name, draft)
      continue
    }
    if (object.kind === 'role' && target.there?.has(objectKey(object)))
      draft.find('info', 'role', object.name, 'is there already, and gets no more than the roles it was a member of')
    const elsewhere = extensionElsewhere(object, target)
    if (elsewhere !== undefined) {
      draft.find('lost', object.kind, object.name, elsewhere)
      continue
    }
    if (isMissingType(object, target)) {
      if (object.kind === 'type')
        draft.find('lost', object.kind, object.name, 'is left out, the target cannot have its functions')
      continue
    }
    yield [objectKey(object), () => planEarlyObject(object, draft)]
  }
  for (const type of model.types) {
    if (target.types.some(({ schema, name }) => schema === type.schema && name === type.name)) {
      reportThere('type', bare(type), draft)
      continue
    }
    yield [typeKey(type), () => planDomain(type, draft)]
  }
  for (const module of model.modules) {
    const { native, definition, kind } = module
    if (native?.early !== true || definition === null) continue
    yield [
      moduleKey(module),
      () => draft.add('tables', { kind, object: moduleName(module), sql: earlyText(module), ...leaky(module) }),
    ]
  }
  for (const table of model.tables) yield [tableKey(table), () => planNativeTable(table, planning)]
}

function reportThere(kind: string, name: string, draft: NativePlanning['draft']): void {
  if (kind !== 'type name') draft.find('info', kind, name, 'is there already, and is left as it is')
}

function isThere(object: NativeObject, { types, relations, there }: NativePlanning['target']): boolean {
  const { kind, name } = object
  if (isShared(kind) && there?.has(objectKey(object))) return true
  const named = [...types, ...relations].some((type) => [quote(type.schema, type.name), bare(type)].includes(name))
  return ['type', 'type name'].includes(kind) && named
}

/** A name without its type would be left. */
function isMissingType({ kind, name }: NativeObject, { missing }: NativePlanning['target']): boolean {
  return ['type', 'type name'].includes(kind) && missing?.has(objectKey({ kind: 'type', name })) === true
}

/** A name as the server prints one that needs no quotes. */
function bare({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${schema}.${name}`
}

/** A view that keeps rows gets them when those of the tables are there. */
function earlyText({ definition, native }: Module): string {
  return native?.materialized === true ? `${definition}\nwith no data` : definition!
}

function planRefresh(module: Module, draft: NativePlanning['draft']): void {
  const sql = `refresh materialized view ${fullName(module)}`
  draft.add('objects', { kind: 'rows of view', object: moduleName(module), sql })
}

const ALTER_STATE: Readonly<Record<TriggerState, string>> = {
  disabled: 'disable',
  'enabled for replicas': 'enable replica',
  'enabled always': 'enable always',
}

function planModule(module: Module, draft: NativePlanning['draft']): void {
  const { kind, definition, native, name, on } = module
  const object = moduleName(module)
  if (definition === null) {
    draft.find('lost', kind, object, 'is left out, the backup has no text of it')
    return
  }
  const sql = native?.empty === true ? `${definition}\nwith no data` : definition
  draft.add('objects', { kind, object, sql, ...leaky(module) })
  const state = ALTER_STATE[textFact(native, 'state') as TriggerState]
  if (on === undefined || state === undefined) return
  draft.add('objects', { kind, object, sql: `alter table ${fullName(on)} ${state} trigger ${quote(name)}` })
}

/** As pg_get_functiondef writes it, in a line of its own words before the text. */
const LEAKPROOF = /^( (?:[A-Z]+ )*)LEAKPROOF\b ?/m

/** Only a superuser may say that a function tells nothing of its arguments. */
function leaky(module: Module): Pick<PlannedStatement, 'fallback'> {
  const { kind, definition } = module
  if (kind !== 'function' || definition === null || !LEAKPROOF.test(definition)) return {}
  const message = 'is not leakproof, the server refused'
  const finding: Finding = { severity: 'changed', kind, object: moduleName(module), message }
  return { fallback: { sql: definition.replace(LEAKPROOF, '$1'), finding } }
}
