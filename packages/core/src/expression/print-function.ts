import type { DatePart, FunctionName } from './expression.ts'
import { refuse } from './not-proven.ts'
import { type PrintContext, requireVolatile } from './print-context.ts'
import { NULL, type PrintedExpression } from './printed.ts'

type Functions<Print> = Readonly<Partial<Record<FunctionName, Print>>>

/** How a dialect prints the functions of docs/expressions.md, each in one of these; one that is in none is refused. */
export interface PrintedFunctions<Printed, Context> {
  /** NULL when an argument is. */
  readonly strict: Functions<(args: readonly Printed[], context: Context) => PrintedExpression>
  /** What becomes of NULL is the function's own affair. */
  readonly lenient: Functions<(args: readonly Printed[], context: Context) => PrintedExpression>
  /** Without arguments; different from one call, statement or session to the next. */
  readonly volatile: Functions<(context: Context) => PrintedExpression>
}

export function printFunction<Printed extends PrintedExpression, Context extends Pick<PrintContext, 'purpose'>>(
  { strict, lenient, volatile }: PrintedFunctions<Printed, Context>,
  name: FunctionName,
  args: readonly Printed[],
  context: Context,
): PrintedExpression {
  const printVolatile = volatile[name]
  if (printVolatile !== undefined) {
    requireVolatile(context)
    return printVolatile(context)
  }
  const printLenient = lenient[name]
  if (printLenient !== undefined) return printLenient(args, context)
  const printStrict = strict[name] ?? refuse(`the function ${name} is not known`)
  return args.some(({ type }) => type.kind === 'null') ? NULL : printStrict(args, context)
}

/** An argument that must be a whole number written out. */
export function literalInteger({ constant }: PrintedExpression): number {
  return constant?.type === 'integer' ? Number(constant.digits) : refuse('an argument is not a literal')
}

/** The argument that names a part of a date. */
export function literalDatePart({ constant }: PrintedExpression): DatePart {
  return constant?.type === 'text' ? (constant.text as DatePart) : refuse('a part of a date is no literal')
}
