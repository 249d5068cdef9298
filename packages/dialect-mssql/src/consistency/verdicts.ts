import type { Consistency } from '@albackup/core'

export const NO_CONSISTENCY: Consistency = {
  level: 'none',
  verdict:
    'The tables were read one after another while others could write: a change made meanwhile may be in one table and not in another, and a row that moved may be missing or there twice.',
}

export const SNAPSHOT: Consistency = {
  level: 'snapshot',
  verdict:
    'All rows are as they were at one point in time: they were read in one transaction under snapshot isolation.',
}

/** The same, where several connections were wanted; `reason` is why there is only one. */
export function snapshotOfOneConnection(reason: string): Consistency {
  return { level: 'snapshot', verdict: `${SNAPSHOT.verdict} One connection read everything: ${reason}.` }
}

/** Several connections; `proven` when the server itself has confirmed what the lock promises. */
export function sharedSnapshot(proven: boolean): Consistency {
  const began =
    'All rows are as they were at one point in time: every connection read them under snapshot isolation, in a transaction that began while shared locks kept writers from all tables.'
  const grounds = proven
    ? 'Proven: the server listed the locks on all tables and the snapshot of every connection together.'
    : 'This rests on the locks: the login may not look at the transactions of the server (VIEW SERVER STATE) to prove it.'
  return { level: 'snapshot', verdict: `${began} ${grounds}` }
}

export const READ_ONLY_DATABASE: Consistency = {
  level: 'snapshot',
  verdict:
    'All rows are as they were at one point in time: every connection read them under snapshot isolation, and the database is read-only.',
}

/** Without a snapshot. */
export const NOBODY_WRITES: Consistency = {
  level: 'none',
  verdict: 'All rows are as they were at one point in time, because the database is read-only.',
}

export function databaseSnapshot(name: string): Consistency {
  return {
    level: 'database-snapshot',
    verdict: `All rows are as they were at one point in time: they were read from the database snapshot ${name}, which was made for it and dropped afterwards.`,
  }
}
