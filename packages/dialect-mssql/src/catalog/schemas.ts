import type { Catalog } from './catalog.ts'

interface SchemaRow {
  readonly id: number
  readonly name: string
}

/** The schemas every database has are listed only when something of the user's is in them; that of change data capture never. */
const SCHEMAS = `
select s.schema_id as [id], cast(s.name as nvarchar(128)) as [name]
from sys.schemas s
where not (s.name = 'cdc' and exists (select 1 from sys.objects c where c.schema_id = s.schema_id and c.name = 'change_tables'))
  and (s.name not in ('sys', 'INFORMATION_SCHEMA', 'guest', 'db_owner', 'db_accessadmin', 'db_securityadmin', 'db_ddladmin',
  'db_backupoperator', 'db_datareader', 'db_datawriter', 'db_denydatareader', 'db_denydatawriter')
  or (s.name not in ('sys', 'INFORMATION_SCHEMA')
    and exists (select 1 from sys.objects o where o.schema_id = s.schema_id and o.is_ms_shipped = 0)))`

export function readSchemas(catalog: Catalog): Promise<readonly SchemaRow[]> {
  return catalog.query<SchemaRow>(SCHEMAS)
}
