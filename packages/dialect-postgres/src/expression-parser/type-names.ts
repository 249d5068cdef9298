import type { LogicalType } from '@albackup/core'
import { notUnderstood, type TokenCursor } from './token-cursor.ts'
import { INT } from './tree.ts'

/** A type as format_type writes it. */
export interface TypeName {
  /** In PostgreSQL's words; of a user's own type with its schema. */
  readonly name: string
  /** Numbers in parentheses behind it. */
  readonly modifiers: readonly number[]
  readonly isArray: boolean
}

/** Second words of types whose name is two; with the modifier in front of or behind them. */
const TAILS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  character: [['varying']],
  bit: [['varying']],
  double: [['precision']],
  timestamp: [
    ['without', 'time', 'zone'],
    ['with', 'time', 'zone'],
  ],
  time: [
    ['without', 'time', 'zone'],
    ['with', 'time', 'zone'],
  ],
}

/** Reads `character varying(20)`, `timestamp(3) without time zone`, `public.mood`, `text[]`. */
export function parseTypeName(cursor: TokenCursor): TypeName {
  const first = cursor.take()
  if (first.kind !== 'word' && first.kind !== 'name') return notUnderstood()
  let name = first.kind === 'word' ? first.text.toLowerCase() : `"${first.text}"`
  if (cursor.accept('.')) name = `${name}.${cursor.take().text}`
  const early = parseModifiers(cursor)
  const tail = TAILS[name]?.find((words) => cursor.accept(...words))
  const late = parseModifiers(cursor)
  return {
    name: [name, ...(tail ?? [])].join(' '),
    modifiers: [...early, ...late],
    isArray: parseArrayMarks(cursor),
  }
}

function parseModifiers(cursor: TokenCursor): readonly number[] {
  if (!cursor.accept('(')) return []
  return cursor.list(() => {
    const sign = cursor.accept('-') ? -1 : 1
    const token = cursor.take()
    return token.kind === 'integer' ? sign * Number(token.text) : notUnderstood()
  })
}

function parseArrayMarks(cursor: TokenCursor): boolean {
  let isArray = false
  while (cursor.accept('[', ']')) isArray = true
  return isArray
}

type Describe = (modifiers: readonly number[]) => LogicalType | undefined

const MOST_DIGITS = 6

const TYPES: Readonly<Record<string, Describe>> = {
  boolean: () => ({ kind: 'boolean' }),
  smallint: () => ({ kind: 'integer', bits: 16, signed: true }),
  integer: () => INT,
  bigint: () => ({ kind: 'integer', bits: 64, signed: true }),
  numeric: ([precision, scale = 0]) => (precision === undefined ? undefined : decimal(precision, scale)),
  real: () => ({ kind: 'float', bits: 32 }),
  'double precision': () => ({ kind: 'float', bits: 64 }),
  date: () => ({ kind: 'date' }),
  'time without time zone': ([precision = MOST_DIGITS]) => ({ kind: 'time', precision }),
  'timestamp without time zone': ([precision = MOST_DIGITS]) => ({ kind: 'timestamp', precision }),
  'timestamp with time zone': ([precision = MOST_DIGITS]) => ({ kind: 'instant', precision }),
  uuid: () => ({ kind: 'uuid' }),
  xml: () => ({ kind: 'xml' }),
  json: () => ({ kind: 'json' }),
  jsonb: () => ({ kind: 'json' }),
  bytea: () => ({ kind: 'binary', length: null, fixed: false }),
  text: textOf(false),
  'character varying': textOf(false),
  bpchar: textOf(false),
  character: textOf(true),
  name: () => ({ kind: 'text', length: 63, unit: 'bytes', fixed: false }),
}

/** A number that is rounded before the point, or that has zeros behind it, is one of PostgreSQL alone. */
function decimal(precision: number, scale: number): LogicalType {
  return scale < 0 || scale > precision ? notUnderstood() : { kind: 'decimal', precision, scale }
}

function textOf(fixed: boolean): Describe {
  return ([length = null]) => ({ kind: 'text', length, unit: 'characters', fixed: fixed && length !== null })
}

/** What a built-in type means; undefined for others, for arrays, and for a numeric of any precision. */
export function typeMeaning({ name, modifiers, isArray }: TypeName): LogicalType | undefined {
  return isArray || !Object.hasOwn(TYPES, name) ? undefined : TYPES[name]!(modifiers)
}
