import type { MissingRight } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { quote } from './quote.ts'

/** Who is to read what. */
interface Login {
  readonly user: string
  readonly database: string
}

interface UnreadableRow {
  readonly schema: string
  readonly name: string
  readonly unreadable: boolean
}

const TABLES = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name],
  cast(case has_perms_by_name(quotename(s.name) + '.' + quotename(t.name), 'OBJECT', 'SELECT') when 0 then 1 else 0 end as bit) as [unreadable]
from sys.tables t
join sys.schemas s on s.schema_id = t.schema_id
where t.is_ms_shipped = 0
order by s.name, t.name`

/** Above that many names the permission on the whole database is more use. */
const MOST_NAMES = 10

/** Without SELECT on the database a login may have it on the tables themselves; those of which it has no right at all are not even shown to it. */
export async function toRead({ query }: Catalog, { user, database }: Login): Promise<readonly MissingRight[]> {
  const tables = await query<UnreadableRow>(TABLES)
  const unreadable = tables.filter((table) => table.unreadable)
  if (tables.length > 0 && unreadable.length === 0) return []
  const names = unreadable.map(({ schema, name }) => quote(schema, name))
  const isAll = names.length === tables.length || names.length > MOST_NAMES
  if (isAll) {
    const which = tables.length === 0 ? 'no table is shown to it' : `it may not read ${names.length} of the tables`
    return [
      {
        right: `SELECT on database ${quote(database)}`,
        severity: 'needed',
        consequence: `A dump fails: ${which}.`,
        grant: `alter role [db_datareader] add member ${quote(user)}`,
      },
    ]
  }
  return names.map((name) => ({
    right: `SELECT on ${name}`,
    severity: 'needed',
    consequence: 'A dump fails at this table, unless it is left out with --exclude.',
    grant: `grant select on object::${name} to ${quote(user)}`,
  }))
}

interface DeniedRow {
  readonly schema: string
  readonly table: string
  /** null: all of the table. */
  readonly column: string | null
  /** Who is denied: the user, or a role or group it is in. */
  readonly grantee: string
}

const DENIED = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [table],
  cast(c.name as nvarchar(128)) as [column], cast(g.name as nvarchar(128)) as [grantee]
from sys.database_permissions p
join sys.database_principals g on g.principal_id = p.grantee_principal_id
join sys.tables t on t.object_id = p.major_id
join sys.schemas s on s.schema_id = t.schema_id
left join sys.columns c on c.object_id = p.major_id and c.column_id = p.minor_id and p.minor_id > 0
where p.class = 1 and p.state = 'D' and p.permission_name = 'SELECT'
  and (g.name = user_name() or is_member(g.name) = 1)
  and has_perms_by_name(quotename(s.name) + '.' + quotename(t.name), 'OBJECT', 'SELECT', c.name,
    case when c.name is not null then 'COLUMN' end) = 0
order by s.name, t.name, c.column_id`

/** What is denied stays so whatever is granted; an owner is denied nothing. */
export async function toReadWhatIsDenied({ query, views }: Catalog): Promise<readonly MissingRight[]> {
  if (!views.has('database_permissions', 'grantee_principal_id')) return []
  return (await query<DeniedRow>(DENIED)).map(({ schema, table, column, grantee }) => ({
    right: `SELECT on ${column === null ? quote(schema, table) : quote(schema, table, column)}, which is denied`,
    severity: 'needed',
    consequence: 'A dump fails at this table, unless it is left out with --exclude.',
    grant: `revoke select${column === null ? '' : ` (${quote(column)})`} on object::${quote(schema, table)} from ${quote(grantee)}`,
  }))
}
