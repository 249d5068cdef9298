import type { NativeObject, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import {
  POLICIES,
  ROW_SECURITY,
  RULES,
  TRIGGER_STATES,
  VIEW_DEFAULTS,
  VIEW_INDEXES,
  VIEW_SETTINGS,
} from './late-parts.ts'
import { DEFAULT_PRIVILEGES, PERMISSIONS, ROLES } from './permissions.ts'
import { ACCESS_METHODS, AGGREGATES, CASTS, EXTENSIONS, OPERATORS } from './routines.ts'
import { CONSTRAINTS, INDEX_ROLES, INDEXES, STATISTICS } from './table-parts.ts'
import { TEXT_SEARCH_CONFIGURATIONS, TEXT_SEARCH_DICTIONARIES } from './text-search.ts'
import { COLLATIONS, COMPOSITES, ENUMS, RANGES } from './types.ts'

/** An object with its address in pg_depend. */
export interface FoundObject {
  /** `catalog:oid`. */
  readonly address: string
  readonly object: NativeObject
}

interface Row {
  readonly address: string
  readonly kind: string
  readonly name: string
  readonly statements: readonly (string | null)[] | null
  readonly table: QualifiedName | null
}

interface Query {
  readonly stage: NativeObject['stage']
  readonly sql: string
  readonly onRequest?: true
}

const QUERIES: readonly Query[] = [
  { stage: 'before tables', sql: ROLES, onRequest: true },
  ...[
    EXTENSIONS,
    ACCESS_METHODS,
    COLLATIONS,
    ENUMS,
    COMPOSITES,
    RANGES,
    OPERATORS,
    CASTS,
    AGGREGATES,
    TEXT_SEARCH_DICTIONARIES,
    TEXT_SEARCH_CONFIGURATIONS,
  ].map((sql): Query => ({ stage: 'before tables', sql })),
  ...[INDEXES, CONSTRAINTS, STATISTICS, INDEX_ROLES].map((sql): Query => ({ stage: 'with keys', sql })),
  ...[VIEW_INDEXES, VIEW_SETTINGS, VIEW_DEFAULTS, RULES, TRIGGER_STATES, POLICIES, ROW_SECURITY].map(
    (sql): Query => ({ stage: 'after modules', sql }),
  ),
  ...[PERMISSIONS, DEFAULT_PRIVILEGES].map((sql): Query => ({ stage: 'after modules', sql, onRequest: true })),
]

export async function readObjects(client: ClientBase): Promise<readonly FoundObject[]> {
  const found: FoundObject[] = []
  for (const { stage, sql, onRequest } of QUERIES) {
    for (const { address, kind, name, statements, table } of (await client.query<Row>(sql)).rows) {
      const given = (statements ?? []).filter((statement) => statement !== null)
      if (given.length === 0) continue
      const facts = { ...(table !== null && { table }), ...(onRequest && { onRequest }) }
      found.push({ address, object: { kind, name, statements: given, stage, ...facts } })
    }
  }
  return found
}
