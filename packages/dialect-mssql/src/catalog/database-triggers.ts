import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byName } from './lists.ts'
import { type SetOptions, underSettings } from './set-options.ts'
import { unseenText } from './unseen-text.ts'

export interface DatabaseTriggerRow extends SetOptions {
  readonly name: string
  readonly definition: string | null
  readonly isEncrypted: boolean
  readonly isDisabled: boolean
}

const DATABASE_TRIGGERS = `
select cast(t.name as nvarchar(128)) as [name], m.definition,
  cast(coalesce(objectproperty(t.object_id, 'IsEncrypted'), 0) as bit) as [isEncrypted],
  cast(case when m.uses_ansi_nulls = 0 then 1 else 0 end as bit) as [ansiNullsOff],
  cast(case when m.uses_quoted_identifier = 0 then 1 else 0 end as bit) as [quotedIdentifierOff],
  cast(t.is_disabled as bit) as [isDisabled]
from sys.triggers t
left join sys.sql_modules m on m.object_id = t.object_id
where t.parent_class = 0 and t.is_ms_shipped = 0`

/** They answer to changes of the schema, so they have to be made after all else, and dropped before. */
export async function readDatabaseTriggers({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('triggers', 'parent_class') || !views.has('sql_modules', 'uses_quoted_identifier')) return NOTHING
  const rows = byName(await query<DatabaseTriggerRow>(DATABASE_TRIGGERS))
  const unseen = rows.filter(({ definition }) => definition === null)
  return {
    objects: rows.flatMap(mapDatabaseTrigger),
    leftBehind: unseen.map((row) => unseenText({ ...row, kind: 'database trigger', schema: null })),
  }
}

export function mapDatabaseTrigger(row: DatabaseTriggerRow): readonly NativeObject[] {
  if (row.definition === null) return []
  const name = quote(row.name)
  return [
    {
      kind: 'database trigger',
      name,
      statements: [
        underSettings(row.definition, row),
        ...(row.isDisabled ? [`disable trigger ${name} on database`] : []),
      ],
      stage: 'after modules',
      drop: `drop trigger ${name} on database`,
    },
  ]
}
