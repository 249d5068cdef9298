import {
  chooseSetting as choose,
  type MappingPolicy,
  type NameStyle,
  pickSettings as pick,
  wordSettings as words,
} from '@albackup/core'

/**
 * How a restore maps what PostgreSQL has otherwise or not at all; docs/type-mapping.md says it for users. A type, not an
 * interface, so that it is a `MappingPolicy` as it stands.
 */
export type PostgresPolicy = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
  /** How names are spelled that are not renamed one by one. */
  readonly names: NameStyle
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
