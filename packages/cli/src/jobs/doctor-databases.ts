import {
  type Connection,
  type Context,
  detectReplication,
  type MissingRight,
  type SchemaModel,
  type Scope,
  type Session,
  UsageError,
} from '@albackup/core'
import { describeConnection } from '../connections/connection-url.ts'
import type { FoundConnection } from '../connections/find-source.ts'
import type { FoundTarget } from '../connections/find-target.ts'
import { asExpectedFailure } from '../failures/expected-failure.ts'
import { countOf, formatBytes } from '../reporter/quantities.ts'
import type { Check, DatabaseReport } from './doctor-report.ts'

/** What an examination found out, and how large a dump will be. */
export interface Examination {
  readonly report: DatabaseReport
  /** Bytes of rows, from the server's statistics; null when not known. */
  readonly bytes: number | null
  /** Equal for connections to the same database; null when it could not be made out. */
  readonly place: string | null
}

/** Opens the database as a dump of that scope would, and changes nothing. */
export async function examineSource(found: FoundConnection, scope: Scope, context: Context): Promise<Examination> {
  const { dialect } = found.plugged
  return examine('source', found, context, async (connection, listening, checks) => {
    if (dialect.openSource === undefined)
      throw new UsageError(`cannot dump: dialect ${dialect.name} is only for targets`)
    await using source = await dialect.openSource(connection, listening)
    checks.push({ subject: 'consistency', state: 'good', message: `a dump now: ${source.consistency.verdict}` })
    const missingRights = (await source.missingRights?.()) ?? null
    const model = await attempt(checks, () => source.reflect(scope))
    if (model === undefined) return { server: source.server, missingRights, bytes: null }
    const estimates = (await attempt(checks, () => source.estimate(model))) ?? []
    const bytes = estimates.reduce((sum, one) => sum + one.bytes, 0)
    const rows = estimates.reduce((sum, one) => sum + one.rows, 0)
    const size = `${countOf(model.tables.length, 'table')}, about ${countOf(rows, 'row')}, ${formatBytes(bytes)}`
    checks.push({ subject: 'schema', state: 'good', message: size }, ...checkReplication(model, source))
    return { server: source.server, missingRights, bytes }
  })
}

/** Opens the database as a restore would, and changes nothing. */
export async function examineTarget(found: FoundTarget, context: Context): Promise<Examination> {
  const { dialect } = found.plugged
  return examine('target', found, context, async (connection, listening, checks) => {
    if (dialect.openTarget === undefined)
      throw new UsageError(`cannot restore: dialect ${dialect.name} is only for sources`)
    await using target = await dialect.openTarget(connection, listening)
    const missingRights = (await target.missingRights?.()) ?? null
    const model = await attempt(checks, () => target.reflect())
    const there = model === undefined ? '' : `${countOf(model.tables.length, 'table')} there; `
    const allowed = found.allowRestore
      ? 'a restore may drop those of the backup'
      : 'a restore may create tables, and drop none'
    checks.push({ subject: 'schema', state: 'good', message: `${there}${allowed}` })
    return { server: target.server, missingRights, bytes: null }
  })
}

type Findings = Pick<DatabaseReport, 'server' | 'missingRights'> & Pick<Examination, 'bytes'>

/** What the session warns of becomes advice; a failure to open it becomes the report's. */
async function examine(
  role: DatabaseReport['role'],
  { plugged, connection }: FoundConnection,
  context: Context,
  look: (connection: Connection, listening: Context, checks: Check[]) => Promise<Findings>,
): Promise<Examination> {
  const checks: Check[] = []
  const database = describeConnection(plugged.dialect.name, connection)
  const place = placeOf(connection)
  const warn = (message: string) => checks.push({ subject: 'warning', state: 'advice', message })
  try {
    const { bytes, ...findings } = await look(connection, { ...context, warn }, checks)
    return { report: { role, database, ...findings, checks, failure: null }, bytes, place }
  } catch (error) {
    return { report: { ...failedReport(role, database, error, context), checks }, bytes: null, place }
  }
}

function placeOf({ dialect, host, port, database }: Connection): string {
  return describeConnection(dialect, { host, ...(port === undefined ? {} : { port }), database }).toLowerCase()
}

/** A target that is the source as well: it may be meant, and it may be the mistake that costs a database. */
export function checkTwice(examinations: readonly Examination[]): readonly Check[] {
  const sources = new Set(examinations.filter(({ report }) => report.role === 'source').map(({ place }) => place))
  return examinations
    .filter(({ report, place }) => report.role === 'target' && place !== null && sources.has(place))
    .map(({ report }) => ({
      subject: 'target',
      state: 'advice',
      message: `${report.database} is source and target`,
      hint: 'When that is not meant: "allow_restore": false keeps every restore away from it.',
    }))
}

/** The report of a database that could not be opened. Throws the error again when it is a bug, or the user's interruption. */
export function failedReport(
  role: DatabaseReport['role'],
  database: string,
  error: unknown,
  { signal }: Context,
): DatabaseReport {
  const failure = asExpectedFailure(error, 'albackup doctor')
  if (failure === undefined || signal.aborted) throw error
  const { code, exitStatus, message, hint } = failure
  return { role, database, server: null, checks: [], missingRights: null, failure: { code, exitStatus, message, hint } }
}

/** undefined, with a fault among the checks, when it fails as can be expected of a login that lacks rights. */
async function attempt<T>(checks: Check[], action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action()
  } catch (error) {
    const failure = asExpectedFailure(error, 'albackup doctor')
    if (failure === undefined) throw error
    const { message, hint } = failure
    checks.push({ subject: 'schema', state: 'fault', message, ...(hint === undefined ? {} : { hint }) })
    return undefined
  }
}

function checkReplication(model: SchemaModel, { quote }: Pick<Session, 'quote'>): readonly Check[] {
  return detectReplication(model).map(({ profile, schema, prefix }) => ({
    subject: 'replication',
    state: 'advice',
    message: `replicated by ${profile}: ${quote(schema, `${prefix}_*`)}`,
    hint: 'A dump leaves its state out unless --replication says otherwise; docs/replication.md has the procedures.',
  }))
}

/** Those without which the job fails first. */
export function byNeed(rights: readonly MissingRight[]): readonly MissingRight[] {
  const isNeeded = ({ severity }: MissingRight) => Number(severity === 'needed')
  return rights.toSorted((one, other) => isNeeded(other) - isNeeded(one))
}
