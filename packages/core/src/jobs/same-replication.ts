import { applyReplication, detectReplication, withoutReplicationConfig } from '../model/profiles/index.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import type { ComparedSide } from './compared-side.ts'

/** A side and its whole model. */
export interface ModelledSide {
  readonly side: ComparedSide
  readonly model: SchemaModel
}

/**
 * The model of one side as far as the replication in it can be in the other: of a live database without what a dump left out of
 * the other, a backup; of a backup without the configuration that a restore leaves out, when the other has nothing of it.
 */
export function withSameReplication({ side, model }: ModelledSide, other: ModelledSide): SchemaModel {
  if (side.kind === 'backup') return withoutConfigNotRestored(model, side, other.model)
  const choice = replicationOf(other.side)[0]?.choice
  if (choice === undefined) return model
  const { session } = side
  return applyReplication(model, detectReplication(model), choice, (...parts) => session.quote(...parts)).model
}

function withoutConfigNotRestored(model: SchemaModel, side: ComparedSide, other: SchemaModel): SchemaModel {
  const names = new Set(other.tables.map((table) => fullName(table).toLowerCase()))
  const replication = replicationOf(side).filter(
    ({ configTables }) => !configTables.some((table) => names.has(fullName(table).toLowerCase())),
  )
  const rest = withoutReplicationConfig(model, replication)
  const reason = 'configuration of the replication, which a restore leaves out unless it is asked for'
  const kept = new Set(rest.tables.map(fullName))
  const left = model.tables.filter((table) => !kept.has(fullName(table)))
  return {
    ...rest,
    leftBehind: [...rest.leftBehind, ...left.map((table) => ({ kind: 'table', name: fullName(table), reason }))],
  }
}

function replicationOf(side: ComparedSide) {
  return side.kind === 'backup' ? (side.backup.metadata.replication ?? []) : []
}
