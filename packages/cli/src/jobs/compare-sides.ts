import {
  type ComparedSide,
  type CompareResult,
  type Connection,
  type Context,
  compare,
  UsageError,
} from '@albackup/core'
import { describeConnection } from '../connections/connection-url.ts'
import { type FoundSide, findSide } from '../connections/find-side.ts'
import type { PluggedDialect } from '../plugins/discover-dialects.ts'
import type { JobRoom } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

/** What the arguments of `compare` say. */
export interface CompareOrder {
  readonly a: string
  readonly b: string
  readonly backupDir: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly schemaOnly: boolean
  readonly values: boolean
  readonly permissions: boolean
}

/** The object of `compare --json`. */
export interface CompareReport extends CompareResult {
  readonly a: SideReport
  readonly b: SideReport
  readonly seconds: number
}

export interface SideReport {
  /** The path of a backup, or a database without its password. */
  readonly name: string
  readonly kind: 'backup' | 'live'
  readonly dialect: string
  /** What point in time its rows are of. */
  readonly consistency: string | null
}

export async function compareSides(order: CompareOrder, room: JobRoom): Promise<CompareReport> {
  const search = { ...room, backupDir: order.backupDir, dialects: () => room.dialects() }
  const [foundA, foundB] = [await findSide(order.a, search), await findSide(order.b, search)]
  const elapsed = startStopwatch()
  await using a = await openSide(foundA, room.context)
  await using b = await openSide(foundB, room.context)
  const result = await compare({
    a: a.side,
    b: b.side,
    include: order.include,
    exclude: order.exclude,
    schemaOnly: order.schemaOnly,
    values: order.values,
    onRequest: order.permissions,
    context: room.context,
    onEvent: room.onEvent,
  })
  return { a: a.describe(), b: b.describe(), ...result, seconds: elapsed() }
}

/** A side that is open. `describe` is final when its rows were read. */
export interface OpenedSide extends AsyncDisposable {
  readonly side: ComparedSide
  describe(): SideReport
}

export async function openSide(found: FoundSide, context: Context): Promise<OpenedSide> {
  return found.kind === 'live' ? openLive(found.plugged, found.connection, context) : openedBackup(found)
}

function openedBackup(side: Extract<FoundSide, { kind: 'backup' }>): OpenedSide {
  const { path, metadata } = side.backup
  return {
    side,
    describe: () => ({
      name: path,
      kind: 'backup',
      dialect: metadata.source.dialect,
      consistency: metadata.consistency.verdict,
    }),
    async [Symbol.asyncDispose]() {},
  }
}

/** As a source, or, where the dialect has none, as a target, of which the schema can be read. */
async function openLive({ dialect }: PluggedDialect, connection: Connection, context: Context): Promise<OpenedSide> {
  const describe = (consistency: string | null): SideReport => {
    return { name: describeConnection(dialect.name, connection), kind: 'live', dialect: dialect.name, consistency }
  }
  if (dialect.openSource !== undefined) {
    const session = await dialect.openSource(connection, context)
    return {
      side: { kind: 'live', session },
      describe: () => describe(session.consistency.verdict),
      [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    }
  }
  if (dialect.openTarget === undefined) throw new UsageError(`cannot compare: dialect ${dialect.name} opens nothing`)
  const session = await dialect.openTarget(connection, context)
  return {
    side: { kind: 'live', session },
    describe: () => describe(null),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
