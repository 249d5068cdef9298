import {
  AS_NAMED,
  chooseSetting as choose,
  type MappingPolicy,
  type NamedSettings,
  pickSettings as pick,
  readNamedSettings,
} from '@albackup/core'

/** How a restore maps what PostgreSQL has otherwise or not at all; docs/type-mapping.md says it for users. */
export type PostgresPolicy = NamedSettings & {
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
  ...AS_NAMED,
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
    ...readNamedSettings(parts),
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
