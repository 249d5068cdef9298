import type { BackupScope } from '../backup/metadata.ts'
import type { Context } from '../dialect/dialect.ts'
import { compareModels, type ModelComparison } from '../model/compare-models.ts'
import type { NormalOptions } from '../model/normal-form.ts'
import { pairTables } from '../model/pair-tables.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { applyScope, fullName, type Scope, withinScope } from '../model/scope.ts'
import { compareRows, type TableComparison } from './compare-rows.ts'
import { type ComparedSide, rowsOf, type SideRows } from './compared-side.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { type ModelledSide, withSameReplication } from './same-replication.ts'

export interface CompareRequest extends Scope, Omit<NormalOptions, 'plane'> {
  readonly a: ComparedSide
  readonly b: ComparedSide
  readonly schemaOnly: boolean
  /** See `RowComparison.showRows`; default 0. */
  readonly showRows?: number
  readonly context: Context
  readonly onEvent: EventListener
}

export interface CompareResult extends ModelComparison {
  /** No difference of the models, no table whose rows differ. */
  readonly equal: boolean
  /** The rows of the tables that both have, in the order of A; empty when rows were not compared. */
  readonly tables: readonly TableComparison[]
}

/**
 * Compares the schemas of two databases or backups, and the rows of the tables that both have: how many, and their digest.
 * The rows of a backup are taken from its metadata where that is enough; whether its files still hold them is for `verify`.
 * A live table is read whole. Nothing is changed anywhere.
 */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  try {
    return await compareSides(request)
  } catch (error) {
    stopWhenAborted(request.context.signal, error)
    throw error
  }
}

async function compareSides(request: CompareRequest): Promise<CompareResult> {
  const { a, b, context, onEvent } = request
  onEvent({ type: 'stage', stage: 'reflect' })
  const whole = [
    { side: a, model: await reflect(a) },
    { side: b, model: await reflect(b) },
  ] as const
  const [modelA, modelB] = comparableModels(request, whole)
  stopWhenAborted(context.signal)
  const models = compareModels(modelA, modelB, request)
  const rowsA = rowsOf(a, { model: modelA, scope: scopeOf(b) })
  const rowsB = rowsOf(b, { model: modelB, scope: scopeOf(a) })
  const reasons = request.schemaOnly ? ['the rows, as was asked for'] : withoutRows(a, b, [rowsA, rowsB])
  const notCompared = [...scopeSentences(request), ...reasons, ...models.notCompared]
  const equal = models.differences.length === 0
  if (reasons.length > 0 || rowsA === null || rowsB === null) return { ...models, notCompared, equal, tables: [] }
  onEvent({ type: 'stage', stage: 'compare rows' })
  const { plane } = models
  const pairs = pairTables(modelA, modelB, plane)
  const { showRows = 0 } = request
  const tables = await compareRows(pairs, [rowsA, rowsB], { plane, showRows, context, onEvent })
  return { ...models, notCompared, equal: equal && tables.every(({ verdict }) => verdict !== 'different'), tables }
}

/**
 * Both models within the scope that was asked for, of which each pattern has to match a table of either, and within that of
 * backups, with what both can have of a replication.
 */
function comparableModels(
  request: CompareRequest,
  [a, b]: readonly [ModelledSide, ModelledSide],
): readonly [SchemaModel, SchemaModel] {
  const names = new Set(a.model.tables.map(fullName))
  const onlyB = b.model.tables.filter((table) => !names.has(fullName(table)))
  applyScope({ ...a.model, tables: [...a.model.tables, ...onlyB] }, request)
  const scopes = [request, scopeOf(a.side), scopeOf(b.side)].filter((scope) => scope !== undefined)
  return [scopes.reduce(withinScope, withSameReplication(a, b)), scopes.reduce(withinScope, withSameReplication(b, a))]
}

async function reflect(side: ComparedSide): Promise<SchemaModel> {
  return side.kind === 'backup' ? side.backup.metadata.model : side.session.reflect()
}

/** A backup of a part is compared with the same part of the other side. */
function scopeOf(side: ComparedSide): BackupScope | undefined {
  return side.kind === 'backup' ? side.backup.metadata.scope : undefined
}

function scopeSentences({ a, b }: CompareRequest): readonly string[] {
  const sentences = (side: ComparedSide, name: string) => {
    const { include = [], exclude = [], where = [] } = scopeOf(side) ?? {}
    return [
      ...(include.length + exclude.length === 0 ? [] : [`tables that the backup ${name} was made without`]),
      ...where.map(({ table, predicate }) => `rows of ${table} other than where ${predicate}: ${name} has no others`),
    ]
  }
  return [...sentences(a, 'A'), ...sentences(b, 'B')]
}

function withoutRows(
  a: ComparedSide,
  b: ComparedSide,
  [ofA, ofB]: readonly [SideRows | null, SideRows | null],
): readonly string[] {
  const reason = (side: ComparedSide, name: string, rows: SideRows | null) => {
    if (rows === null) return [`the rows: the dialect of ${name} does not read them`]
    return scopeOf(side)?.content === 'schema' ? [`the rows: ${name} is a backup of the schema only`] : []
  }
  return [...reason(a, 'A', ofA), ...reason(b, 'B', ofB)]
}
