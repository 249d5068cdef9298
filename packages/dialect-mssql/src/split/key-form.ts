import type { Column } from '@albackup/core'
import { quoteText } from '../quote.ts'

/** How a value of a key column is asked for, and how it is written in a statement so that it means the same again. */
export interface KeyForm {
  readonly column: Column
  /** The expression with which the value crosses the wire, given the value's own. */
  select(value: string): string
  /** An expression of the column's own type and collation, so that an index on the column can be used. */
  literal(value: KeyValue): string
}

/** As the driver gives it: text for everything that it would not give exactly. */
export type KeyValue = string | number | Buffer

/** undefined: values of this type have no order, or none that a literal can say. */
export function keyForm(column: Column): KeyForm | undefined {
  const form = FORMS[baseType(column)]
  return form && { column, select: form.select, literal: (value) => form.literal(value, column) }
}

/** `decimal(9,2)` is decimal. */
function baseType({ native }: Column): string {
  return native.declaration.replace(/\(.*/, '').trim().toLowerCase()
}

interface TypeForm {
  select(value: string): string
  literal(value: KeyValue, column: Column): string
}

const converted: TypeForm['literal'] = (value, { native }) => `convert(${native.declaration}, '${value}')`

const INTEGER: TypeForm = { select: (value) => `convert(varchar(20), ${value})`, literal: converted }

const DECIMAL: TypeForm = { select: (value) => `convert(varchar(41), ${value})`, literal: converted }

/** By itself money is written with two digits only. */
const MONEY: TypeForm = {
  select: (value) => `convert(varchar(41), convert(decimal(19,4), ${value}))`,
  literal: (value, { native }) => `convert(${native.declaration}, convert(decimal(19,4), '${value}'))`,
}

/** JavaScript writes a double with the digits that give the same double again. */
const FLOAT: TypeForm = { select: (value) => value, literal: converted }

const TEMPORAL: TypeForm = {
  select: (value) => `convert(varchar(34), ${value}, 121)`,
  literal: (value, { native }) => `convert(${native.declaration}, '${value}', 121)`,
}

const GUID: TypeForm = { select: (value) => `convert(varchar(36), ${value})`, literal: converted }

const BINARY: TypeForm = {
  select: (value) => `convert(varbinary(1700), ${value})`,
  literal: (value) => `0x${(value as Buffer).toString('hex')}`,
}

const TEXT: TypeForm = {
  select: (value) => `convert(nvarchar(1700), ${value})`,
  literal: (value, { native }) =>
    `convert(${native.declaration}, ${quoteText(printable(String(value)))}${collate(native.collation)})`,
}

/** Up to the first character that is none, or that a statement had better not hold: a shorter boundary is as good. */
function printable(text: string): string {
  return /^[^\p{Cc}\p{Cs}]*/u.exec(text)![0]
}

function collate(collation: string | undefined): string {
  return collation === undefined ? '' : ` collate ${collation}`
}

const FORMS: Readonly<Record<string, TypeForm | undefined>> = {
  tinyint: INTEGER,
  smallint: INTEGER,
  int: INTEGER,
  bigint: INTEGER,
  decimal: DECIMAL,
  numeric: DECIMAL,
  money: MONEY,
  smallmoney: MONEY,
  float: FLOAT,
  real: FLOAT,
  date: TEMPORAL,
  time: TEMPORAL,
  datetime: TEMPORAL,
  datetime2: TEMPORAL,
  smalldatetime: TEMPORAL,
  datetimeoffset: TEMPORAL,
  uniqueidentifier: GUID,
  binary: BINARY,
  varbinary: BINARY,
  rowversion: BINARY,
  timestamp: BINARY,
  char: TEXT,
  varchar: TEXT,
  nchar: TEXT,
  nvarchar: TEXT,
}
