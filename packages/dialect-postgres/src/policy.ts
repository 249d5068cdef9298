import { type MappingPolicy, UsageError } from '@albackup/core'

/**
 * How a restore maps what PostgreSQL has otherwise or not at all; docs/type-mapping.md says it for users. A type, not an
 * interface, so that it is a `MappingPolicy` as it stands.
 */
export type PostgresPolicy = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
  /** How names are spelled that are not renamed one by one. */
  readonly names: 'preserve' | 'lower' | 'snake_case'
  /** New names of tables and columns, by `schema.table` and `schema.table.column`. */
  readonly rename: Readonly<Record<string, string>>
  /** Types for the types of the source, by their declaration or the word it begins with. */
  readonly types: Readonly<Record<string, string>>
  /** Types for single columns, by `schema.table.column`. */
  readonly columns: Readonly<Record<string, string>>
  readonly text: {
    readonly nul: 'error' | 'strip' | 'replace'
    readonly surrogate: 'error' | 'replace'
    /** What keeps texts apart or together that the source takes for the same but for upper and lower case. */
    readonly ignoreCase: 'none' | 'lower' | 'citext' | 'icu'
  }
  readonly time: { readonly digits: 'truncate' | 'error' }
  readonly datetimeoffset: 'with-offset' | 'utc'
  readonly xml: 'xml' | 'text'
  readonly variant: 'jsonb' | 'text'
  readonly rowversion: 'bytea' | 'none'
  readonly hierarchyid: 'bytea' | 'path' | 'ltree'
  readonly spatial: 'bytea' | 'postgis'
}

export const DEFAULT_POLICY: PostgresPolicy = {
  schemas: {},
  names: 'preserve',
  rename: {},
  types: {},
  columns: {},
  text: { nul: 'replace', surrogate: 'replace', ignoreCase: 'none' },
  time: { digits: 'truncate' },
  datetimeoffset: 'with-offset',
  xml: 'xml',
  variant: 'jsonb',
  rowversion: 'bytea',
  hierarchyid: 'bytea',
  spatial: 'bytea',
}

/** The policy with every default filled in. Throws a UsageError that names the wrong key. */
export function parsePolicy(policy: MappingPolicy): PostgresPolicy {
  const parts = pick('mapping', policy, Object.keys(DEFAULT_POLICY))
  const text = pick('mapping.text', parts.text ?? {}, Object.keys(DEFAULT_POLICY.text))
  const time = pick('mapping.time', parts.time ?? {}, Object.keys(DEFAULT_POLICY.time))
  return {
    schemas: words('mapping.schemas', parts.schemas),
    names: choose('mapping.names', parts.names, ['preserve', 'lower', 'snake_case']),
    rename: words('mapping.rename', parts.rename),
    types: words('mapping.types', parts.types),
    columns: words('mapping.columns', parts.columns),
    text: {
      nul: choose('mapping.text.nul', text.nul, ['replace', 'strip', 'error']),
      surrogate: choose('mapping.text.surrogate', text.surrogate, ['replace', 'error']),
      ignoreCase: choose('mapping.text.ignoreCase', text.ignoreCase, ['none', 'lower', 'citext', 'icu']),
    },
    time: { digits: choose('mapping.time.digits', time.digits, ['truncate', 'error']) },
    datetimeoffset: choose('mapping.datetimeoffset', parts.datetimeoffset, ['with-offset', 'utc']),
    xml: choose('mapping.xml', parts.xml, ['xml', 'text']),
    variant: choose('mapping.variant', parts.variant, ['jsonb', 'text']),
    rowversion: choose('mapping.rowversion', parts.rowversion, ['bytea', 'none']),
    hierarchyid: choose('mapping.hierarchyid', parts.hierarchyid, ['bytea', 'path', 'ltree']),
    spatial: choose('mapping.spatial', parts.spatial, ['bytea', 'postgis']),
  }
}

function pick(path: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  const record = expectRecord(path, value)
  const unknown = Object.keys(record).find((key) => !known.includes(key))
  if (unknown === undefined) return record
  throw new UsageError(`cannot use setting "${path}": "${unknown}" is not a part of it`, {
    hint: `It knows ${known.join(', ')}.`,
  })
}

/** The first choice is the default. */
function choose<T extends string>(path: string, value: unknown, choices: readonly [T, ...T[]]): T {
  if (value === undefined) return choices[0]
  const chosen = choices.find((choice) => choice === value)
  if (chosen !== undefined) return chosen
  throw new UsageError(`cannot use setting "${path}": ${JSON.stringify(value)} is not one of its values`, {
    hint: `Use one of ${choices.join(', ')}.`,
  })
}

/** An object whose values are names or types. */
function words(path: string, value: unknown = {}): Readonly<Record<string, string>> {
  const entries = Object.entries(expectRecord(path, value)).map(([from, to]): [string, string] => {
    if (typeof to === 'string' && to.trim() !== '') return [from, to]
    throw new UsageError(`cannot use setting "${path}.${from}": ${JSON.stringify(to)} is no name`)
  })
  return Object.fromEntries(entries)
}

function expectRecord(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new UsageError(`cannot use setting "${path}": it is no object`)
}
