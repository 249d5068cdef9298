import type { NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'

export interface TriggerOrderRow {
  /** null for a trigger of the database. */
  readonly schema: string | null
  readonly name: string
  /** null unless it is on a table. */
  readonly onTable: string | null
  /** INSERT, UPDATE, DELETE, or an event of the schema. */
  readonly event: string
  readonly isFirst: boolean
}

const TRIGGER_ORDER = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  case p.type when 'U' then cast(p.name as nvarchar(128)) end as [onTable], e.type_desc as [event], cast(e.is_first as bit) as [isFirst]
from sys.trigger_events e
join sys.triggers t on t.object_id = e.object_id
left join sys.objects p on p.object_id = t.parent_id and t.parent_class = 1
left join sys.schemas s on s.schema_id = p.schema_id
where t.is_ms_shipped = 0 and (e.is_first = 1 or e.is_last = 1)`

/** Which trigger is to be the first or the last of its table, or of the database, for an event. */
export async function readTriggerOrder({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('trigger_events', 'is_first')) return NOTHING
  const objects = (await query<TriggerOrderRow>(TRIGGER_ORDER)).map(mapTriggerOrder)
  return allCarried(objects.sort((one, other) => compareText(one.name, other.name)))
}

export function mapTriggerOrder({ schema, name, onTable, event, isFirst }: TriggerOrderRow): NativeObject {
  const trigger = schema === null ? quote(name) : quote(schema, name)
  const order = isFirst ? 'First' : 'Last'
  const scope = schema === null ? `, @namespace = 'DATABASE'` : ''
  return {
    kind: 'order of triggers',
    name: `${trigger} ${order.toLowerCase()} for ${event}`,
    statements: [
      `exec sys.sp_settriggerorder @triggername = ${quoteText(trigger)}, @order = '${order}', @stmttype = '${event}'${scope}`,
    ],
    stage: 'after modules',
    ...(schema !== null && onTable !== null && { table: { schema, name: onTable } }),
  }
}
