import type { FunctionName } from '@albackup/core'
import { type PrintedFunctions, printFunction } from '@albackup/core/printing'
import { choose } from './choose.ts'
import type { ExpressionContext } from './context.ts'
import { printDateAdd, printDateDiff, printDateFromParts, printDatePart, printMonthEnd } from './date-functions.ts'
import { printAbs, printNumberSign, printRound, printSquare, printSquareRoot, printWhole } from './number-functions.ts'
import type { Printed } from './printed.ts'
import { SESSION_FUNCTIONS } from './session-functions.ts'
import {
  printByteLength,
  printCase,
  printConcat,
  printLength,
  printPart,
  printReverse,
  printTrim,
} from './text-functions.ts'
import { printPosition, printReplace } from './text-search.ts'

type Functions = PrintedFunctions<Printed, ExpressionContext>

const STRICT: Functions['strict'] = {
  abs: printAbs,
  ceiling: printWhole('ceiling'),
  floor: printWhole('floor'),
  round: printRound,
  sign: printNumberSign,
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

const FUNCTIONS: Functions = {
  strict: STRICT,
  lenient: {
    coalesce: (args) => choose('coalesce', args),
    'if-null': (args) => choose('if-null', args),
    concat: printConcat,
  },
  volatile: SESSION_FUNCTIONS,
}

export function printCall(name: FunctionName, args: readonly Printed[], context: ExpressionContext): Printed {
  return printFunction(FUNCTIONS, name, args, context)
}
