import { type MappingPolicy, UsageError } from '@albackup/core'

/** How a restore into SQL Server differs from the source. A type, not an interface, so that it is a `MappingPolicy` as it stands. */
export type MssqlPolicy = {
  /** Schemas of the source to restore under another name. */
  readonly schemas: Readonly<Record<string, string>>
}

/** The policy with every default filled in. Throws a UsageError that names the wrong key. */
export function parsePolicy(policy: MappingPolicy): MssqlPolicy {
  const unknown = Object.keys(policy).find((key) => key !== 'schemas')
  if (unknown !== undefined) {
    throw new UsageError(`cannot use setting "mapping": "${unknown}" is not a part of it`, {
      hint: 'It knows schemas.',
    })
  }
  return { schemas: schemaNames(policy.schemas ?? {}) }
}

function schemaNames(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('cannot use setting "mapping.schemas": it is no object')
  }
  const names = Object.entries(value).map(([from, to]): [string, string] => {
    if (typeof to === 'string' && to !== '') return [from, to]
    throw new UsageError(`cannot use setting "mapping.schemas.${from}": ${JSON.stringify(to)} is no name`)
  })
  return Object.fromEntries(names)
}
