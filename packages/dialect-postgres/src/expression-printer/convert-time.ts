import type { LogicalTypeOf, TimestampType } from '@albackup/core'
import { DATE, loose, operand, refuse, whole } from '@albackup/core/printing'
import { cast, keepAmbient, type Printed } from './printed.ts'

type TimeType = LogicalTypeOf<'date' | 'time' | 'timestamp' | 'timestamp-offset'>

/**
 * Between dates, times and timestamps; the older timestamps are days since 1900, too. A timestamp without a zone is taken for UTC where it
 * gets one, as in T-SQL.
 */
export function convertTime(printed: Printed, type: TimeType): Printed {
  const from = printed.type
  if (from.kind === 'date' || from.kind === 'timestamp') return fromLocal(printed, from, type)
  if (from.kind === type.kind && (from.kind === 'time' || from.kind === 'timestamp-offset')) {
    return convertSame(printed, from, type)
  }
  if (from.kind === 'integer' && type.kind === 'timestamp' && type.step !== undefined) {
    return keepAmbient(printed, loose(`timestamp '1900-01-01' + ${operand(printed)} * interval '1 day'`, type))
  }
  if (from.kind === 'timestamp-offset' && printed.ambient)
    return refuse('the offset of the clock is the zone of a session')
  return refuse(`the conversion of ${from.kind} to ${type.kind} is not known`)
}

function fromLocal(printed: Printed, from: TimestampType | typeof DATE, type: TimeType): Printed {
  switch (type.kind) {
    case 'date':
      return from.kind === 'date' ? printed : keepAmbient(printed, cast(printed, 'date', DATE))
    case 'timestamp':
      return from.kind === 'date' ? cast(printed, 'timestamp', type) : convertTimestamp(printed, from, type)
    case 'timestamp-offset':
      return whole(`(${operand(printed)} at time zone 'UTC')`, type)
    case 'time':
      if (printed.ambient) return keepAmbient(printed, cast(printed, 'time', type))
      return refuse(`the conversion of ${from.kind} to time is not known`)
  }
}

/** To as many digits or more, unless 1/300 seconds are refined: 0.003 is 0.0033333 as a datetime2. */
function convertTimestamp(printed: Printed, from: TimestampType, type: TimestampType): Printed {
  if (printed.ambient) return readClock(printed, type)
  const same = from.step === type.step && from.precision === type.precision
  if (same || (from.precision < type.precision && from.precision !== 3)) return { ...printed, type }
  return refuse('a timestamp is rounded or refined')
}

function readClock(printed: Printed, type: TimestampType): Printed {
  if (type.step === 'minute') {
    return whole(`date_trunc('minute', ${operand(printed)} + interval '30 seconds')`, type)
  }
  return type.precision === 0 ? cast(printed, 'timestamp(0)', type) : { ...printed, type }
}

function convertSame(printed: Printed, from: { readonly precision: number }, type: TimeType): Printed {
  if (printed.ambient || ('precision' in type && from.precision <= type.precision)) return { ...printed, type }
  return refuse('a time is rounded')
}
