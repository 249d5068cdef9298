import type { DatePart } from '@albackup/core'
import { NotUnderstood, type TokenCursor } from './token-cursor.ts'

/** Names and abbreviations (Transact-SQL reference, DATEPART); the weekday depends on the session's DATEFIRST. */
const PARTS: Readonly<Record<Exclude<DatePart, 'weekday'>, readonly string[]>> = {
  year: ['year', 'yy', 'yyyy'],
  quarter: ['quarter', 'qq', 'q'],
  month: ['month', 'mm', 'm'],
  dayofyear: ['dayofyear', 'dy', 'y'],
  day: ['day', 'dd', 'd'],
  week: ['week', 'wk', 'ww'],
  'iso-week': ['iso_week', 'isowk', 'isoww'],
  hour: ['hour', 'hh'],
  minute: ['minute', 'mi', 'n'],
  second: ['second', 'ss', 's'],
}

const BY_NAME: ReadonlyMap<string, DatePart> = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part as DatePart])),
)

/** Reads `month`, `mm` or, as PostgreSQL prints it, `'month'`. */
export function parseDatePart(cursor: TokenCursor): DatePart {
  const token = cursor.take()
  const part = token.kind === 'word' || token.kind === 'text' ? BY_NAME.get(token.text.toLowerCase()) : undefined
  if (part === undefined) throw new NotUnderstood()
  return part
}
