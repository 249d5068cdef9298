import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { FIXED_ROLES } from './built-in-principals.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'
import { fullName, type Securables, tableOf } from './securables.ts'

export interface OwnerRow {
  /** As in sys.database_permissions: 1 objects, 3 schemas, 5 assemblies, 6 types, 10 XML schema collections, 23 full-text catalogs. */
  readonly class: number
  readonly id: number
  readonly owner: string
}

const OWNED: readonly (readonly [securableClass: number, view: string, id: string])[] = [
  [1, 'objects', 'object_id'],
  [3, 'schemas', 'schema_id'],
  [5, 'assemblies', 'assembly_id'],
  [6, 'types', 'user_type_id'],
  [10, 'xml_schema_collections', 'xml_collection_id'],
  [23, 'fulltext_catalogs', 'fulltext_catalog_id'],
]

const WORDS: ReadonlyMap<number, string> = new Map([
  [1, 'object'],
  [3, 'schema'],
  [5, 'assembly'],
  [6, 'type'],
  [10, 'xml schema collection'],
  [23, 'fulltext catalog'],
])

/** Every fixed role owns the schema of its own name. */
const BY_USERS = ` and x.name not in ('dbo', 'guest', 'sys', 'INFORMATION_SCHEMA', 'cdc', ${FIXED_ROLES})`

/** What has no owner of its own belongs to that of its schema. */
export async function readOwners({ query, views }: Catalog, securables: Securables): Promise<Carried> {
  const statements = OWNED.filter(([, view]) => views.has(view, 'principal_id')).map(
    ([securableClass, view, id]) => `
select ${securableClass} as [class], x.${id} as [id], cast(p.name as nvarchar(128)) as [owner]
from sys.${view} x join sys.database_principals p on p.principal_id = x.principal_id
where p.name <> 'dbo'${securableClass === 3 ? BY_USERS : ''}`,
  )
  if (statements.length === 0) return NOTHING
  const rows = await query<OwnerRow>(statements.join('\nunion all'))
  const objects = rows.flatMap((row) => mapOwner(row, securables))
  return allCarried(objects.sort((one, other) => compareText(one.name, other.name)))
}

export function mapOwner(row: OwnerRow, securables: Securables): readonly NativeObject[] {
  const securable = securables.find(row.class, row.id)
  const word = WORDS.get(row.class)
  if (securable === undefined || word === undefined) return []
  const table = tableOf(securable)
  const name = fullName(securable)
  return [
    {
      kind: 'owner',
      name: `${quote(row.owner)} of ${word} ${name}`,
      statements: [`alter authorization on ${word}::${name} to ${quote(row.owner)}`],
      stage: 'after modules',
      ...(table !== undefined && { table }),
      onRequest: true,
    },
  ]
}
