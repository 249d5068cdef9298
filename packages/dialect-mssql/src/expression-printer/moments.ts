import type { LogicalTypeOf } from '@albackup/core'
import { refuse, whole } from '@albackup/core/printing'
import { foreignType } from '../plan/foreign-types.ts'
import type { Printed } from './printed.ts'

type MomentType = LogicalTypeOf<'date' | 'time' | 'timestamp' | 'instant'>

const DATE = /(\d{4})-(\d\d)-(\d\d)/.source
const TIME = /([01]\d|2[0-3]):(\d\d):(\d\d)(?:\.(\d{1,6}))?/.source

/** As PostgreSQL prints them in its style ISO. */
const FORMS: Readonly<Record<MomentType['kind'], RegExp>> = {
  date: new RegExp(`^${DATE}$`),
  time: new RegExp(`^${TIME}$`),
  timestamp: new RegExp(`^${DATE} ${TIME}$`),
  instant: new RegExp(`^${DATE} ${TIME}([+-])(\\d\\d)(?::(\\d\\d))?$`),
}

/**
 * A date or time in a form that means the same in every session. `steady`: without a text, for a conversion of texts is not
 * deterministic, as a column that is stored must be.
 */
export function printMoment(text: string, type: MomentType, steady: boolean): Printed {
  const match = FORMS[type.kind].exec(text)
  if (match === null || text.startsWith('0000')) return refuse(`the literal '${text}' is no ${type.kind} of SQL Server`)
  const [, ...parts] = match
  const sql = steady ? fromParts(parts, type) : `cast('${plainText(text, type)}' as ${foreignType(type).declaration})`
  return { ...whole(sql, type), constant: { type: 'moment', text } }
}

function plainText(text: string, type: MomentType): string {
  const hasPrecision = type.kind !== 'date' && (/\.(\d+)/.exec(text)?.[1]?.length ?? 0) > type.precision
  if (hasPrecision) return refuse('a literal is rounded')
  return type.kind === 'instant'
    ? text.replace(/([+-]\d\d)(:\d\d)?$/, (_, hours, rest = ':00') => ` ${hours}${rest}`)
    : text
}

function fromParts(parts: readonly (string | undefined)[], type: MomentType): string {
  const numbers = parts.map((part = '0') => Number(part))
  switch (type.kind) {
    case 'date':
      return `datefromparts(${numbers.join(', ')})`
    case 'time':
      return `timefromparts(${[...numbers.slice(0, 3), ...fraction(parts[3], type.precision)].join(', ')})`
    case 'timestamp':
      return `datetime2fromparts(${[...numbers.slice(0, 6), ...fraction(parts[6], type.precision)].join(', ')})`
    case 'instant': {
      const sign = parts[7] === '-' ? -1 : 1
      const offset = [numbers[8]! * sign, numbers[9]! * sign].map((each) => each || 0)
      const [digits, precision] = fraction(parts[6], type.precision)
      return `datetimeoffsetfromparts(${[...numbers.slice(0, 6), digits, ...offset, precision].join(', ')})`
    }
  }
}

/** The fraction in units of the last of `precision` digits, and how many these are. */
function fraction(digits = '', precision: number): readonly [number, number] {
  if (digits.length > precision) return refuse('a literal is rounded')
  return [Number(digits.padEnd(precision, '0')), precision]
}
