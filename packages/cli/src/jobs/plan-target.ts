import { type Dialect, type MappingPolicy, type RestorePlan, type SchemaModel, UsageError } from '@albackup/core'
import { describeConnection, isUrl } from '../connections/connection-url.ts'
import { findTarget } from '../connections/find-target.ts'
import { type DiscoveredDialects, findDialect } from '../plugins/discover-dialects.ts'
import type { JobRoom } from './job-room.ts'

/** What `plan` wants to know of the target. */
export interface TargetOrder {
  readonly target: string | undefined
  /** Plan for an empty database, and connect to none. */
  readonly offline: boolean
}

/** Makes plans for a target, connected to or not. */
export interface Planner extends AsyncDisposable {
  readonly dialect: Dialect
  readonly target: string
  plan(model: SchemaModel): Promise<RestorePlan> | RestorePlan
  quote(...parts: readonly string[]): string
}

export async function openPlanner(order: TargetOrder, room: JobRoom): Promise<Planner> {
  const dialects = await room.dialects()
  if (order.target === undefined && room.configuration === undefined) throw nothingNamed(dialects)
  if (order.offline) return offlinePlanner(await findOffline(order.target, dialects, room))
  const found = await findTarget(
    { named: order.target, allowRestore: false, changesNothing: true, without: 'With --offline none is needed.' },
    room.configuration,
    dialects,
    room.passwordSources,
  )
  const { dialect } = found.plugged
  if (dialect.openTarget === undefined) throw new UsageError(`cannot plan: dialect ${dialect.name} is only for sources`)
  const target = await dialect.openTarget(found.connection, room.context)
  return {
    dialect,
    target: describeConnection(dialect.name, found.connection),
    plan: (model) => target.plan(model, found.policy),
    quote: (...parts) => target.quote(...parts),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}

function nothingNamed({ plugged }: DiscoveredDialects): UsageError {
  const names = plugged.map(({ dialect }) => dialect.name)
  return new UsageError('cannot plan: there is no albackup.json here, and no --target', {
    hint: `Name what to plan for: --target ${names.join(' or --target ')}.`,
  })
}

interface OfflineTarget {
  readonly dialect: Dialect
  readonly policy: MappingPolicy
}

/** The name of a dialect is enough; an entry or a URL says which dialect and policy, and is not connected to. */
async function findOffline(
  named: string | undefined,
  dialects: DiscoveredDialects,
  room: JobRoom,
): Promise<OfflineTarget> {
  const { configuration, passwordSources } = room
  const entry = named !== undefined && configuration !== undefined && Object.hasOwn(configuration.targets, named)
  const plugged = named === undefined || isUrl(named) || entry ? undefined : findDialect(dialects, named)
  if (plugged !== undefined) {
    const { dialect } = plugged
    return { dialect, policy: { ...configuration?.mapping[dialect.name] } }
  }
  const request = { named, allowRestore: false, changesNothing: true }
  const found = await findTarget(request, configuration, dialects, passwordSources)
  return { dialect: found.plugged.dialect, policy: found.policy }
}

function offlinePlanner({ dialect, policy }: OfflineTarget): Planner {
  const { planForEmpty } = dialect
  if (planForEmpty === undefined) {
    throw new UsageError(`cannot plan: dialect ${dialect.name} plans with a connection only`, {
      hint: 'Leave out --offline.',
    })
  }
  return {
    dialect,
    target: `an empty ${dialect.title} database`,
    plan: (model) => planForEmpty(model, policy),
    quote: (...parts) => parts.join('.'),
    [Symbol.asyncDispose]: async () => {},
  }
}
