import type { Module, QualifiedName, SchemaModel } from '../schema-model.ts'
import type { ReplicationProfile } from './profile.ts'
import { groupOfTable } from './symmetricds-tables.ts'

/** Tables that only SymmetricDS has together: who the node is, which triggers it made, what they captured. */
const MARKS = ['node_identity', 'trigger_hist', 'data'] as const

/** Helper functions it creates in the database, without the prefix. */
const HELPERS = new Set(
  'base64_encode triggers_disabled trigger_disabled node_disabled largeobject blob2clob transaction_id wkt2geom'.split(
    ' ',
  ),
)

/** Each installation of SymmetricDS in the database, one for each schema and prefix. */
export function detectSymmetricDs(model: SchemaModel): readonly ReplicationProfile[] {
  const names = new Set(model.tables.map(({ schema, name }) => `${schema}.${name.toLowerCase()}`))
  return model.tables.flatMap(({ schema, name }) => {
    const [, prefix] = /^(.+)_node_identity$/is.exec(name) ?? []
    const isComplete = MARKS.every((mark) => names.has(`${schema}.${prefix?.toLowerCase()}_${mark}`))
    return prefix !== undefined && isComplete ? [describeInstallation(model, schema, prefix)] : []
  })
}

function describeInstallation(model: SchemaModel, schema: string, prefix: string): ReplicationProfile {
  const start = `${prefix.toLowerCase()}_`
  const own = model.tables.filter((table) => table.schema === schema && table.name.toLowerCase().startsWith(start))
  const groupOf = (table: QualifiedName) => groupOfTable(table.name.toLowerCase().slice(start.length))
  const inGroup = (group: ReturnType<typeof groupOf>) => own.filter((table) => groupOf(table) === group).map(nameOf)
  const triggers = model.modules.filter(({ kind }) => kind === 'trigger')
  const triggerNames = new Set(triggers.map((trigger) => trigger.name.toLowerCase()))
  const functions = model.modules.filter((one) => one.kind === 'function' && isOwnFunction(one, prefix, triggerNames))
  return {
    profile: 'symmetricds',
    prefix,
    schema,
    runtimeTables: inGroup('runtime'),
    configTables: inGroup('config'),
    secretTables: inGroup('secret'),
    unknownTables: inGroup(null),
    triggers: triggers
      .filter((trigger) => captures(trigger, prefix, functions))
      .map((trigger) => ({ ...nameOf(trigger), on: trigger.on ?? null })),
    functions: functions.map(nameOf),
    sequences: model.sequences
      .filter((sequence) => sequence.schema === schema && numbersRowsOf(inGroup('runtime'), sequence.name))
      .map(nameOf),
  }
}

function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name }
}

/** Helpers, and the bodies of triggers where the engine keeps those in functions of their own: `f<name of the trigger>`. */
function isOwnFunction({ name, definition }: Module, prefix: string, triggers: ReadonlySet<string>): boolean {
  const lower = withoutArguments(name).toLowerCase()
  const start = `${prefix.toLowerCase()}_`
  if (lower.startsWith(start)) return HELPERS.has(lower.slice(start.length))
  const trigger = lower.slice(1)
  return (
    lower.startsWith('f') && triggers.has(trigger) && (isTriggerName(trigger, prefix) || inserts(definition, prefix))
  )
}

/** Where functions may share a name, their arguments are a part of it: `f(integer)`. */
function withoutArguments(name: string): string {
  return name.replace(/\(.*$/s, '')
}

/** By what it does; by its name only where the server does not show what it does. Names can be set by the user. */
function captures({ name, definition }: Module, prefix: string, functions: readonly Module[]): boolean {
  if (definition === null) return isTriggerName(name, prefix)
  return inserts(definition, prefix) || functions.some((own) => executes(definition, withoutArguments(own.name)))
}

/** `<prefix>_on_<i|u|d>_for_<trigger>_<group of nodes>`, in any case. */
function isTriggerName(name: string, prefix: string): boolean {
  return new RegExp(`^${escaped(prefix)}_on_[iud]_for_`, 'i').test(name)
}

/** A part of a name before the last, in any engine's quotes. */
const QUALIFIER = '(?:"[^"]*"|\\[[^\\]]*\\]|`[^`]*`|[^\\s."[(`]+)?\\s*\\.\\s*'

/** `insert into <prefix>_data`. */
function inserts(definition: string | null, prefix: string): boolean {
  const data = `["[\`]?${escaped(prefix)}_data["\\]\`]?`
  const pattern = new RegExp(`\\binsert\\s+into\\s+(?:${QUALIFIER})*${data}(?=[\\s(])`, 'i')
  return definition !== null && pattern.test(definition)
}

/** As a trigger of PostgreSQL or DB2 calls its function. Helpers are called within a body, never as the body. */
function executes(definition: string, name: string): boolean {
  return new RegExp(`\\bexecute\\s+(function|procedure)\\s+[^(]*?\\b${escaped(name)}"?\\s*\\(`, 'i').test(definition)
}

/** `<table>_<column>_seq`: how an identity by sequence is called. */
function numbersRowsOf(tables: readonly QualifiedName[], sequence: string): boolean {
  const lower = sequence.toLowerCase()
  return lower.endsWith('_seq') && tables.some(({ name }) => lower.startsWith(`${name.toLowerCase()}_`))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|+*?()[\]{}]/g, '\\$&')
}
