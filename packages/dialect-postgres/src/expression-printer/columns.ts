import type { ExpressionOf, LogicalType } from '@albackup/core'
import { refuse, whole } from '@albackup/core/printing'
import { quote } from '../quote.ts'
import type { ContextColumn, ExpressionContext } from './context.ts'
import type { Printed } from './printed.ts'

type ColumnExpression = ExpressionOf<'column'>

export function printColumn({ name, of }: ColumnExpression, context: ExpressionContext): Printed {
  const column = context.column(name, of)
  if (column === undefined) return refuse(`the column ${name} is not in the target`)
  if (!holds(column)) return refuse(`the column ${name} has another type in the target`)
  const printed = whole(plainText(column), column.logical)
  return column.inferred ? printed : { ...printed, column: true, ...(isScaled(column) && { scaled: true }) }
}

/** A mapping may keep decimals with more digits, or with as many as each value has. */
function isScaled({ logical, type }: ContextColumn): boolean {
  const scale = /^(?:numeric|decimal)\(\d+, ?(\d+)\)$/.exec(type)?.[1]
  return logical.kind === 'decimal' && logical.scale === Number(scale)
}

/**
 * A column that ignores upper and lower case by itself is made to compare by its characters, as all that is printed expects: by those of
 * "C", for in one expression no two collations may be named. */
function plainText(column: ContextColumn): string {
  const name = columnName(column)
  if (column.type.endsWith('citext')) return `${name}::text`
  return column.type.includes(' collate ') ? `(${name} collate "C")` : name
}

/** A column as it is. */
export function columnName({ name, of }: ContextColumn): string {
  return of === undefined ? quote(name) : quote(of, name)
}

const TARGET_TYPES: Readonly<Partial<Record<LogicalType['kind'], RegExp>>> = {
  boolean: /^bool/,
  integer: /^(smallint|integer|bigint|int[248]?$)/,
  decimal: /^(numeric|decimal)/,
  float: /^(real|double precision|float)/,
  date: /^date$/,
  time: /^time(\(\d\))?( without time zone)?$/,
  timestamp: /^timestamp ?(\(\d\))?( without time zone)?$/,
  'timestamp-offset': /^timestamp(tz|.* with time zone)/,
  uuid: /^uuid$/,
  text: /^(text|varchar|char|character|bpchar|("[^"]+"\.)?citext)/,
  binary: /^bytea$/,
}

/** Whether the target keeps the column in the type that is usual for it; a mapping may choose another. Of the other kinds no value is printed. */
export function holds(column: ContextColumn): boolean {
  return TARGET_TYPES[column.logical.kind]?.test(column.type) ?? true
}
