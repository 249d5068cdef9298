import { inScope, type LeftBehind, type SchemaModel, type Scope } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { readDatabaseSettings } from './database-settings.ts'
import { FEATURES } from './features-left-behind.ts'
import { compareText } from './lists.ts'
import type { Probe } from './probe.ts'
import { HIDDEN_ROWS } from './security-policies.ts'
import { SERVICES } from './services-left-behind.ts'

interface LeftBehindRow {
  readonly schema: string | null
  readonly name: string
}

/** What is in the database and in none of the families that are carried, by kind and name. */
export async function readLeftBehind(catalog: Catalog): Promise<readonly LeftBehind[]> {
  const { query, views } = catalog
  const found: LeftBehind[] = []
  for (const { needs, kind, reason, sql } of [...FEATURES, ...SERVICES] satisfies readonly Probe[]) {
    if (!needs.every(([view, column]) => views.has(view, column))) continue
    for (const { schema, name } of await query<LeftBehindRow>(sql)) {
      found.push({ kind, name: schema === null ? quote(name) : quote(schema, name), reason })
    }
  }
  return [...found, ...(await readDatabaseSettings(catalog)), ...(await readUnknownObjects(catalog))]
}

/** Rows, and statements about them, are the same without. */
const ADMINISTRATIVE: ReadonlySet<string> = new Set([
  'FILESTREAM columns',
  'change data capture',
  'change tracking',
  'database audit specification',
  'database scoped configuration',
  'database settings',
  'filegroup',
  'filegroups of a partition scheme',
  'owner',
  'permission',
  'plan guide',
  'replication',
  'role member',
  'stretched table',
])

/** Sorted so, and what is an administrator's matter marked as that. */
export function byKindAndName(leftBehind: readonly LeftBehind[]): readonly LeftBehind[] {
  return leftBehind
    .map((one) => (ADMINISTRATIVE.has(one.kind) ? { ...one, administrative: true as const } : one))
    .sort((one, other) => compareText(one.kind, other.kind) || compareText(one.name, other.name))
}

/**
 * Every type of object that some family carries or names as left behind; a constraint belongs to its table, an internal table to
 * what it is made for.
 */
const KNOWN_TYPES = `'U', 'V', 'P', 'FN', 'IF', 'TF', 'TR', 'PK', 'UQ', 'F', 'C', 'D', 'R', 'SO', 'SN', 'TT', 'PC', 'FS', 'FT',
  'TA', 'AF', 'EC', 'SQ', 'PG', 'SP', 'ET', 'IT', 'S', 'X', 'ST'`

interface UnknownObjectRow {
  readonly kind: string
  readonly schema: string
  readonly name: string
}

/** The net below all families: objects of types that this program has never heard of. */
async function readUnknownObjects({ query }: Catalog): Promise<readonly LeftBehind[]> {
  const rows = await query<UnknownObjectRow>(`
select lower(replace(o.type_desc, '_', ' ')) as [kind], cast(s.name as nvarchar(128)) as [schema],
  cast(o.name as nvarchar(128)) as [name]
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0 and o.type not in (${KNOWN_TYPES})`)
  const reason = 'objects of this kind are not known to this program; script it on its own'
  return rows.map(({ kind, schema, name }) => ({ kind, name: quote(schema, name), reason }))
}

/** A sentence for the user when rows of tables in scope may be hidden from whoever reads them: the backup would look whole. */
export function hiddenRowsWarning({ leftBehind, tables }: SchemaModel, scope?: Scope): string | undefined {
  const read = tables.filter((table) => scope === undefined || inScope(scope, table))
  const names = new Set(read.map(({ schema, name }) => quote(schema, name)))
  const hidden = leftBehind.filter(({ kind, name }) => kind === HIDDEN_ROWS && names.has(name)).map(({ name }) => name)
  if (hidden.length === 0) return undefined
  return `rows that this login may not see are not in the backup: there is row-level security on ${hidden.join(', ')}`
}
