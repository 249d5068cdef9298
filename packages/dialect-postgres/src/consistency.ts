import type { Consistency } from '@albackup/core'

export const NO_CONSISTENCY: Consistency = {
  level: 'none',
  verdict:
    'The tables were read one after another while others could write: a change made meanwhile may be in one table and not in another.',
}

export const SNAPSHOT: Consistency = {
  level: 'snapshot',
  verdict: 'All rows are as they were at one point in time: they were read in one transaction at repeatable read.',
}

export const SHARED_SNAPSHOT: Consistency = {
  level: 'snapshot',
  verdict:
    'All rows are as they were at one point in time: every connection read them at repeatable read, in one exported snapshot.',
}
