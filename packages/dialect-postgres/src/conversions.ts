import type { LogicalType, LogicalTypeOf } from '@albackup/core'

/** What a value of another type than the usual one is made of. */
export interface Conversion {
  readonly exact: boolean
  readonly reason: string
  /** How values follow; see wire/encode-converted.ts. */
  readonly to:
    | { readonly kind: 'whole number'; readonly bits: 16 | 32 | 64 }
    | { readonly kind: 'boolean' }
    /** null: any. */
    | { readonly kind: 'numeric'; readonly precision: number | null; readonly scale: number }
    | { readonly kind: 'double' }
    /** null: any length. */
    | { readonly kind: 'text'; readonly length: number | null }
    | { readonly kind: 'day' }
    | { readonly kind: 'midnight' }
    | { readonly kind: 'timestamp' }
    /** null: any number of them. */
    | { readonly kind: 'bytes as they are'; readonly length: number | null }
}

type Target = Conversion['to']

const TYPE = /^([a-z ]+?)(?:\((\d+)(?:,(\d+))?\))?$/

/** Whether the word means a type that anything can be converted to. */
export function isConversionTarget(type: string): boolean {
  return targetOf(type) !== undefined
}

/**
 * How values of a type become those of a type of PostgreSQL's that is not the usual one for them; undefined when there is no way
 * on which each value is kept, counted or refused.
 */
export function conversion(logical: LogicalType, type: string): Conversion | undefined {
  const target = targetOf(type)
  return target && CONVERSIONS[logical.kind]?.(logical as never, target)
}

/** The type as a target; 'uuid' and 'bigint' of bytes are told apart later. */
function targetOf(type: string): (Target & { readonly type: string }) | undefined {
  const [, word = '', first, second] = TYPE.exec(type) ?? []
  const bare = first === undefined
  if (word === 'numeric') return numericTarget(type, first, second)
  if (word === 'varchar' && second === undefined) {
    return bare ? { kind: 'text', length: null, type } : lengthOf(type, Number(first))
  }
  if (word === 'timestamp' && second === undefined && (bare || Number(first) <= 6)) return { kind: 'timestamp', type }
  return bare && Object.hasOwn(PLAIN, word) ? { ...PLAIN[word]!, type } : undefined
}

const PLAIN: Readonly<Record<string, Target>> = {
  smallint: { kind: 'whole number', bits: 16 },
  integer: { kind: 'whole number', bits: 32 },
  bigint: { kind: 'whole number', bits: 64 },
  boolean: { kind: 'boolean' },
  'double precision': { kind: 'double' },
  text: { kind: 'text', length: null },
  date: { kind: 'day' },
  uuid: { kind: 'bytes as they are', length: 16 },
  bytea: { kind: 'bytes as they are', length: null },
}

const MOST_DIGITS = 1000
const LONGEST_TEXT = 10_485_760

function numericTarget(type: string, precision: string | undefined, scale = '0') {
  if (precision === undefined) return { kind: 'numeric', precision: null, scale: 0, type } as const
  const [digits, after] = [Number(precision), Number(scale)]
  if (digits < 1 || digits > MOST_DIGITS || after > digits) return undefined
  return { kind: 'numeric', precision: digits, scale: after, type } as const
}

function lengthOf(type: string, length: number) {
  return length >= 1 && length <= LONGEST_TEXT ? ({ kind: 'text', length, type } as const) : undefined
}

type Convert<K extends LogicalType['kind']> = (
  logical: LogicalTypeOf<K>,
  target: Target & { readonly type: string },
) => Conversion | undefined

const CONVERSIONS: { readonly [K in LogicalType['kind']]?: Convert<K> } = {
  boolean: (_, to) => (to.kind === 'whole number' ? exact(to, '0 and 1') : asText(to, 5)),
  integer(logical, to) {
    const digits = { 8: 3, 16: 5, 32: 10, 64: 19 }[logical.bits]
    if (to.kind === 'whole number') return logical.bits <= to.bits ? exact(to) : fitting(to)
    if (to.kind === 'numeric') return wide(to, digits, 0) ? exact(to) : fitting(to)
    if (to.kind === 'boolean') return fitting(to, 'neither 0 nor 1')
    return asText(to, digits + 1)
  },
  decimal({ precision, scale }, to) {
    if (to.kind === 'numeric') return wide(to, precision - scale, scale) ? exact(to) : fitting(to)
    if (to.kind === 'whole number') return fitting(to)
    return asText(to, precision + 3)
  },
  float: ({ bits }, to) => (to.kind === 'double' && bits === 32 ? exact(to) : asText(to, 32)),
  date: (_, to) =>
    to.kind === 'timestamp' ? exact({ ...to, kind: 'midnight' }, 'midnight of the day') : asText(to, 10),
  time: (_, to) => asText(to, 16),
  timestamp({ precision }, to) {
    if (to.kind === 'day')
      return { to, exact: false, reason: 'the day; a time other than midnight is given up and counted' }
    if (to.kind !== 'timestamp') return asText(to, 32)
    const digits = Number(/\d/.exec(to.type)?.[0] ?? 6)
    return precision <= digits ? exact(to) : undefined
  },
  'timestamp-offset': (_, to) => asText(to, 40),
  instant: (_, to) => asText(to, 34),
  uuid: (_, to) => asText(to, 36),
  text(logical, to) {
    if (to.kind !== 'text') return undefined
    const shorter = to.length !== null && (logical.length === null || to.length < logical.length)
    // The usual types differ from these in nothing but their length.
    if (!shorter && !logical.fixed && logical.length !== null) return plainText(to, '')
    return plainText(to, shorter ? `a value of more than ${to.length} characters ends the load; ` : '')
  },
  xml: (_, to) => (to.kind === 'text' && to.length === null ? plainText(to, '') : undefined),
  json: (_, to) => (to.kind === 'text' && to.length === null ? plainText(to, '') : undefined),
  variant: (_, to) =>
    to.kind === 'text' && to.length === null ? plainText(to, 'JSON of type and value; ') : undefined,
  binary({ length }, to) {
    if (to.kind !== 'bytes as they are') return undefined
    if (to.length === null) return exact(to, 'the bytes as the source has them')
    return length === to.length ? fitting(to, 'not 16 bytes long') : undefined
  },
  rowversion: (_, to) =>
    to.kind === 'whole number' && to.bits === 64
      ? exact({ kind: 'bytes as they are', length: 8 }, 'the bytes as a number; nothing changes it any more')
      : undefined,
}

function exact(to: Target, reason = ''): Conversion {
  return { to, exact: true, reason: reason === '' ? 'the mapping asks for it' : `the mapping asks for it: ${reason}` }
}

function fitting(to: Target, what = 'beyond it'): Conversion {
  return { to, exact: false, reason: `the mapping asks for it; a value that is ${what} ends the load` }
}

function plainText(to: Target, reason: string): Conversion {
  return {
    to,
    exact: false,
    reason: `the mapping asks for it; ${reason}U+0000 and half a surrogate pair are treated as in other texts`,
  }
}

/** The canonical text (docs/format.md), of at most `longest` characters. */
function asText(to: Target, longest: number): Conversion | undefined {
  if (to.kind !== 'text') return undefined
  return to.length === null || to.length >= longest ? exact(to, 'the canonical text') : fitting(to)
}

function wide(
  { precision, scale }: { readonly precision: number | null; readonly scale: number },
  before: number,
  after: number,
) {
  return precision === null || (precision - scale >= before && scale >= after)
}
