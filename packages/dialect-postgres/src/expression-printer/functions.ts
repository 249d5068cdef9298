import type { FunctionName } from '@albackup/core'
import { choose } from './choose.ts'
import type { ExpressionContext } from './context.ts'
import { printDateAdd, printDateDiff, printDateFromParts, printDatePart, printMonthEnd } from './date-functions.ts'
import { printAbs, printIntegerSign, printRound, printSquare, printSquareRoot, printWhole } from './number-functions.ts'
import { NULL, type Printed, refuse } from './printed.ts'
import { requireVolatile, SESSION_FUNCTIONS } from './session-functions.ts'
import {
  printByteLength,
  printCase,
  printConcat,
  printLength,
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
  ceiling: printWhole('ceiling'),
  floor: printWhole('floor'),
  round: printRound,
  sign: printIntegerSign,
  sqrt: printSquareRoot,
  square: printSquare,
  'byte-length': printByteLength,
  left: printPart('left'),
  length: printLength,
  lower: printCase('lower'),
  position: printPosition,
  replace: printReplace,
  reverse: printReverse,
  right: printPart('right'),
  substring: printPart('substring'),
  trim: printTrim('btrim'),
  'trim-left': printTrim('ltrim'),
  'trim-right': printTrim('rtrim'),
  upper: printCase('upper'),
  'date-add': printDateAdd,
  'date-diff': printDateDiff,
  'date-from-parts': printDateFromParts,
  'date-part': printDatePart,
  'month-end': printMonthEnd,
}

export function printCall(name: FunctionName, args: readonly Printed[], context: ExpressionContext): Printed {
  if (name === 'coalesce' || name === 'if-null') return choose(name, args)
  if (name === 'concat') return printConcat(args, context)
  const session = SESSION_FUNCTIONS[name]
  if (session !== undefined) {
    requireVolatile(context)
    return session(context)
  }
  const strict = STRICT[name]
  if (strict === undefined) return refuse(`the function ${name} is not known`)
  return args.some((arg) => arg.type.kind === 'null') ? NULL : strict(args, context)
}
