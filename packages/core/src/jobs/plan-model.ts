import type { Backup } from '../backup/backup.ts'
import { unquoted } from '../model/neutral-form.ts'
import { withoutReplicationConfig } from '../model/profiles/restore-replication.ts'
import type { AliasType, NativeObject, SchemaModel } from '../model/schema-model.ts'
import { applyScope, fullName, type Scope } from '../model/scope.ts'

/** What of a backup's model a restore is asked for. */
export interface WantedParts extends Partial<Omit<Scope, 'where'>> {
  readonly backup: Backup
  /** Restore the configuration of a replication that the backup holds, too; default false. */
  readonly withReplicationConfig?: boolean
  /** Make users, roles and permissions, too; default false. */
  readonly onRequest?: boolean
}

/**
 * The model without what is not asked for. Whoever names tables wants those, with what belongs to them, and not the views and
 * procedures of the whole database. Throws a UsageError for a pattern that matches no table.
 */
export function wantedModel(parts: WantedParts): SchemaModel {
  const { backup, include = [], exclude = [], withReplicationConfig = false, onRequest = false } = parts
  const { replication = [] } = backup.metadata
  const scoped = applyScope(backup.metadata.model, { include, exclude })
  const model = withReplicationConfig ? scoped : withoutReplicationConfig(scoped, replication)
  const chosen = include.length === 0 ? model : tablesAlone(model)
  if (onRequest || chosen.objects === undefined) return chosen
  return { ...chosen, objects: chosen.objects.filter((object) => object.onRequest !== true) }
}

/** What of the backup the target could have, and is not asked for, so that nothing can be said of it: a sentence each. */
export function unaskedParts({ backup, onRequest = false }: WantedParts, dialect: string): readonly string[] {
  const { objects = [], ...model } = backup.metadata.model
  const isUnasked = !onRequest && model.dialect === dialect && objects.some((object) => object.onRequest)
  return isUnasked ? ['users, roles and permissions, which are restored on request only'] : []
}

/** Types stay: the tables may be made of them; so do sequences that the tables name. */
function tablesAlone(model: SchemaModel): SchemaModel {
  const tables = new Set(model.tables.map(fullName))
  return {
    ...model,
    sequences: sequencesAlone(model),
    modules: model.modules.filter(({ on }) => on !== undefined && tables.has(fullName(on))),
    leftBehind: model.leftBehind.filter(({ name, table }) => isOfTable(table ? fullName(table) : name, model)),
    ...(model.objects !== undefined && { objects: objectsAlone(model.objects, model.types) }),
  }
}

/** With a sequence that only other tables count by, these would be given values a second time. */
function sequencesAlone({ tables, types, sequences, objects = [] }: SchemaModel): SchemaModel['sequences'] {
  if (sequences.length === 0) return sequences
  const before = objects.filter(({ stage }) => stage === 'before tables')
  const words = new Set(wordsOf(JSON.stringify([tables, types, before]).replaceAll(/\\[nrt]/g, ' ')))
  return sequences.filter(({ name }) => wordsOf(name).every((word) => words.has(word)))
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []
}

/** What belongs to tables, what they may be made of, and the comments on that. */
function objectsAlone(objects: readonly NativeObject[], types: readonly AliasType[]): readonly NativeObject[] {
  const isOfTables = ({ stage, table }: NativeObject) => table !== undefined || stage === 'before tables'
  const commented = new Set([
    ...objects.filter(isOfTables).map(({ kind, name }) => `${kind} ${name}`),
    ...types.map((type) => `type ${fullName(type)}`),
  ])
  const isCommented = ({ kind, name, of = name }: NativeObject) => kind === 'comment' && commented.has(of)
  return objects.filter((object) => isOfTables(object) || isCommented(object))
}

/** Whether what has that name, as the origin writes it, is of one of the tables: columns, rows, an index. */
function isOfTable(name: string, { tables }: SchemaModel): boolean {
  const plain = unquoted(name)
  return tables.some((table) => plain === fullName(table) || plain.startsWith(`${fullName(table)}.`))
}
