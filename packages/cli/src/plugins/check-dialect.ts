import type { Dialect } from '@albackup/core'

const CONTRACT = 1

/** Why what a plugin gave is not a dialect that this albackup can use; undefined when it is one. */
export function whyNotDialect(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'its hook "dialects" gives no dialect'
  const dialect: Partial<Record<keyof Dialect, unknown>> = value
  if (dialect.contract !== CONTRACT) {
    return `it is written for contract ${String(dialect.contract)}, this albackup has contract ${CONTRACT}`
  }
  if (typeof dialect.name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(dialect.name)) {
    return 'the name of its dialect must be of lower-case letters, digits and hyphens'
  }
  if (typeof dialect.parseConnection !== 'function') return `its dialect ${dialect.name} has no parseConnection`
  const opens = [dialect.openSource, dialect.openTarget].filter((open) => typeof open === 'function')
  return opens.length === 0 ? `its dialect ${dialect.name} opens neither a source nor a target` : undefined
}

export function isDialect(value: unknown): value is Dialect {
  return whyNotDialect(value) === undefined
}
