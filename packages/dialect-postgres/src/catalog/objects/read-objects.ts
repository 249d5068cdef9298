import type { NativeObject, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { queryAll } from '../query-all.ts'
import { BASE_TYPES, SHELL_TYPES } from './base-types.ts'
import { CONVERSIONS, EVENT_TRIGGERS, LANGUAGES, TRANSFORMS } from './code.ts'
import { DATABASE_SETTINGS, publications, SECURITY_LABELS } from './database.ts'
import { FOREIGN_DATA_WRAPPERS, FOREIGN_SERVERS, FOREIGN_TABLES, USER_MAPPINGS } from './foreign.ts'
import {
  EXTENSION_DEPENDENCIES,
  INDEX_STATISTICS,
  POLICIES,
  ROW_SECURITY,
  RULES,
  TRIGGER_STATES,
  VALIDATIONS,
} from './late-parts.ts'
import { FAMILY_MEMBERS, OPERATOR_CLASSES, OPERATOR_FAMILIES } from './operator-classes.ts'
import { OWNERS } from './owners.ts'
import { DEFAULT_PRIVILEGES, OWNERS_OWN, PERMISSIONS } from './permissions.ts'
import { ROLES } from './roles.ts'
import { ACCESS_METHODS, AGGREGATES, CASTS, EXTENSIONS, OPERATORS } from './routines.ts'
import { CONSTRAINTS, INDEX_ROLES, INDEXES, STATISTICS } from './table-parts.ts'
import {
  TEXT_SEARCH_CONFIGURATIONS,
  TEXT_SEARCH_DICTIONARIES,
  TEXT_SEARCH_PARSERS,
  TEXT_SEARCH_TEMPLATES,
} from './text-search.ts'
import { COLLATIONS, COMPOSITES, ENUMS, RANGES } from './types.ts'
import { VIEW_DEFAULTS, VIEW_INDEX_ROLES, VIEW_INDEXES, VIEW_SETTINGS } from './view-parts.ts'

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

/** In the order of creation where no dependency says another. */
function queries(version: number): readonly Query[] {
  return [
    { stage: 'before tables', sql: ROLES, onRequest: true },
    ...BEFORE_TABLES.map((sql): Query => ({ stage: 'before tables', sql })),
    ...[INDEXES, CONSTRAINTS, STATISTICS, INDEX_ROLES].map((sql): Query => ({ stage: 'with keys', sql })),
    ...[...AFTER_MODULES, publications(version >= 150000)].map((sql): Query => ({ stage: 'after modules', sql })),
    ...ON_REQUEST.map((sql): Query => ({ stage: 'after modules', sql, onRequest: true })),
  ]
}

const BEFORE_TABLES = [
  ...[EXTENSIONS, LANGUAGES, ACCESS_METHODS, COLLATIONS, SHELL_TYPES, ENUMS, COMPOSITES, RANGES, BASE_TYPES],
  ...[OPERATORS, OPERATOR_FAMILIES, OPERATOR_CLASSES, FAMILY_MEMBERS, CASTS, AGGREGATES, TRANSFORMS, CONVERSIONS],
  ...[TEXT_SEARCH_PARSERS, TEXT_SEARCH_TEMPLATES, TEXT_SEARCH_DICTIONARIES, TEXT_SEARCH_CONFIGURATIONS],
  ...[FOREIGN_DATA_WRAPPERS, FOREIGN_SERVERS, FOREIGN_TABLES],
]

const AFTER_MODULES = [
  VALIDATIONS,
  ...[
    VIEW_INDEXES,
    VIEW_INDEX_ROLES,
    INDEX_STATISTICS,
    VIEW_SETTINGS,
    VIEW_DEFAULTS,
    RULES,
    TRIGGER_STATES,
    POLICIES,
    ROW_SECURITY,
  ],
  ...[EXTENSION_DEPENDENCIES, SECURITY_LABELS, EVENT_TRIGGERS, DATABASE_SETTINGS],
]

const ON_REQUEST = [USER_MAPPINGS, PERMISSIONS, DEFAULT_PRIVILEGES, OWNERS, OWNERS_OWN]

const VERSION = `select current_setting('server_version_num')::int as version`

export async function readObjects(client: ClientBase): Promise<readonly FoundObject[]> {
  const found: FoundObject[] = []
  const { version } = (await client.query<{ readonly version: number }>(VERSION)).rows[0]!
  const asked = queries(version)
  const answers = await queryAll<Row>(
    client,
    asked.map(({ sql }) => sql),
  )
  for (const [i, { stage, onRequest }] of asked.entries()) {
    for (const { address, kind, name, statements, table } of answers[i]!) {
      const given = (statements ?? []).filter((statement) => statement !== null)
      if (given.length === 0) continue
      const facts = { ...(table !== null && { table }), ...(onRequest && { onRequest }) }
      found.push({ address, object: { kind, name, statements: given, stage, ...facts } })
    }
  }
  return found
}
