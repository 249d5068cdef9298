import type { FunctionName } from '@albackup/core'
import { BIGINT, type PrintedFunctions, printFunction, refuse, whole } from '@albackup/core/printing'
import { printCoalesce } from './choose.ts'
import { CLOCKS } from './clock.ts'
import type { ExpressionContext } from './context.ts'
import { asExactDecimal } from './convert.ts'
import {
  printAsTimestamp,
  printAtUtc,
  printDateAdd,
  printDateDiff,
  printDateFromParts,
  printDatePart,
  printDateTruncate,
  printMonthEnd,
} from './date-functions.ts'
import { printAbs, printNumberSign, printRound, printSquare, printSquareRoot, printWhole } from './number-functions.ts'
import type { Printed } from './printed.ts'
import {
  printByteLength,
  printCapitals,
  printCharacterCount,
  printConcat,
  printPart,
  printPosition,
  printReplace,
  printReverse,
  printTrim,
} from './text-functions.ts'

type Functions = PrintedFunctions<Printed, ExpressionContext>

const STRICT: Functions['strict'] = {
  abs: printAbs,
  'as-decimal': ([value]) => asExactDecimal(value!),
  ceiling: printWhole('ceiling'),
  floor: printWhole('floor'),
  round: printRound,
  sign: printNumberSign,
  sqrt: printSquareRoot,
  square: printSquare,
  'byte-length': printByteLength,
  'character-count': printCharacterCount,
  left: printPart('left'),
  lower: printCapitals('lower'),
  position: printPosition,
  replace: printReplace,
  reverse: printReverse,
  right: printPart('right'),
  substring: printPart('substring'),
  trim: printTrim('trim'),
  'trim-left': printTrim('ltrim'),
  'trim-right': printTrim('rtrim'),
  upper: printCapitals('upper'),
  'as-timestamp': ([date]) => printAsTimestamp(date!),
  'at-utc': printAtUtc,
  'date-add': printDateAdd,
  'date-diff': printDateDiff,
  'date-from-parts': printDateFromParts,
  'date-part': printDatePart,
  'date-truncate': printDateTruncate,
  'month-end': printMonthEnd,
}

const SYSNAME = { kind: 'text', length: 128, unit: 'characters', fixed: false } as const

const VOLATILE: Functions['volatile'] = {
  ...CLOCKS,
  'new-uuid': () => whole('newid()', { kind: 'uuid' }),
  // Those that ascend are allowed as a default alone, and by themselves.
  'new-ascending-uuid': ({ purpose, target }) => {
    const isDefault = purpose === 'default' && target?.logical.kind === 'uuid'
    return whole(isDefault ? 'newsequentialid()' : 'newid()', { kind: 'uuid' })
  },
  'current-user': () => whole('user_name()', SYSNAME),
  'session-user': () => whole('suser_sname()', SYSNAME),
}

const FUNCTIONS: Functions = {
  strict: STRICT,
  lenient: { coalesce: printCoalesce, 'if-null': printCoalesce, concat: printConcat },
  volatile: VOLATILE,
}

export function printCall(name: FunctionName, args: readonly Printed[], context: ExpressionContext): Printed {
  return printFunction(FUNCTIONS, name, args, context)
}

/** Sequences are for defaults alone (Transact-SQL reference, "NEXT VALUE FOR"). */
export function printNextValue(schema: string | null, name: string, context: ExpressionContext): Printed {
  const sequence = context.purpose === 'default' ? context.sequence?.(schema, name) : undefined
  if (sequence === undefined) return refuse(`the sequence ${name} is not to be had there`)
  return whole(`next value for ${sequence}`, BIGINT)
}
