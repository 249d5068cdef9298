import type { LogicalType, LogicalTypeOf } from '@albackup/core'

/** A type of SQL Server for values that came from another engine, or that this server has no type for. */
export interface ForeignType {
  readonly declaration: string
  /** Every value of the source's type has one and only one value in it. */
  readonly exact: boolean
  /** What is otherwise; empty when there is nothing to say. */
  readonly reason: string
}

type Choice = readonly [declaration: string, reason?: string, exactness?: 'inexact']
type Choose = { readonly [K in LogicalType['kind']]: (type: LogicalTypeOf<K>) => Choice }

const MOST_DIGITS = 38
const LONGEST_NVARCHAR = 4000
const LONGEST_BYTES = 8000

const CHOOSE: Choose = {
  boolean: () => ['bit'],
  integer: ({ bits, signed }) => [bits === 8 ? (signed ? 'smallint' : 'tinyint') : INTEGERS[bits]],
  decimal: ({ precision, scale }) =>
    precision <= MOST_DIGITS
      ? [`decimal(${precision},${scale})`]
      : [`decimal(38,${Math.min(scale, MOST_DIGITS)})`, 'SQL Server has at most 38 digits', 'inexact'],
  float: ({ bits }) => [bits === 32 ? 'real' : 'float'],
  date: () => ['date'],
  time: ({ precision }) => [`time(${precision})`],
  timestamp: ({ precision, step }) => [step === undefined ? `datetime2(${precision})` : STEPS[step]],
  'timestamp-offset': ({ precision }) => [`datetimeoffset(${precision})`],
  instant: ({ precision }) => [`datetimeoffset(${precision})`, 'an instant, with the offset +00:00'],
  uuid: () => ['uniqueidentifier'],
  text: ({ length, unit, fixed }) => {
    if (length === null || length === 0) return ['nvarchar(max)']
    if (unit !== 'characters') return [nationalType(length, fixed)]
    const reason = 'two UTF-16 units for each character, as many as one may take'
    return [nationalType(length * 2, false), reason]
  },
  xml: () => ['xml', 'SQL Server keeps what XML means, not how it was written, which no proof can compare', 'inexact'],
  json: () => ['nvarchar(max)', 'the text of the JSON'],
  binary: ({ length, fixed }) => {
    if (length === null || length === 0 || length > LONGEST_BYTES) return ['varbinary(max)']
    return [`${fixed ? 'binary' : 'varbinary'}(${length})`]
  },
  rowversion: () => ['binary(8)', 'the value it had; nothing changes it any more when the row changes'],
  variant: () => ['sql_variant'],
}

const INTEGERS = { 16: 'smallint', 32: 'int', 64: 'bigint' } as const
const STEPS = { minute: 'smalldatetime', '1/300 second': 'datetime' } as const

/** Room for so many UTF-16 units. */
export function nationalType(units: number, fixed: boolean): string {
  return units > LONGEST_NVARCHAR ? 'nvarchar(max)' : `${fixed ? 'nchar' : 'nvarchar'}(${units})`
}

/** The type of values of that meaning, each of which has its place in it where that can be. */
export function foreignType(logical: LogicalType): ForeignType {
  const choose = CHOOSE[logical.kind] as (type: LogicalType) => Choice
  const [declaration, reason = '', exactness] = choose(logical)
  return { declaration, reason, exact: exactness === undefined }
}
