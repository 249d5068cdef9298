import {
  AS_NAMED,
  chooseSetting,
  type MappingPolicy,
  type NamedSettings,
  pickSettings,
  readNamedSettings,
  type SchemaModel,
  UsageError,
  wordSettings,
} from '@albackup/core'
import { isServersSchema, LONGEST_NAME } from './schema-name.ts'

/**
 * How a restore into SQL Server differs from the source; docs/type-mapping.md says it for users. Only `schemas` is also for a
 * backup of SQL Server. The type 'none' leaves columns out.
 */
export type MssqlPolicy = NamedSettings & {
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
  ...AS_NAMED,
  schemas: { public: 'dbo' },
  text: { collation: 'Latin1_General_100_BIN2', ignoreCase: 'Latin1_General_100_CI_AS', length: 'double' },
  numeric: 'decimal(38,10)',
  notANumber: 'null',
  time: { beyond: 'null' },
  xml: 'text',
}

/** The policy for a model, with every default filled in. Throws a UsageError that names the wrong key. */
export function parsePolicy(policy: MappingPolicy, { dialect }: Pick<SchemaModel, 'dialect'>): MssqlPolicy {
  const parts = pickSettings('mapping', policy, Object.keys(DEFAULT_POLICY))
  if (dialect === 'mssql') {
    requireNothingElse(parts)
    return { ...DEFAULT_POLICY, schemas: requireSchemaNames(wordSettings('mapping.schemas', parts.schemas)) }
  }
  const named = readNamedSettings(parts)
  const time = pickSettings('mapping.time', parts.time ?? {}, Object.keys(DEFAULT_POLICY.time))
  return {
    ...named,
    schemas: { ...DEFAULT_POLICY.schemas, ...requireSchemaNames(named.schemas) },
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

function requireSchemaNames(schemas: MssqlPolicy['schemas']): MssqlPolicy['schemas'] {
  const wrong = Object.entries(schemas).find(([, name]) => isServersSchema(name) || name.length > LONGEST_NAME)
  if (wrong === undefined) return schemas
  const [schema, name] = wrong
  throw new UsageError(`cannot use setting "mapping.schemas.${schema}": "${name}" is no name for a schema`, {
    hint: `Names have at most ${LONGEST_NAME} characters; sys, guest and information_schema belong to the server.`,
  })
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
