import { type MappingPolicy, UsageError } from '@albackup/core'

/**
 * How a restore maps what PostgreSQL has otherwise or not at all; docs/type-mapping.md says it for users. A type, not an
 * interface, so that it is a `MappingPolicy` as it stands.
 */
export type PostgresPolicy = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
  readonly text: {
    readonly nul: 'error' | 'strip' | 'replace'
    readonly surrogate: 'error' | 'replace'
  }
  readonly time: { readonly digits: 'truncate' | 'error' }
  readonly datetimeoffset: 'with-offset' | 'utc'
  readonly xml: 'xml' | 'text'
}

export const DEFAULT_POLICY: PostgresPolicy = {
  schemas: {},
  text: { nul: 'replace', surrogate: 'replace' },
  time: { digits: 'truncate' },
  datetimeoffset: 'with-offset',
  xml: 'xml',
}

/** The policy with every default filled in. Throws a UsageError that names the wrong key. */
export function parsePolicy(policy: MappingPolicy): PostgresPolicy {
  const { schemas, text, time, datetimeoffset, xml } = pick('mapping', policy, Object.keys(DEFAULT_POLICY))
  const texts = pick('mapping.text', text ?? {}, Object.keys(DEFAULT_POLICY.text))
  const times = pick('mapping.time', time ?? {}, Object.keys(DEFAULT_POLICY.time))
  return {
    schemas: schemaNames(schemas ?? {}),
    text: {
      nul: choose('mapping.text.nul', texts.nul, ['replace', 'strip', 'error']),
      surrogate: choose('mapping.text.surrogate', texts.surrogate, ['replace', 'error']),
    },
    time: { digits: choose('mapping.time.digits', times.digits, ['truncate', 'error']) },
    datetimeoffset: choose('mapping.datetimeoffset', datetimeoffset, ['with-offset', 'utc']),
    xml: choose('mapping.xml', xml, ['xml', 'text']),
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

function schemaNames(value: unknown): Readonly<Record<string, string>> {
  const names = Object.entries(expectRecord('mapping.schemas', value)).map(([from, to]): [string, string] => {
    if (typeof to === 'string' && to !== '') return [from, to]
    throw new UsageError(`cannot use setting "mapping.schemas.${from}": ${JSON.stringify(to)} is no name`)
  })
  return Object.fromEntries(names)
}

function expectRecord(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new UsageError(`cannot use setting "${path}": it is no object`)
}
