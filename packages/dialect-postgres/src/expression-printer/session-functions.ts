import {
  BIGINT,
  type ExpressionType,
  type PrintedFunctions,
  refuse,
  requireVolatile,
  whole,
} from '@albackup/core/printing'
import { quoteText } from '../quote.ts'
import type { ExpressionContext } from './context.ts'
import { DATETIME, type Printed } from './printed.ts'

const SYSNAME = { kind: 'text', length: 128, unit: 'utf16', fixed: false } as const
const DATETIME2 = { kind: 'timestamp', precision: 7 } as const

/** The clock as it was when the statement began: T-SQL reads it once for a statement too, not once for a transaction. */
const CLOCK = 'statement_timestamp()'

const utc = `(${CLOCK} at time zone 'UTC')`

function localClock(context: ExpressionContext): string {
  if (context.timeZone === undefined) return `${CLOCK}::timestamp`
  return `(${CLOCK} at time zone ${quoteText(context.timeZone).trimStart()})`
}

const ambient = (sql: string, type: ExpressionType): Printed => ({ ...whole(sql, type), ambient: true })

const name = (sql: string): Printed => ({ ...ambient(sql, SYSNAME), sized: true })

/** What differs from one call, statement or session to the next. Uuids here are random, also those that ascend in the source. */
export const SESSION_FUNCTIONS: PrintedFunctions<Printed, ExpressionContext>['volatile'] = {
  now: (context) => ambient(localClock(context), DATETIME),
  'now-fine': (context) => ambient(localClock(context), DATETIME2),
  'now-utc': () => ambient(utc, DATETIME),
  'now-utc-fine': () => ambient(utc, DATETIME2),
  'now-offset': () => ambient(CLOCK, { kind: 'timestamp-offset', precision: 7 }),
  'new-uuid': () => whole('gen_random_uuid()', { kind: 'uuid' }),
  'new-ascending-uuid': () => whole('gen_random_uuid()', { kind: 'uuid' }),
  'application-name': () => name("current_setting('application_name')"),
  'database-name': () => name('current_database()::text'),
  'current-user': () => name('current_user::text'),
  'session-user': () => name('session_user::text'),
}

export function printNextValue(schema: string | null, name: string, context: ExpressionContext): Printed {
  requireVolatile(context)
  const sequence = context.sequence?.(schema, name)
  if (sequence === undefined) return refuse(`the sequence ${name} is not in the target`)
  return whole(`nextval(${quoteText(sequence).trimStart()})`, BIGINT)
}
