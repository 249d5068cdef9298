import type { Finding, RestorePlan } from '../../packages/core/src/index.ts'

/** Full name of the view that a text creates. */
export function nameOf(definition: string): string {
  const [, schema = 'public', name = ''] = /view (?:(\w+)\.)?(\w+)/.exec(definition) ?? []
  return `${schema}.${name}`
}

/** The query of a view in T-SQL; undefined when it is left behind. */
export function queryOf({ translations = [] }: RestorePlan, definition: string): string | undefined {
  return translations.find(({ kind, object }) => kind === 'view' && object === nameOf(definition))?.sql
}

export function findingsOf(
  { findings }: RestorePlan,
  definition: string,
): readonly Pick<Finding, 'severity' | 'message'>[] {
  const own = findings.filter(({ kind, object }) => kind === 'view' && object === nameOf(definition))
  return own.map(({ severity, message }) => ({ severity, message }))
}
