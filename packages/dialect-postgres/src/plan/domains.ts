import { fullName as sourceName } from '@albackup/core'
import type { NamedType } from '../catalog/target-facts.ts'
import { createDomain, fullName, type TableName } from '../ddl.ts'
import { targetType } from '../types.ts'
import { planComment } from './comments.ts'
import { nativeType } from './made-columns.ts'
import type { Planning } from './planning.ts'
import { key } from './target-names.ts'

/** The alias types as domains: what columns of the type are declared with, by the type's key. */
export function planDomains(planning: Planning): ReadonlyMap<string, string> {
  const { model, policy, target, features, names, draft } = planning
  const domains = new Map<string, string>()
  for (const alias of model.types) {
    const base = targetType(alias.logical, policy, features).type
    const schema = names.schema(alias.schema)
    const existing = target.types.find((type) => type.schema === schema && type.name === names.spell(alias.name))
    if (existing !== undefined && !isBase(existing, base)) {
      const what = existing.base === null ? 'another type' : `a domain over ${existing.base}`
      draft.find('changed', 'type', sourceName(alias), `its columns become ${base}: ${what} has its name in PostgreSQL`)
      continue
    }
    const alike = target.types.filter((type) => type.schema === schema && isBase(type, base))
    const own = new Set(alike.map(({ name }) => name))
    const domain: TableName = { schema, name: names.claimRelation(schema, alias.name, key(alias), own) }
    draft.renamed('type', sourceName(alias), names.spell(alias.name), domain.name)
    domains.set(key(alias), fullName(domain))
    const statement = { kind: 'type', object: fullName(domain) }
    const { logical, comment } = alias
    draft.schema.types.push({
      ...{ ...domain, native: { ...nativeType(base), facts: NO_RULES }, logical, nullable: true },
      ...(comment !== undefined && { comment }),
    })
    if (own.has(domain.name)) draft.find('info', 'type', sourceName(alias), 'is there already, and is left as it is')
    else draft.require('tables', { ...statement, sql: createDomain(domain, base) })
    planComment('domain', fullName(domain), alias.comment, planning)
  }
  return domains
}

/** What it asks of its values. */
const NO_RULES = { default: null, checks: null, uncheckedChecks: null } as const

function isBase({ base }: NamedType, type: string): boolean {
  return base !== null && displayed(base) === displayed(type)
}

/** A type as `format_type` writes it, for which the schema of an extension is on the path or not. */
function displayed(type: string): string {
  return type
    .replace(/^(?:"(?:[^"]|"")+"|\w+)\.(\w+)$/, '$1')
    .replace(/^varchar\(/, 'character varying(')
    .replace(/^char\(/, 'character(')
    .replace(/^(time|timestamp)(\(\d\))$/, '$1$2 without time zone')
    .replace(/^timestamptz(\(\d\))$/, 'timestamp$1 with time zone')
}
