import type { LeftBehind } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'

/** Objects of one kind that a backup does not carry. */
interface Probe {
  /** A view and a column of it, without which there are no such objects. */
  readonly needs: readonly [view: string, column: string]
  readonly kind: string
  readonly reason: string
  /** Rows of `schema` (null for what has none) and `name`. */
  readonly sql: string
}

interface LeftBehindRow {
  readonly schema: string | null
  readonly name: string
}

const NOT_IN_A_TABLE = 'it holds no rows of a table; script it on its own'
const CODE = 'it is code outside of the database schema; deploy the assembly again'
const SECURITY = 'logins, users and permissions belong to the server they are on'

/** It filters rows, also for the owner of the database. */
const SECURITY_POLICY = 'security policy'

const PROBES: readonly Probe[] = [
  inSchema('synonyms', 'synonym', NOT_IN_A_TABLE),
  {
    needs: ['table_types', 'type_table_object_id'],
    kind: 'table type',
    reason: NOT_IN_A_TABLE,
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.table_types t join sys.schemas s on s.schema_id = t.schema_id`,
  },
  {
    needs: ['xml_schema_collections', 'xml_collection_id'],
    kind: 'xml schema collection',
    reason: 'the catalog does not keep its text; typed xml columns are carried as they are',
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(x.name as nvarchar(128)) as [name]
from sys.xml_schema_collections x join sys.schemas s on s.schema_id = x.schema_id
where s.name <> 'sys'`,
  },
  {
    needs: ['assemblies', 'is_user_defined'],
    kind: 'assembly',
    reason: CODE,
    sql: `select cast(null as nvarchar(128)) as [schema], cast(a.name as nvarchar(128)) as [name]
from sys.assemblies a where a.is_user_defined = 1`,
  },
  ofType('CLR module', ['PC', 'FS', 'FT', 'TA', 'AF'], CODE),
  ofType('rule', ['R'], 'rules are bound with sp_bindrule; use a check constraint'),
  ofType('service queue', ['SQ'], NOT_IN_A_TABLE),
  {
    needs: ['tables', 'is_external'],
    kind: 'external table',
    reason: 'its rows are in another place',
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
where t.is_external = 1`,
  },
  {
    needs: ['columns', 'graph_type'],
    kind: 'graph columns',
    reason:
      'the server numbers nodes and edges itself, so which nodes an edge joins is not carried; its other columns are',
    sql: `select distinct cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
join sys.columns c on c.object_id = t.object_id where c.graph_type is not null`,
  },
  {
    needs: ['fulltext_indexes', 'unique_index_id'],
    kind: 'full-text index',
    reason: 'it is built from the rows again; create its catalog and index on the target',
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.fulltext_indexes f join sys.tables t on t.object_id = f.object_id
join sys.schemas s on s.schema_id = t.schema_id`,
  },
  {
    needs: ['indexes', 'data_space_id'],
    kind: 'partitioning',
    reason: 'partition functions and schemes are storage; the rows are carried',
    sql: `select distinct cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.indexes i join sys.tables t on t.object_id = i.object_id
join sys.schemas s on s.schema_id = t.schema_id join sys.partition_schemes p on p.data_space_id = i.data_space_id
where i.index_id < 2`,
  },
  {
    needs: ['indexes', 'is_hypothetical'],
    kind: 'index of a view',
    reason: 'the text of the view is carried, its rows are computed; create the index again',
    sql: `select distinct cast(s.name as nvarchar(128)) as [schema], cast(v.name as nvarchar(128)) as [name]
from sys.indexes i join sys.views v on v.object_id = i.object_id join sys.schemas s on s.schema_id = v.schema_id
where v.is_ms_shipped = 0 and i.is_hypothetical = 0`,
  },
  {
    needs: ['security_policies', 'is_enabled'],
    kind: SECURITY_POLICY,
    reason: 'it may have hidden rows from this login',
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(p.name as nvarchar(128)) as [name]
from sys.security_policies p join sys.schemas s on s.schema_id = p.schema_id`,
  },
  {
    needs: ['triggers', 'parent_class'],
    kind: 'database trigger',
    reason: 'it reacts to changes of the schema, not of rows',
    sql: `select cast(null as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.triggers t
where t.parent_class = 0 and t.is_ms_shipped = 0`,
  },
  {
    needs: ['extended_properties', 'class'],
    kind: 'extended property',
    reason: 'only MS_Description of schemas, types, tables, columns and indexes is carried',
    sql: `select distinct cast(null as nvarchar(128)) as [schema], cast(p.name as nvarchar(128)) as [name]
from sys.extended_properties p
where p.name <> 'MS_Description' and p.name not like 'microsoft[_]%'`,
  },
  {
    needs: ['database_principals', 'is_fixed_role'],
    kind: 'user or role',
    reason: SECURITY,
    sql: `select cast(null as nvarchar(128)) as [schema], cast(p.name as nvarchar(128)) as [name]
from sys.database_principals p
where p.is_fixed_role = 0 and p.name not in ('dbo', 'guest', 'sys', 'INFORMATION_SCHEMA', 'public', 'db_owner')`,
  },
]

/** What is in the database and not in the model, by kind and name. */
export async function readLeftBehind({ query, views }: Catalog): Promise<readonly LeftBehind[]> {
  const found: LeftBehind[] = []
  for (const { needs, kind, reason, sql } of PROBES) {
    if (!views.has(...needs)) continue
    for (const { schema, name } of await query<LeftBehindRow>(sql)) {
      found.push({ kind, name: schema === null ? quote(name) : quote(schema, name), reason })
    }
  }
  return found.sort((one, other) => compareText(one.kind, other.kind) || compareText(one.name, other.name))
}

/** A sentence for the user when rows may be hidden from whoever reads them: the backup would look whole. */
export function hiddenRowsWarning(leftBehind: readonly LeftBehind[]): string | undefined {
  const policies = leftBehind.filter(({ kind }) => kind === SECURITY_POLICY).map(({ name }) => name)
  if (policies.length === 0) return undefined
  return `rows that this login may not see are not in the backup: there is row-level security (${policies.join(', ')})`
}

function inSchema(view: string, kind: string, reason: string): Probe {
  return {
    needs: [view, 'object_id'],
    kind,
    reason,
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]
from sys.${view} o join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0`,
  }
}

function ofType(kind: string, types: readonly string[], reason: string): Probe {
  return {
    needs: ['objects', 'type'],
    kind,
    reason,
    sql: `select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0 and o.type in (${types.map((type) => `'${type}'`).join(', ')})`,
  }
}
