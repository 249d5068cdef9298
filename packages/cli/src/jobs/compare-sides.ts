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
import type { JobRoom, JobTools } from './job-room.ts'
import { startStopwatch } from './stopwatch.ts'

/** What of two sides is compared. */
export interface CompareChoices {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly schemaOnly: boolean
  readonly values: boolean
  readonly permissions: boolean
  /** So many rows of each table that differ are named. */
  readonly showRows: number
}

/** What the arguments of `compare` say. */
export interface CompareOrder extends CompareChoices {
  readonly a: string
  readonly b: string
  readonly backupDir: string
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
  const [a, b] = [await findSide(order.a, search), await findSide(order.b, search)]
  return compareFound(a, b, order, room)
}

export async function compareFound(
  foundA: FoundSide,
  foundB: FoundSide,
  { permissions, ...choices }: CompareChoices,
  { context, onEvent }: JobTools,
): Promise<CompareReport> {
  const elapsed = startStopwatch()
  await using a = await openSide(foundA, context)
  await using b = await openSide(foundB, context)
  const result = await compare({
    a: a.side,
    b: b.side,
    include: choices.include,
    exclude: choices.exclude,
    schemaOnly: choices.schemaOnly,
    values: choices.values,
    onRequest: permissions,
    showRows: choices.showRows,
    context,
    onEvent,
  })
  return { a: a.describe(), b: b.describe(), ...result, seconds: elapsed() }
}

/** A side that is open. `describe` is final when its rows were read. */
interface OpenedSide extends AsyncDisposable {
  readonly side: ComparedSide
  describe(): SideReport
}

async function openSide(found: FoundSide, context: Context): Promise<OpenedSide> {
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
