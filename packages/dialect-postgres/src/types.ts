import type { BinaryType, Column, IntegerType, LogicalType, TextType } from '@albackup/core'
import type { PostgresPolicy } from './policy.ts'

/** A column's type in PostgreSQL, and how much of the source's type it holds. */
export interface TargetType {
  readonly type: string
  readonly exact: boolean
  readonly reason: string
  /** The mapping asks for it by name. */
  readonly chosen?: true
  /** The type of a second column for what the first cannot hold. */
  readonly companion?: string
}

/** What types a server has. */
export interface TypeFeatures {
  readonly xml: boolean
  /** What the types of extensions are called; present where the policy asks for them. */
  readonly citext?: string
  readonly ltree?: string
  /** The schema of PostGIS as it is written before a type. */
  readonly postgis?: string
  /** The collation that ignores upper and lower case; present where the policy asks for it. */
  readonly ignoreCase?: string
}

/** The longest length that varchar(n) and char(n) may be declared with (htup_details.h, MaxAttrSize). */
const LONGEST_DECLARED = 10_485_760

const MOST_DIGITS = 6

const AWKWARD_TEXT =
  'PostgreSQL text holds neither U+0000 nor half a surrogate pair; such characters are replaced and counted'
const SEVENTH_DIGIT = 'microseconds; a seventh digit other than 0 is cut off and counted'

export function targetType(logical: LogicalType, policy: PostgresPolicy, features: TypeFeatures): TargetType {
  switch (logical.kind) {
    case 'boolean':
      return exactly('boolean')
    case 'integer':
      return integerType(logical)
    case 'decimal':
      return exactly(`numeric(${logical.precision},${logical.scale})`)
    case 'float':
      return exactly(logical.bits === 32 ? 'real' : 'double precision')
    case 'date':
      return exactly('date')
    case 'time':
      return withDigits('time', logical.precision, policy)
    case 'timestamp':
      return withDigits('timestamp', logical.precision, policy)
    case 'instant':
      return exactly(`timestamptz(${logical.precision})`)
    case 'timestamp-offset':
      return offsetType(logical.precision, policy)
    case 'uuid':
      return exactly('uuid')
    case 'text':
      return textType(logical, policy, features)
    case 'xml':
      return xmlType(policy, features)
    case 'json':
      return exactly('json', 'json keeps the text as it is')
    case 'binary':
      return binaryType(logical, policy, features)
    case 'rowversion':
      return exactly('bytea', 'the value is kept; nothing changes it any more when the row changes')
    case 'variant':
      return { type: policy.variant, exact: false, reason: `{"type", "value"} of each value; ${awkwardText(policy)}` }
  }
}

function binaryType(binary: BinaryType, policy: PostgresPolicy, { ltree, postgis }: TypeFeatures): TargetType {
  const { hierarchyid } = policy
  if (policy.spatial === 'postgis' && isSpatial(binary)) {
    const type = postgis === undefined ? binary.content! : `${postgis}.${binary.content}`
    return { type, exact: false, reason: 'by PostGIS; a curve, or what is larger than a hemisphere, ends the load' }
  }
  if (binary.content !== 'hierarchyid' || hierarchyid === 'bytea') return exactly('bytea', meaningOfBytes(binary))
  if (hierarchyid === 'path') return exactly('text', 'the path, /1/2/; it sorts as a text')
  return exactly(ltree ?? 'ltree', 'the path, 1.2; it sorts as a text')
}

/** Whether the bytes are a geometry or geography. */
export function isSpatial(type: LogicalType): boolean {
  return type.kind === 'binary' && (type.content === 'geometry' || type.content === 'geography')
}

/** What the bytes are, when they stand for something else; empty when they are just bytes. */
export function meaningOfBytes({ content }: BinaryType): string {
  if (content === undefined) return ''
  if (content === 'encrypted') return 'the ciphertext, which only the keys of the source can read'
  return `the bytes of a ${content} as the source serialises it, without its operations`
}

/** Whether two columns hold the same type, so that a domain made for one suits the other. */
export function sameLogical(one: LogicalType, other: LogicalType): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The least and greatest value of the column's integer, where PostgreSQL's type is wider. */
export function integerBounds({ logical }: Column): readonly [number, number] | undefined {
  if (logical.kind !== 'integer' || logical.bits !== 8) return undefined
  return logical.signed ? [-128, 127] : [0, 255]
}

function integerType(type: IntegerType): TargetType {
  switch (type.bits) {
    case 8:
      return exactly('smallint', `checked to be from ${type.signed ? '-128 to 127' : '0 to 255'}`)
    case 16:
      return exactly('smallint')
    case 32:
      return exactly('integer')
    case 64:
      return exactly('bigint')
  }
}

function withDigits(type: string, precision: number, { time }: PostgresPolicy): TargetType {
  if (precision <= MOST_DIGITS) return exactly(`${type}(${precision})`)
  const reason = time.digits === 'error' ? 'microseconds; a seventh digit other than 0 ends the load' : SEVENTH_DIGIT
  return { type: `${type}(${MOST_DIGITS})`, exact: false, reason }
}

function offsetType(precision: number, policy: PostgresPolicy): TargetType {
  const { type, exact, reason } = withDigits('timestamptz', precision, policy)
  const digits = reason === '' ? '' : `; ${reason}`
  if (policy.datetimeoffset === 'utc') {
    return { type, exact: false, reason: `the instant; an offset other than 0 is given up and counted${digits}` }
  }
  return {
    type,
    exact,
    companion: 'smallint',
    reason: `the instant, its offset in minutes in a column of its own${digits}`,
  }
}

function textType(text: TextType, policy: PostgresPolicy, features: TypeFeatures): TargetType {
  const { length, fixed } = text
  const reason = awkwardText(policy)
  if (features.citext !== undefined && foldsCase(text, policy)) {
    return { type: features.citext, exact: false, reason: `ignores upper and lower case; ${reason}` }
  }
  const declared = length !== null && length <= LONGEST_DECLARED
  const type = declared ? `${fixed ? 'char' : 'varchar'}(${length})` : 'text'
  if (features.ignoreCase !== undefined && foldsCase(text, policy)) {
    const folding = `ignores upper and lower case, and no accents; ${reason}`
    return { type: `${type} collate ${features.ignoreCase}`, exact: false, reason: folding }
  }
  return { type, exact: false, reason }
}

/** Whether PostgreSQL will take texts for the same that differ in upper and lower case. */
export function foldsCase(type: LogicalType, { text }: PostgresPolicy): boolean {
  if (type.kind !== 'text' || type.comparison?.caseSensitive !== false) return false
  // citext knows no blanks that do not count.
  return text.ignoreCase === 'icu' || (text.ignoreCase === 'citext' && !type.fixed)
}

function awkwardText({ text }: PostgresPolicy): string {
  if (text.nul === 'replace' && text.surrogate === 'replace') return AWKWARD_TEXT
  const fate = { replace: 'is replaced and counted', strip: 'is left out and counted', error: 'ends the load' }
  return `U+0000, which PostgreSQL text cannot hold, ${fate[text.nul]}; half a surrogate pair ${fate[text.surrogate]}`
}

function xmlType(policy: PostgresPolicy, features: TypeFeatures): TargetType {
  if (policy.xml === 'text') return exactly('text', 'the mapping asks for text')
  return features.xml ? exactly('xml') : exactly('text', 'this server is built without xml')
}

function exactly(type: string, reason = ''): TargetType {
  return { type, exact: true, reason }
}
