import type { LogicalType, TimestampType } from '@albackup/core'
import { loose, whole } from '@albackup/core/printing'
import type { Printed } from './printed.ts'

const NOW: TimestampType = { kind: 'timestamp', precision: 7 }
const UTC_AS_LOCAL = 'todatetimeoffset(sysutcdatetime(), datepart(tzoffset, sysdatetimeoffset()))'

/** The clock, which is read once for a statement. */
export const CLOCKS = {
  now: localClock,
  'now-fine': localClock,
  'now-utc': utcClock,
  'now-utc-fine': utcClock,
  // Beside an instant, and in a column of them, it stands for the instant with the offset +00:00.
  'now-offset': () => clock('sysutcdatetime()', { kind: 'instant', precision: 6 }),
} as const

function localClock(): Printed {
  return { ...clock('sysdatetime()', NOW), instant: 'sysutcdatetime()' }
}

function utcClock(): Printed {
  return { ...loose('sysutcdatetime()', NOW), instant: UTC_AS_LOCAL }
}

function clock(sql: string, type: LogicalType): Printed {
  return { ...whole(sql, type), clock: { local: 'sysdatetime()' } }
}

/** An instant of the clock as it is shown in the session's zone; all else as it is. */
export function shownLocally(date: Printed): Printed {
  return date.clock !== undefined && date.type.kind === 'instant' ? whole(date.clock.local, NOW) : date
}
