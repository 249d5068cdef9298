import type { LogicalType } from '@albackup/core'
import { quote } from './quote.ts'

/** A type as the catalog describes it: sys.columns and sys.types, or the properties of a variant. */
export interface CatalogType {
  /** The built-in type's name in lower case; for a CLR type its own name. */
  readonly type: string
  /** In bytes; -1 for (max). */
  readonly maxLength: number
  readonly precision: number
  readonly scale: number
}

/** The schema of a type that is neither built in nor an alias. */
export interface ClrType {
  readonly schema: string
  readonly name: string
}

export interface DescribedType {
  /** As it is declared: 'nvarchar(50)', 'decimal(19,4)'. */
  readonly declaration: string
  readonly logical: LogicalType
}

type Describe = (type: CatalogType) => DescribedType

/** Every built-in type of SQL Server 2017 to 2025, by its name in sys.types; `rowversion` is called `timestamp` there. */
const BUILT_IN: Readonly<Record<string, Describe>> = {
  bit: plain('bit', { kind: 'boolean' }),
  tinyint: plain('tinyint', { kind: 'integer', bits: 8, signed: false }),
  smallint: plain('smallint', { kind: 'integer', bits: 16, signed: true }),
  int: plain('int', { kind: 'integer', bits: 32, signed: true }),
  bigint: plain('bigint', { kind: 'integer', bits: 64, signed: true }),
  decimal: decimal('decimal'),
  numeric: decimal('numeric'),
  money: plain('money', { kind: 'decimal', precision: 19, scale: 4 }),
  smallmoney: plain('smallmoney', { kind: 'decimal', precision: 10, scale: 4 }),
  real: plain('real', { kind: 'float', bits: 32 }),
  float: plain('float', { kind: 'float', bits: 64 }),
  date: plain('date', { kind: 'date' }),
  time: ({ scale }) => ({ declaration: `time(${scale})`, logical: { kind: 'time', precision: scale } }),
  smalldatetime: plain('smalldatetime', { kind: 'timestamp', precision: 0, step: 'minute' }),
  datetime: plain('datetime', { kind: 'timestamp', precision: 3, step: '1/300 second' }),
  datetime2: ({ scale }) => ({ declaration: `datetime2(${scale})`, logical: { kind: 'timestamp', precision: scale } }),
  datetimeoffset: ({ scale }) => ({
    declaration: `datetimeoffset(${scale})`,
    logical: { kind: 'timestamp-offset', precision: scale },
  }),
  char: text('char', 'bytes', true),
  varchar: text('varchar', 'bytes', false),
  nchar: text('nchar', 'utf16', true),
  nvarchar: text('nvarchar', 'utf16', false),
  text: plain('text', { kind: 'text', length: null, unit: 'bytes', fixed: false }),
  ntext: plain('ntext', { kind: 'text', length: null, unit: 'utf16', fixed: false }),
  binary: binary('binary', true),
  varbinary: binary('varbinary', false),
  image: plain('image', { kind: 'binary', length: null, fixed: false }),
  timestamp: plain('rowversion', { kind: 'rowversion' }),
  uniqueidentifier: plain('uniqueidentifier', { kind: 'uuid' }),
  xml: plain('xml', { kind: 'xml' }),
  json: plain('json', { kind: 'json' }),
  // A vector has 8 bytes of header and 4 for each dimension; it travels as the text of a JSON array.
  vector: ({ maxLength }) => ({ declaration: `vector(${(maxLength - 8) / 4})`, logical: { kind: 'json' } }),
  sql_variant: plain('sql_variant', { kind: 'variant' }),
  hierarchyid: serialised('hierarchyid'),
  geometry: serialised('geometry'),
  geography: serialised('geography'),
}

/** The declaration and the meaning of a built-in type; undefined when there is no such type. */
export function describeType(type: CatalogType): DescribedType | undefined {
  return Object.hasOwn(BUILT_IN, type.type) ? BUILT_IN[type.type]!(type) : undefined
}

/** A user's CLR type: its values are the bytes of its own serialisation. */
export function describeClrType({ schema, name }: ClrType): DescribedType {
  return {
    declaration: quote(schema, name),
    logical: { kind: 'binary', length: null, fixed: false, content: 'clr' },
  }
}

function plain(declaration: string, logical: LogicalType): Describe {
  const described = { declaration, logical }
  return () => described
}

function decimal(name: string): Describe {
  return ({ precision, scale }) => ({
    declaration: `${name}(${precision},${scale})`,
    logical: { kind: 'decimal', precision, scale },
  })
}

function text(name: string, unit: 'bytes' | 'utf16', fixed: boolean): Describe {
  return ({ maxLength }) => {
    const length = maxLength === -1 ? null : unit === 'utf16' ? maxLength / 2 : maxLength
    return { declaration: `${name}(${length ?? 'max'})`, logical: { kind: 'text', length, unit, fixed } }
  }
}

function binary(name: string, fixed: boolean): Describe {
  return ({ maxLength }) => {
    const length = maxLength === -1 ? null : maxLength
    return { declaration: `${name}(${length ?? 'max'})`, logical: { kind: 'binary', length, fixed } }
  }
}

function serialised(content: string): Describe {
  return plain(content, { kind: 'binary', length: null, fixed: false, content })
}
