import type { LogicalType, LogicalTypeOf } from '@albackup/core'
import { describeType } from '../../types.ts'
import { parseDeclaration } from '../../wire/encode/declaration.ts'
import { type ForeignType, foreignType } from '../foreign-types.ts'

type Kind = LogicalType['kind']

/**
 * How values of a type become those of a type of SQL Server that is not the usual one for them; undefined when there is no way
 * on which each value is kept, counted or refused. What is done is in wire/encode/column-encoder.ts.
 */
export function conversion(source: LogicalType, declaration: string): ForeignType | undefined {
  const parsed = parseDeclaration(declaration)
  if (parsed === undefined || !isDeclarable(declaration)) return undefined
  const target = describeType(parsed)?.logical
  if (target === undefined || foreignType(source).declaration === declaration) return target && foreignType(source)
  const convert =
    CONVERSIONS[source.kind]?.[target.kind] ?? (target.kind === 'text' && source.kind in LONGEST ? asText : undefined)
  return convert && { declaration, ...convert(source as never, target as never) }
}

interface Outcome {
  readonly exact: boolean
  readonly reason: string
}

type Convert<S extends Kind = Kind, T extends Kind = Kind> = (
  source: LogicalTypeOf<S>,
  target: LogicalTypeOf<T>,
) => Outcome

const exact: Outcome = { exact: true, reason: 'the mapping asks for it' }

function lossy(what: string): Outcome {
  return { exact: false, reason: `the mapping asks for it; ${what}` }
}

const BEYOND = lossy('a value beyond it is counted')
const ROUNDED = lossy('more digits are rounded and counted, and so is a value beyond it')
const DIGITS = { 8: 3, 16: 5, 32: 10, 64: 19 } as const

function asTimestamp({ precision }: { readonly precision: number }, target: { readonly precision: number }): Outcome {
  return target.precision >= precision
    ? BEYOND
    : lossy('digits of the second are lost and counted, and so is a value beyond it')
}

const CONVERSIONS: { readonly [S in Kind]?: { readonly [T in Kind]?: Convert<S, T> } } = {
  boolean: { integer: () => exact },
  integer: {
    integer: (source, target) =>
      target.bits > source.bits || (target.bits === source.bits && target.signed === source.signed) ? exact : BEYOND,
    boolean: () => lossy('a value that is neither 0 nor 1 is counted'),
    decimal: (source, { precision, scale }) => (precision - scale >= DIGITS[source.bits] ? exact : BEYOND),
  },
  decimal: {
    decimal: (source, { precision, scale }) =>
      scale >= source.scale && precision - scale >= source.precision - source.scale ? exact : ROUNDED,
    integer: () => ROUNDED,
  },
  float: { float: (source, target) => (target.bits >= source.bits ? exact : BEYOND) },
  date: { timestamp: () => BEYOND },
  time: { time: (source, target) => (target.precision >= source.precision ? exact : ROUNDED) },
  timestamp: {
    timestamp: asTimestamp,
    date: () => lossy('a time other than midnight is given up and counted'),
  },
  instant: {
    timestamp: () => lossy('the time in UTC; a value beyond it is counted'),
    date: () => lossy('the day in UTC; a time other than midnight is given up and counted'),
    'timestamp-offset': (source, target) => (target.precision >= source.precision ? exact : ROUNDED),
  },
  'timestamp-offset': {
    'timestamp-offset': (source, target) => (target.precision >= source.precision ? exact : ROUNDED),
  },
  text: {
    text: (source, target) => (target.length === null ? exact : fittingText(source.length, target)),
    decimal: () => lossy('the number that the text is; what is none ends the load; digits are rounded and counted'),
    integer: () => lossy('the number that the text is; what is none ends the load; digits are rounded and counted'),
  },
  xml: {
    xml: () => lossy('SQL Server keeps what XML means, not how it was written, which no proof can compare'),
    text: () => CUT,
  },
  json: { text: () => CUT },
  binary: { binary: () => CUT },
}

const CUT = lossy('what is longer is cut and counted')

function fittingText(length: number | null, target: LogicalTypeOf<'text'>): Outcome {
  if (target.unit === 'bytes') return lossy('a character that its code page has not, or what is longer, is counted')
  return length !== null && target.length! >= length * 2 ? exact : CUT
}

/** The most characters of the canonical text of a value. */
const LONGEST: { readonly [S in Kind]?: number } = {
  boolean: 5,
  integer: 20,
  decimal: 42,
  float: 32,
  date: 16,
  time: 16,
  timestamp: 34,
  instant: 34,
  'timestamp-offset': 40,
  uuid: 36,
}

/** The canonical text (docs/format.md). */
const asText: Convert<Kind, 'text'> = ({ kind }, { length }) => {
  const longest = LONGEST[kind]
  const fits = longest !== undefined && (length === null || length >= longest)
  return {
    exact: fits,
    reason: `the mapping asks for the canonical text${fits ? '' : '; what is longer is cut and counted'}`,
  }
}

/** Types of text of 8-bit units are of the code page of their collation. */
function isDeclarable(declaration: string): boolean {
  const { type, maxLength, precision, scale } = parseDeclaration(declaration)!
  if (type === 'decimal') return precision >= 1 && precision <= 38 && scale <= precision
  if (/^n?(var)?char$/.test(type)) return maxLength === -1 || (maxLength >= 1 && maxLength <= 8000)
  if (/^(var)?binary$/.test(type)) return maxLength === -1 || (maxLength >= 1 && maxLength <= 8000)
  if (/^(time|datetime2|datetimeoffset)$/.test(type)) return scale <= 7
  return PLAIN.has(type) && declaration === type
}

const PLAIN: ReadonlySet<string> = new Set([
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'money',
  'smallmoney',
  'real',
  'float',
  'date',
  'datetime',
  'smalldatetime',
  'uniqueidentifier',
  'xml',
])
