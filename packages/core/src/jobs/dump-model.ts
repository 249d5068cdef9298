import {
  type AppliedReplication,
  applyReplication,
  detectReplication,
  type ReplicationChoice,
  type ReplicationProfile,
} from '../model/profiles/index.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { applyScope } from '../model/scope.ts'
import { type ReflectRequest, reflectCached } from './reflect-cached.ts'

export interface DumpModelRequest extends ReflectRequest {
  readonly replication: ReplicationChoice
}

/** What of a database is to be dumped. */
export interface DumpModel extends Pick<AppliedReplication, 'model' | 'replication'> {
  /** With no table left out. */
  readonly whole: SchemaModel
  readonly profiles: readonly ReplicationProfile[]
}

/** The source's model in its scope and without what the choice leaves out of a replication, of which the user is warned. */
export async function readDumpModel(request: DumpModelRequest): Promise<DumpModel> {
  const { source, scope, context } = request
  // Patterns may name tables of the replication, and it is told by tables that the scope may leave out.
  const whole = await reflectCached(request)
  const profiles = detectReplication(whole)
  const { model, replication, warnings } = applyReplication(
    applyScope(whole, scope),
    profiles,
    request.replication,
    (...parts) => source.quote(...parts),
  )
  for (const warning of warnings) context.warn(warning)
  return { model, replication, whole, profiles }
}
