import type { NativeObject, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { POLICIES, ROW_SECURITY, RULES, VIEW_DEFAULTS, VIEW_INDEXES } from './late-parts.ts'
import { AGGREGATES, CASTS, EXTENSIONS, OPERATORS } from './routines.ts'
import { CONSTRAINTS, INDEX_ROLES, INDEXES, STATISTICS } from './table-parts.ts'
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
  readonly statements: readonly (string | null)[]
  readonly table: QualifiedName | null
}

interface Query {
  readonly stage: NativeObject['stage']
  readonly sql: string
}

const QUERIES: readonly Query[] = [
  ...[EXTENSIONS, COLLATIONS, ENUMS, COMPOSITES, RANGES, OPERATORS, CASTS, AGGREGATES].map(
    (sql): Query => ({ stage: 'before tables', sql }),
  ),
  ...[INDEXES, CONSTRAINTS, STATISTICS, INDEX_ROLES].map((sql): Query => ({ stage: 'with keys', sql })),
  ...[VIEW_INDEXES, VIEW_DEFAULTS, RULES, POLICIES, ROW_SECURITY].map(
    (sql): Query => ({ stage: 'after modules', sql }),
  ),
]

export async function readObjects(client: ClientBase): Promise<readonly FoundObject[]> {
  const found: FoundObject[] = []
  for (const { stage, sql } of QUERIES) {
    for (const { address, kind, name, statements, table } of (await client.query<Row>(sql)).rows) {
      const given = statements.filter((statement) => statement !== null)
      if (given.length === 0) continue
      found.push({ address, object: { kind, name, statements: given, stage, ...(table !== null && { table }) } })
    }
  }
  return found
}
