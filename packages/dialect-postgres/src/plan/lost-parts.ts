import {
  type Column,
  type Finding,
  fullName,
  type MadeSchema,
  type Module,
  type NativeObject,
  type Table,
} from '@albackup/core'
import { objectKey, partitionFacts, textsFact } from '../native-facts.ts'
import type { Replaced } from '../replaced.ts'

/** What is of a table or view that is dropped, and what the plan makes has not. */
export function lostParts({ there, dropped }: Replaced, made: MadeSchema): readonly Finding[] {
  const pairs = there.tables.flatMap((table) => {
    const twin = made.tables.find((one) => fullName(one) === fullName(table))
    return twin === undefined ? [] : [[table, twin] as const]
  })
  const names = new Set(pairs.map(([table]) => fullName(table)))
  const again = new Set((made.objects ?? []).map(objectKey))
  const isOfDropped = (object: NativeObject) =>
    object.table === undefined ? isNamed(object, dropped) : names.has(fullName(object.table))
  const objects = (there.objects ?? []).filter(
    (object) => object.onRequest !== true && isOfDropped(object) && !again.has(objectKey(object)),
  )
  const views = new Set(made.modules.filter(({ kind }) => kind === 'view').map(fullName))
  const isOn = ({ on }: Module) => on !== undefined && (names.has(fullName(on)) || views.has(fullName(on)))
  const triggers = there.modules.filter(
    (module) => isOn(module) && !made.modules.some((one) => sameTrigger(one, module)),
  )
  return [
    ...pairs.flatMap(([table, twin]) => lostOfTable(table, twin)),
    ...objects.map(({ kind, name }) => lost(kind, name)),
    ...triggers.map(({ name, on }) => lost('trigger', `${fullName(on!)}.${name}`)),
  ]
}

function lost(kind: string, object: string, message = MESSAGE): Finding {
  return { severity: 'lost', kind, object, message }
}

const MESSAGE = 'is in the target and not in the backup, and goes with what is replaced'

/** Of a view, which is named in the name of the object or in its statement. `dropped`: `table s.t`. */
function isNamed({ kind, name, statements }: NativeObject, dropped: readonly string[]): boolean {
  const words = BY_NAME.has(kind) ? name : BY_STATEMENT.has(kind) ? statements[0] : undefined
  return dropped.some((one) => {
    const relation = one.slice(one.indexOf(' '))
    return `${words} `.includes(`${relation} `) || `${words}`.includes(`${relation}.`)
  })
}

const BY_NAME = new Set(['comment', 'rule', 'security label'])
const BY_STATEMENT = new Set(['default', 'index', 'index setting', 'column setting'])

function sameTrigger(one: Module, other: Module): boolean {
  return (
    one.kind === 'trigger' &&
    one.name === other.name &&
    one.on !== undefined &&
    fullName(one.on) === fullName(other.on!)
  )
}

function lostOfTable(table: Table, twin: Table): readonly Finding[] {
  const name = fullName(table)
  const of = (part: { readonly name: string }) => `${name}.${part.name}`
  const without = (kind: string, parts: readonly Named[], twins: readonly Named[]) =>
    parts.filter((part) => !twins.some((one) => one.name === part.name)).map((part) => lost(kind, of(part)))
  const commented = (parts: readonly Commented[], twins: readonly Commented[]) =>
    parts
      .filter(
        (part) => part.comment !== undefined && twins.find((one) => one.name === part.name)?.comment === undefined,
      )
      .map((part) => lost('comment', of(part)))
  const words = (key: string) => {
    const again = textsFact(twin.native, key)
    return textsFact(table.native, key).filter((word) => !again.includes(word))
  }
  return [
    ...without('column', table.columns, twin.columns),
    ...without('primary key', keysOf(table), keysOf(twin)),
    ...without('unique key', table.uniqueKeys, twin.uniqueKeys),
    ...without('index', table.indexes, twin.indexes),
    ...without('check', table.checks, twin.checks),
    ...without('foreign key', table.foreignKeys, twin.foreignKeys),
    ...lostPartitions(table, twin),
    ...table.columns.filter((column) => losesDefault(column, twin)).map((column) => lost('default', of(column))),
    ...[...words('options'), ...words('settings')].map((word) => lost('setting', name, `${word}: ${MESSAGE}`)),
    ...(table.comment !== undefined && twin.comment === undefined ? [lost('comment', name)] : []),
    ...commented(table.columns, twin.columns),
    ...commented(table.indexes, twin.indexes),
  ]
}

interface Named {
  readonly name: string
}

interface Commented extends Named {
  readonly comment?: string
}

function keysOf({ primaryKey }: Table): readonly Named[] {
  return primaryKey === undefined ? [] : [primaryKey]
}

/** A column that is gone has been said already. */
function losesDefault({ name, default: value }: Column, { columns }: Table): boolean {
  const twin = columns.find((column) => column.name === name)
  return value !== undefined && twin !== undefined && twin.default === undefined && twin.identity === undefined
}

function lostPartitions({ native }: Table, twin: Table): readonly Finding[] {
  const again = new Set(partitionFacts(twin.native).map(fullName))
  return partitionFacts(native)
    .filter((one) => !again.has(fullName(one)))
    .map((one) => lost('partition', fullName(one)))
}
