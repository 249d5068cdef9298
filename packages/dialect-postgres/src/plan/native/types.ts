import type { AliasType, Finding, NativeObject } from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { fullName } from '../../ddl.ts'
import { textFact, textsFact } from '../../native-facts.ts'
import { quote, unquoted } from '../../quote.ts'
import type { Draft } from '../planning.ts'

/** A range without its own way to compare still has its values. */
const RANGE = /^(create type .* as range \(subtype = [^,]*), .*\)$/s

export function planEarlyObject({ kind, name, statements }: NativeObject, draft: Draft): void {
  for (const sql of statements) {
    const statement = { kind, object: name, sql }
    const fallback = { sql: sql.replace(RANGE, '$1)'), finding: plainer(kind, name) }
    draft.add('tables', RANGE.test(sql) ? { ...statement, fallback } : statement)
  }
}

/** Without its checks a domain has the same values. Those that are not valid come after the rows, which may break them. */
export function planDomain(type: AliasType, draft: Draft): void {
  const [object, kind] = [fullName(type), 'type']
  const fallback = { sql: `create domain ${object} as ${type.native.declaration}`, finding: plainer(kind, object) }
  draft.add('tables', { kind, object, sql: domainStatement(type), fallback })
  for (const check of textsFact(type.native.facts, 'uncheckedChecks')) {
    draft.add('references', { kind, object, sql: `alter domain ${object} add constraint ${check}` })
  }
}

function plainer(kind: string, object: string): Finding {
  return {
    severity: 'changed',
    kind,
    object,
    message: 'has the same values and nothing more, the server refused the rest',
  }
}

function domainStatement({ native, nullable, ...type }: AliasType): string {
  const { declaration, collation, facts } = native
  const value = textFact(facts, 'default')
  const name = textFact(facts, 'notNull')
  return [
    `create domain ${fullName(type)} as ${declaration}`,
    collation === undefined ? '' : ` collate ${collation}`,
    value === undefined ? '' : ` default ${value}`,
    nullable ? '' : `${name === undefined ? '' : ` constraint ${quote(name)}`} not null`,
    ...textsFact(facts, 'checks').map((check) => ` constraint ${check}`),
  ].join('')
}

/** Why the target cannot have an extension of the source as it was; undefined when it can. */
export function extensionElsewhere(
  { kind, name, statements }: NativeObject,
  { offered }: TargetFacts,
): string | undefined {
  if (kind !== 'extension' || offered === undefined) return undefined
  const schema = offered.get(unquoted(name))
  if (schema === undefined) return 'is left out, this server does not have it'
  const isThere =
    schema === null ||
    statements.some((sql) => sql.endsWith(` schema ${schema}`) || sql.endsWith(` schema ${quote(schema)}`))
  return isThere ? undefined : `is left out, the target has it in schema ${schema} already`
}
