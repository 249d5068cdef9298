import type { Backup } from '../backup/backup.ts'
import { withoutReplicationConfig } from '../model/profiles/restore-replication.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { applyScope, type Scope } from '../model/scope.ts'

/** What of a backup's model a restore is asked for. */
export interface WantedParts extends Partial<Omit<Scope, 'where'>> {
  readonly backup: Backup
  /** Restore the configuration of a replication that the backup holds, too; default false. */
  readonly withReplicationConfig?: boolean
  /** Make users, roles and permissions, too; default false. */
  readonly onRequest?: boolean
}

/** The model without what is not asked for. Throws a UsageError for a pattern that matches no table. */
export function wantedModel(parts: WantedParts): SchemaModel {
  const { backup, include = [], exclude = [], withReplicationConfig = false, onRequest = false } = parts
  const { replication = [] } = backup.metadata
  const scoped = applyScope(backup.metadata.model, { include, exclude })
  const model = withReplicationConfig ? scoped : withoutReplicationConfig(scoped, replication)
  if (onRequest || model.objects === undefined) return model
  return { ...model, objects: model.objects.filter((object) => object.onRequest !== true) }
}
