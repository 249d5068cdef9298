import type { FunctionName } from '@albackup/core'
import { printCoalesce } from './choose.ts'
import type { ExpressionContext } from './context.ts'
import { asExactDecimal } from './convert.ts'
import {
  CLOCKS,
  printAtUtc,
  printDateAdd,
  printDateDiff,
  printDateFromParts,
  printDatePart,
  printDateTruncate,
  printMonthEnd,
} from './date-functions.ts'
import { printAbs, printNumberSign, printRound, printSquare, printSquareRoot, printWhole } from './number-functions.ts'
import { BIGINT, NULL, type Printed, refuse, whole } from './printed.ts'
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

type PrintFunction = (args: readonly Printed[], context: ExpressionContext) => Printed

/** Functions that are NULL when an argument is. */
const STRICT: Readonly<Partial<Record<FunctionName, PrintFunction>>> = {
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
  'at-utc': printAtUtc,
  'date-add': printDateAdd,
  'date-diff': printDateDiff,
  'date-from-parts': printDateFromParts,
  'date-part': printDatePart,
  'date-truncate': printDateTruncate,
  'month-end': printMonthEnd,
}

const SYSNAME = { kind: 'text', length: 128, unit: 'characters', fixed: false } as const

/** What differs from one call, statement or session to the next. */
const AMBIENT: Readonly<Partial<Record<FunctionName, (context: ExpressionContext) => Printed>>> = {
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

export function printCall(name: FunctionName, args: readonly Printed[], context: ExpressionContext): Printed {
  if (name === 'coalesce' || name === 'if-null') return printCoalesce(args, context)
  if (name === 'concat') return printConcat(args, context)
  const ambient = AMBIENT[name]
  if (ambient !== undefined) {
    requireAmbient(context)
    return ambient(context)
  }
  const strict = STRICT[name]
  if (strict === undefined) return refuse(`the function ${name} is not known`)
  return args.some((arg) => arg.type.kind === 'null') ? NULL : strict(args, context)
}

/** Refuses in what SQL Server computes once and keeps. */
function requireAmbient({ purpose }: ExpressionContext): void {
  if (purpose === 'computed' || purpose === 'filter') refuse('it depends on the clock, the session or a sequence')
}

/** Sequences are for defaults alone (Transact-SQL reference, "NEXT VALUE FOR"). */
export function printNextValue(schema: string | null, name: string, context: ExpressionContext): Printed {
  const sequence = context.purpose === 'default' ? context.sequence?.(schema, name) : undefined
  if (sequence === undefined) return refuse(`the sequence ${name} is not to be had there`)
  return whole(`next value for ${sequence}`, BIGINT)
}
