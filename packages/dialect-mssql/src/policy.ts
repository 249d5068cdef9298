import {
  chooseSetting,
  type MappingPolicy,
  type NameStyle,
  pickSettings,
  type SchemaModel,
  UsageError,
  wordSettings,
} from '@albackup/core'

/**
 * How a restore into SQL Server differs from the source; docs/type-mapping.md says it for users. Only `schemas` is also for a
 * backup of SQL Server. A type, not an interface, so that it is a `MappingPolicy` as it stands.
 */
export type MssqlPolicy = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
  /** How names are spelled that are not renamed one by one. */
  readonly names: NameStyle
  /** New names of tables and columns, by `schema.table` and `schema.table.column`. */
  readonly rename: Readonly<Record<string, string>>
  /** Types for the types of the source, by their declaration or the words without what is in parentheses; 'none' leaves columns out. */
  readonly types: Readonly<Record<string, string>>
  /** The same for single columns, by `schema.table.column`. */
  readonly columns: Readonly<Record<string, string>>
  readonly text: {
    /** Of all text columns; 'database': none is said. */
    readonly collation: string
    /** Of texts that the source took for the same whatever their case. */
    readonly ignoreCase: string
    /** How many UTF-16 units make room for a character of the source. */
    readonly length: 'double' | 'same'
  }
  /** For numbers without bounds, or with more digits than SQL Server has: a decimal, or 'text'. */
  readonly numeric: string
  /** What becomes of NaN and the infinities. */
  readonly notANumber: 'null' | 'error'
  /** What becomes of dates and times that SQL Server has not got. */
  readonly time: { readonly beyond: 'null' | 'clamp' | 'error' }
  readonly xml: 'text' | 'xml'
}

/** What is compared by its characters, as most other engines do it, is so here; a number that fits keeps its digits. */
export const DEFAULT_POLICY: MssqlPolicy = {
  schemas: { public: 'dbo' },
  names: 'preserve',
  rename: {},
  types: {},
  columns: {},
  text: { collation: 'Latin1_General_100_BIN2', ignoreCase: 'Latin1_General_100_CI_AS', length: 'double' },
  numeric: 'decimal(38,10)',
  notANumber: 'null',
  time: { beyond: 'null' },
  xml: 'text',
}

/** The policy for a model, with every default filled in. Throws a UsageError that names the wrong key. */
export function parsePolicy(policy: MappingPolicy, { dialect }: Pick<SchemaModel, 'dialect'>): MssqlPolicy {
  const parts = pickSettings('mapping', policy, Object.keys(DEFAULT_POLICY))
  const schemas = wordSettings('mapping.schemas', parts.schemas)
  if (dialect === 'mssql') {
    requireNothingElse(parts)
    return { ...DEFAULT_POLICY, schemas }
  }
  const time = pickSettings('mapping.time', parts.time ?? {}, Object.keys(DEFAULT_POLICY.time))
  return {
    schemas: { ...DEFAULT_POLICY.schemas, ...schemas },
    names: chooseSetting('mapping.names', parts.names, ['preserve', 'lower', 'snake_case']),
    rename: wordSettings('mapping.rename', parts.rename),
    types: wordSettings('mapping.types', parts.types),
    columns: wordSettings('mapping.columns', parts.columns),
    text: parseText(parts.text),
    numeric: parseNumeric(parts.numeric),
    notANumber: chooseSetting('mapping.notANumber', parts.notANumber, ['null', 'error']),
    time: { beyond: chooseSetting('mapping.time.beyond', time.beyond, ['null', 'clamp', 'error']) },
    xml: chooseSetting('mapping.xml', parts.xml, ['text', 'xml']),
  }
}

/** What SQL Server had is made again from its own words. */
function requireNothingElse(parts: Readonly<Record<string, unknown>>): void {
  const setting = Object.keys(parts).find((key) => key !== 'schemas')
  if (setting === undefined) return
  throw new UsageError(
    `cannot use setting "mapping.${setting}": the backup is of SQL Server, and is restored from its own words`,
    { hint: 'Of a backup of SQL Server only schemas can be renamed.' },
  )
}

const COLLATION = /^[A-Za-z0-9_]+$/

function parseText(value: unknown): MssqlPolicy['text'] {
  const text = pickSettings('mapping.text', value ?? {}, Object.keys(DEFAULT_POLICY.text))
  const collation = (key: 'collation' | 'ignoreCase'): string => {
    const name = text[key] ?? DEFAULT_POLICY.text[key]
    if (typeof name === 'string' && COLLATION.test(name)) return name
    throw new UsageError(`cannot use setting "mapping.text.${key}": ${JSON.stringify(name)} is no collation`)
  }
  return {
    collation: collation('collation'),
    ignoreCase: collation('ignoreCase'),
    length: chooseSetting('mapping.text.length', text.length, ['double', 'same']),
  }
}

const DECIMAL = /^decimal\((\d+),(\d+)\)$/

function parseNumeric(value: unknown = DEFAULT_POLICY.numeric): string {
  if (value === 'text') return value
  const [, precision, scale] = (typeof value === 'string' && DECIMAL.exec(value.replaceAll(' ', ''))) || []
  const [digits, after] = [Number(precision), Number(scale)]
  if (digits >= 1 && digits <= 38 && after <= digits) return `decimal(${digits},${after})`
  throw new UsageError(`cannot use setting "mapping.numeric": ${JSON.stringify(value)} is not one of its values`, {
    hint: 'Use decimal(p,s) with at most 38 digits, or text.',
  })
}
