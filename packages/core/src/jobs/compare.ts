import type { BackupScope } from '../backup/metadata.ts'
import type { Context } from '../dialect/dialect.ts'
import { compareModels, type ModelComparison } from '../model/compare-models.ts'
import type { NormalOptions } from '../model/normal-form.ts'
import { pairTables } from '../model/pair-tables.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { applyScope, type Scope, withinScope } from '../model/scope.ts'
import { compareRows, type TableComparison } from './compare-rows.ts'
import { type ComparedSide, rowsOf, type SideRows } from './compared-side.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'

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
  const whole = { a: await reflect(a), b: await reflect(b) }
  stopWhenAborted(context.signal)
  const scopes = [request, scopeOf(a), scopeOf(b)].filter((scope) => scope !== undefined)
  requireMatches(whole.a, whole.b, request)
  const [modelA, modelB] = [restrict(whole.a, scopes), restrict(whole.b, scopes)]
  const models = compareModels(modelA, modelB, request)
  const rows = [
    rowsOf(a, { model: modelA, scope: scopeOf(b) }),
    rowsOf(b, { model: modelB, scope: scopeOf(a) }),
  ] as const
  const missing = request.schemaOnly ? ['the rows, as was asked for'] : withoutRows(a, b, rows)
  const notCompared = [...scopeSentences(request), ...missing, ...models.notCompared]
  const sameModels = models.differences.length === 0
  if (missing.length > 0 || rows[0] === null || rows[1] === null) {
    return { ...models, notCompared, equal: sameModels, tables: [] }
  }
  onEvent({ type: 'stage', stage: 'compare rows' })
  const pairs = pairTables(modelA, modelB, models.plane)
  const tables = await compareRows(pairs, [rows[0], rows[1]], {
    plane: models.plane,
    showRows: request.showRows ?? 0,
    context,
    onEvent,
  })
  const equal = sameModels && tables.every(({ verdict }) => verdict !== 'different')
  return { ...models, notCompared, equal, tables }
}

async function reflect(side: ComparedSide): Promise<SchemaModel> {
  return side.kind === 'backup' ? side.backup.metadata.model : side.session.reflect()
}

/** A pattern has to match a table of either side. */
function requireMatches(a: SchemaModel, b: SchemaModel, scope: Scope): void {
  applyScope({ ...a, tables: [...a.tables, ...b.tables] }, scope)
}

function restrict(model: SchemaModel, scopes: readonly Scope[]): SchemaModel {
  return scopes.reduce(withinScope, model)
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
