import type { LogicalType, LogicalTypeOf } from '@albackup/core'
import { decimalTypeOf, exactDecimal, isPlainDecimal, refuse, valueType, whole } from '@albackup/core/printing'
import { foreignType } from '../plan/foreign-types.ts'
import { convertConstant } from './constants.ts'
import type { ExpressionContext } from './context.ts'
import { toText } from './convert-to-text.ts'
import { cast, type Printed } from './printed.ts'
import { asWritten } from './written-constant.ts'

/** A value as a value of another type. `rounded`: a fraction that a whole number has no place for. */
export function asType(printed: Printed, type: LogicalType, context: ExpressionContext, rounded = false): Printed {
  if (valueType(printed) === null) return printed
  if (printed.constant !== undefined)
    return convertConstant(asWritten(printed.constant, printed, type), type, context.purpose === 'computed')
  switch (type.kind) {
    case 'boolean':
      return toBit(printed)
    case 'integer':
      return toInteger(printed, type, rounded)
    case 'decimal':
      return toDecimal(printed, type)
    case 'float':
      return toFloat(printed, type)
    case 'text':
      return toText(printed, type, context)
    case 'date':
    case 'time':
    case 'timestamp':
    case 'instant':
      return toMoment(printed, type)
    default:
      return printed.type.kind === type.kind ? printed : refuse(`${printed.type.kind} becomes ${type.kind}`)
  }
}

function castTo(printed: Printed, type: LogicalType): Printed {
  return cast(printed, foreignType(type).declaration, type)
}

function toBit(printed: Printed): Printed {
  if (printed.type.kind === 'boolean') return printed
  return printed.type.kind === 'integer'
    ? castTo(printed, { kind: 'boolean' })
    : refuse(`${printed.type.kind} becomes boolean`)
}

/** T-SQL drops a fraction. */
function toInteger(printed: Printed, type: LogicalTypeOf<'integer'>, rounded: boolean): Printed {
  const from = printed.type
  switch (from.kind) {
    case 'integer':
      return from.bits === type.bits ? { ...printed, type } : castTo(printed, type)
    case 'boolean':
      return castTo(printed, type)
    case 'decimal':
      return castTo(rounded && from.scale > 0 ? whole(`round(${roomy(printed, from)}, 0)`, from) : printed, type)
    case 'float':
      return rounded ? refuse('a half of a float is rounded to the even') : castTo(printed, type)
    default:
      return refuse(`${from.kind} becomes a whole number`)
  }
}

/** One digit more, for a 9.99 that is rounded up. */
export function roomy(printed: Printed, { precision, scale }: LogicalTypeOf<'decimal'>): string {
  return cast(printed, foreignType(exactDecimal(precision + 1, scale)).declaration, printed.type).sql
}

function toDecimal(printed: Printed, type: LogicalTypeOf<'decimal'>): Printed {
  const from = printed.type
  if (from.kind === 'integer' || from.kind === 'boolean') return castTo(printed, type)
  if (from.kind !== 'decimal') return refuse(`${from.kind} becomes a decimal`)
  if (from.scale === type.scale && from.precision <= type.precision) return { ...printed, type }
  if (from.scale <= type.scale) return castTo(printed, type)
  return castTo(whole(`round(${roomy(printed, from)}, ${type.scale})`, from), type)
}

/** A number as a decimal with every digit that it may have. */
export function asExactDecimal(printed: Printed): Printed {
  const { type } = printed
  if (type.kind === 'decimal' || type.kind === 'null') return printed
  if (type.kind !== 'integer') return refuse(`${type.kind} becomes a decimal of any precision`)
  return toDecimal(printed, decimalTypeOf({ type }))
}

function toFloat(printed: Printed, type: LogicalTypeOf<'float'>): Printed {
  const from = printed.type
  switch (from.kind) {
    case 'float':
      return from.bits === type.bits ? printed : castTo(printed, type)
    case 'integer':
      return from.bits > type.bits ? refuse('a whole number is rounded to a real') : castTo(printed, type)
    case 'decimal':
      if (type.bits === 64 && isPlainDecimal(from)) return castTo(printed, type)
      return refuse('a decimal is rounded to a float')
    default:
      return refuse(`${from.kind} becomes a float`)
  }
}

type MomentType = LogicalTypeOf<'date'> | LogicalTypeOf<'time'> | LogicalTypeOf<'timestamp'> | LogicalTypeOf<'instant'>

const FROM: Readonly<Record<MomentType['kind'], readonly string[]>> = {
  date: ['date', 'timestamp'],
  time: ['time', 'timestamp'],
  timestamp: ['date', 'timestamp'],
  instant: ['instant'],
}

/** Of the source's clock, which is still the clock as a timestamp of as many. */
const CLOCK_DIGITS = 6

/** What an instant is in the session's zone is known of the clock only. */
function toMoment(printed: Printed, type: MomentType): Printed {
  const { clock } = printed
  if (clock !== undefined && type.kind !== 'instant') {
    const shown = castTo(whole(clock.local, { kind: 'timestamp', precision: 7 }), type)
    const isWhole = type.kind === 'timestamp' && type.precision === CLOCK_DIGITS
    return isWhole ? { ...shown, clock } : shown
  }
  if (printed.instant !== undefined && type.kind === 'instant') {
    return castTo(whole(printed.instant, { kind: 'instant', precision: 7 }), type)
  }
  const { type: from } = printed
  if (from.kind === 'instant' && type.kind !== 'instant') return refuse('the date of an instant depends on the session')
  if (!FROM[type.kind].includes(from.kind)) return refuse(`${printed.type.kind} becomes ${type.kind}`)
  // A half goes up here, and away from the year 2000 in the source.
  const isRounded = 'precision' in from && 'precision' in type && from.precision > type.precision
  // More digits than the source has are the clock's.
  if (isRounded && from.precision <= 6 && clock === undefined) return refuse('a time is rounded')
  return JSON.stringify(printed.type) === JSON.stringify(type) ? printed : castTo(printed, type)
}
