import { randomBytes } from 'node:crypto'
import {
  type Consistency,
  type Context,
  InterruptedError,
  type Json,
  type QualifiedName,
  SourceError,
} from '@albackup/core'
import type { MssqlConnection } from '../connection-settings.ts'
import { quote } from '../quote.ts'
import { isBug, reasonOf } from '../server-errors.ts'
import { DATABASE_ROLE, type DatabaseRole } from './database-role.ts'
import { isProven, locksHeld } from './proof.ts'
import { TableLocks } from './table-locks.ts'
import type { SnapshotTicket } from './ticket.ts'
import { READ_ONLY_DATABASE, sharedSnapshot, snapshotOfOneConnection } from './verdicts.ts'

export interface Sharing {
  /** Begins the source's own transaction anew. */
  join(ticket: SnapshotTicket): Promise<void>
  /** On the source's connection. */
  query<Row>(sql: string): Promise<readonly Row[]>
  readonly settings: MssqlConnection
  readonly tables: readonly QualifiedName[]
  readonly context: Context
}

/** What came of it: `shared` is false when `open` has not been called. */
export interface Shared {
  readonly shared: boolean
  readonly consistency: Consistency
}

/**
 * A snapshot cannot be handed from one connection to another, but snapshots that begin while nobody can write are the same. So
 * shared locks are taken on all tables for as long as the source and its readers begin theirs; writers wait for that moment,
 * and are not held up by the reading itself. See docs/decisions/0005-one-point-in-time.md.
 */
export async function shareSnapshot(sharing: Sharing, open: (ticket: Json) => Promise<void>): Promise<Shared> {
  const [role] = await sharing.query<DatabaseRole>(DATABASE_ROLE)
  if (role?.readOnly) {
    const ticket = newTicket(sharing.tables)
    await sharing.join(ticket)
    await open(ticket)
    return { shared: true, consistency: READ_ONLY_DATABASE }
  }
  if (role?.secondary) return notShared('a secondary replica goes on changing whatever is locked')
  return shareBehindLocks(sharing, open)
}

async function shareBehindLocks(sharing: Sharing, open: (ticket: Json) => Promise<void>): Promise<Shared> {
  const locks = await takeLocks(sharing)
  if (typeof locks === 'string') return notShared(locks)
  try {
    const ticket = newTicket(sharing.tables)
    await sharing.join(ticket)
    await open(ticket)
    const proven = await isProven(locks, ticket)
    if (!(await locks.areHeld())) throw new SourceError('the locks were lost while the readers began')
    return { shared: true, consistency: sharedSnapshot(proven) }
  } finally {
    await locks[Symbol.asyncDispose]()
  }
}

function notShared(reason: string): Shared {
  return { shared: false, consistency: snapshotOfOneConnection(reason) }
}

/** A text: why there are none. */
async function takeLocks({ settings, tables, context }: Sharing): Promise<TableLocks | string> {
  let locks: TableLocks | undefined
  try {
    locks = await TableLocks.take(settings, tables, context)
    const held = await locksHeld(locks)
    if ((held === undefined || held === tables.length) && (await locks.areHeld())) return locks
    await locks[Symbol.asyncDispose]()
    return held === undefined
      ? 'the server let go of the locks'
      : `the server lists locks on ${held} of ${tables.length} tables`
  } catch (error) {
    await locks?.[Symbol.asyncDispose]()
    if (context.signal.aborted) throw new InterruptedError('the job was stopped', { cause: error })
    if (isBug(error)) throw error
    return `the tables could not be locked for the moment it takes to begin together (${reasonOf(error)})`
  }
}

function newTicket([first]: readonly QualifiedName[]): SnapshotTicket {
  const touch = first === undefined ? null : quote(first.schema, first.name)
  return { level: 'snapshot', touch, mark: randomBytes(16).toString('hex') }
}
