import type { LeftBehind, QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'

/** Tables and modules that replication and change data capture keep for themselves in the database. */
export interface ReplicationObjects {
  owns(object: QualifiedName): boolean
  readonly leftBehind: readonly LeftBehind[]
}

interface ReplicationRow {
  readonly schema: string
  readonly name: string
  readonly kind: string
}

/**
 * The schema cdc is that of change data capture where the database has its table of captures; the names of replication are
 * those of its own where its tables of articles, objects or subscriptions are.
 */
const REPLICATION_OBJECTS = `
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  case when s.name = 'cdc' then 'object of change data capture' else 'object of replication' end as [kind]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0 and o.type in ('U', 'V', 'P', 'FN', 'IF', 'TF', 'TR') and (
  (s.name = 'cdc' and exists (
    select 1 from sys.objects c where c.schema_id = s.schema_id and c.name = 'change_tables'))
  or ((o.name like 'MSmerge[_]%' or o.name like 'conflict[_]%' or o.name like 'sysmerge%') and exists (
    select 1 from sys.objects a where a.name = 'sysmergearticles'))
  or (o.name in ('MSreplication_objects', 'MSreplication_subscriptions', 'MSsubscription_agents', 'MSsnapshotdeliveryprogress',
    'MSsavedforeignkeys', 'MSsavedforeignkeycolumns', 'MSsavedforeignkeyextendedproperties', 'MSpeer_lsns', 'MSpub_identity_range')))`

export async function readReplicationObjects({ query }: Catalog): Promise<ReplicationObjects> {
  const rows = await query<ReplicationRow>(REPLICATION_OBJECTS)
  const names = new Set(rows.map(({ schema, name }) => quote(schema, name)))
  const reason = 'the server keeps it for itself; set replication or capture up again, which makes it'
  return {
    owns: ({ schema, name }) => names.has(quote(schema, name)),
    leftBehind: rows.map(({ schema, name, kind }) => ({ kind, name: quote(schema, name), reason })),
  }
}
