import { UsageError } from '@albackup/core'
import type { TargetFacts } from '../catalog/target-facts.ts'
import type { PostgresPolicy } from '../policy.ts'
import { quote } from '../quote.ts'
import type { TypeFeatures } from '../types.ts'
import type { Draft } from './planning.ts'

const IGNORE_CASE = 'albackup_ignore_case'

/** Operators are found in schemas of the search path only, which has this one. */
const EXTENSION_SCHEMA = 'public'

/** Pattern matching works with such collations from this version on. */
const PATTERNS_WITH_COLLATIONS = 180000

/** The types that the policy asks for beyond the usual ones. Throws a UsageError when the server has not got one. */
export function typeFeatures(policy: PostgresPolicy, target: TargetFacts, schema: string | undefined): TypeFeatures {
  const { ignoreCase } = policy.text
  if (ignoreCase === 'icu' && !target.icu) throw missing('text.ignoreCase', 'this server is built without ICU')
  return {
    xml: target.xml,
    ...(ignoreCase === 'citext' && { citext: extensionType('citext', 'text.ignoreCase', target) }),
    ...(ignoreCase === 'icu' && schema !== undefined && { ignoreCase: quote(schema, IGNORE_CASE) }),
    ...(policy.spatial === 'postgis' && { postgis: extensionSchema('postgis', 'spatial', target) }),
    ...(policy.hierarchyid === 'ltree' && { ltree: extensionType('ltree', 'hierarchyid', target) }),
  }
}

/** What has to be there before the first table. */
export function planFeatures(
  { citext, ltree, postgis, ignoreCase }: TypeFeatures,
  target: TargetFacts,
  draft: Draft,
): void {
  for (const extension of [
    ...(citext ? ['citext'] : []),
    ...(ltree ? ['ltree'] : []),
    ...(postgis ? ['postgis'] : []),
  ]) {
    if (target.extensions.get(extension) !== null) continue
    const sql = `create extension if not exists ${extension} schema ${EXTENSION_SCHEMA}`
    draft.require('tables', { kind: 'extension', object: extension, sql })
  }
  if (ignoreCase === undefined) return
  const options = `provider = icu, locale = 'und-u-ks-level2', deterministic = false`
  const sql = `create collation if not exists ${ignoreCase} (${options})`
  draft.require('tables', { kind: 'collation', object: ignoreCase, sql })
  if (target.version >= PATTERNS_WITH_COLLATIONS) return
  draft.find('changed', 'setting', 'mapping.text.ignoreCase', 'LIKE is an error on its columns before PostgreSQL 18')
}

function extensionType(name: string, setting: string, target: TargetFacts): string {
  return `${extensionSchema(name, setting, target)}.${name}`
}

/** Installed in any schema, or to be installed where statements look for its operators. */
function extensionSchema(name: string, setting: string, { extensions }: TargetFacts): string {
  const schema = extensions.get(name)
  if (schema === undefined) throw missing(setting, `this server has no extension ${name}`)
  return quote(schema ?? EXTENSION_SCHEMA)
}

function missing(setting: string, reason: string): UsageError {
  return new UsageError(`cannot use setting "mapping.${setting}": ${reason}`, {
    hint: 'Choose another mapping (docs/type-mapping.md), or another server.',
  })
}
