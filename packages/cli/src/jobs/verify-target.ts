import { type Backup, type TargetProof, UsageError, verifyTarget } from '@albackup/core'
import { describeConnection } from '../connections/connection-url.ts'
import { findTarget } from '../connections/find-target.ts'
import type { JobRoom } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

/** What the flags of `verify` say about a target. */
export interface VerifyTargetOrder {
  readonly target: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly withReplicationConfig: boolean
  readonly permissions: boolean
  readonly showRows: number
  readonly jobs: number | undefined
}

/** The part `proof` of the object of `verify --target … --json`. */
export interface ProofReport extends TargetProof {
  /** The target, without its password. */
  readonly target: string
  readonly rows: number
  readonly seconds: number
}

export async function verifyInTarget(backup: Backup, order: VerifyTargetOrder, room: JobRoom): Promise<ProofReport> {
  const { configuration, context, onEvent } = room
  const seconds = startStopwatch()
  const request = { named: order.target, allowRestore: false, changesNothing: true }
  const found = await findTarget(request, configuration, await room.dialects(), room.passwordSources)
  const { connection, policy } = found
  const { dialect } = found.plugged
  const { openSource } = dialect
  if (dialect.openTarget === undefined) {
    throw new UsageError(`cannot verify: dialect ${dialect.name} is only for sources`)
  }
  await using target = await dialect.openTarget(connection, context)
  const proof = await verifyTarget({
    backup,
    target,
    policy,
    include: order.include,
    exclude: order.exclude,
    withReplicationConfig: order.withReplicationConfig,
    onRequest: order.permissions,
    showRows: order.showRows,
    ...(openSource !== undefined && { openSource: () => openSource.call(dialect, connection, context) }),
    jobs: order.jobs ?? configuration?.jobs ?? 1,
    threads: { dialect, connection, context },
    context,
    onEvent,
  })
  return {
    target: describeConnection(dialect.name, connection),
    rows: proof.tables.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    ...proof,
    seconds: seconds(),
  }
}
