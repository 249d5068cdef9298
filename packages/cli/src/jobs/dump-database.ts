import {
  type BackupContent,
  type Codec,
  type Consistency,
  type ConsistencyLevel,
  dump,
  type LeftBehind,
  type ReplicationChoice,
  type RowCondition,
  UsageError,
} from '@albackup/core'
import { describeConnection } from '../connections/connection-url.ts'
import { findSource } from '../connections/find-source.ts'
import type { JobRoom } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

const DEFAULT_CODEC: Codec = 'deflate'

/** What the flags of `dump` say. Empty lists and undefined leave it to the configuration. */
export interface DumpOrder {
  readonly source: string | undefined
  readonly backupDir: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly where: readonly RowCondition[]
  readonly content: BackupContent
  readonly consistency: ConsistencyLevel | undefined
  readonly metaCache: string | undefined
  readonly replication: ReplicationChoice
  readonly jobs: number | undefined
  readonly codec: Codec | undefined
}

/** The object of `dump --json`. */
export interface DumpReport {
  /** The path of the backup. */
  readonly backup: string
  /** The source, without its password. */
  readonly source: string
  readonly tables: number
  readonly rows: number
  /** Of the files on disk. */
  readonly bytes: number
  readonly seconds: number
  readonly consistency: Consistency
  readonly leftBehind: readonly LeftBehind[]
}

export async function dumpDatabase(order: DumpOrder, room: JobRoom): Promise<DumpReport> {
  const { configuration, context, onEvent, toolVersion } = room
  const seconds = startStopwatch()
  const { plugged, connection } = await findSource(
    order.source,
    configuration,
    await room.dialects(),
    room.passwordSources,
  )
  const { dialect } = plugged
  if (dialect.openSource === undefined) throw new UsageError(`cannot dump: dialect ${dialect.name} is only for targets`)
  const { consistency } = order
  await using source = await dialect.openSource(connection, context, consistency === undefined ? {} : { consistency })
  const result = await dump({
    source,
    dialect: dialect.name,
    host: connection.host,
    database: connection.database,
    backupDir: order.backupDir,
    codec: order.codec ?? configuration?.codec ?? DEFAULT_CODEC,
    include: order.include.length > 0 ? order.include : (configuration?.include ?? []),
    exclude: order.exclude.length > 0 ? order.exclude : (configuration?.exclude ?? []),
    where: order.where,
    content: order.content,
    ...(order.metaCache !== undefined && { metaCache: order.metaCache }),
    replication: order.replication,
    jobs: order.jobs ?? configuration?.jobs ?? 1,
    threads: { dialect, connection, context },
    toolVersion,
    context,
    onEvent,
  })
  return {
    backup: result.backup,
    source: describeConnection(dialect.name, connection),
    tables: result.tables,
    rows: result.rows,
    bytes: result.bytes,
    seconds: seconds(),
    consistency: result.metadata.consistency,
    leftBehind: result.metadata.model.leftBehind,
  }
}
