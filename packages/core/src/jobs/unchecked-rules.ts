import type { Finding, RestorePlan } from '../dialect/dialect.ts'
import { fullName } from '../model/scope.ts'

/**
 * The foreign keys and checks of a schema without rows that rows of the backup may break, as far as the source tells: it had not checked
 * its own. A restore of everything makes them after the rows are there.
 */
export function uncheckedRules({ tables, findings }: RestorePlan): readonly Finding[] {
  const lost = new Set(
    findings.filter(({ severity }) => severity === 'lost').map(({ kind, object }) => `${kind} ${object}`),
  )
  const rules = tables.flatMap(({ source }) => {
    const of = (kind: string, parts: typeof source.foreignKeys | typeof source.checks) =>
      parts
        .filter(({ enabled, trusted }) => enabled && !trusted)
        .map(({ name }) => ({ kind, object: `${fullName(source)}.${name}` }))
    return [...of('foreign key', source.foreignKeys), ...of('check', source.checks)]
  })
  const message = 'the source had not checked its rows: --data-only ends at those that break it'
  return rules
    .filter(({ kind, object }) => !lost.has(`${kind} ${object}`))
    .map((rule) => ({ severity: 'info', ...rule, message }))
}
