import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'

/** What a plan must know of the target. */
export interface TargetFacts {
  readonly collation: string | null
  readonly schemas: readonly string[]
  readonly objects: readonly TargetObject[]
  /** In lower case, as sys.types has them. */
  readonly builtInTypes: readonly string[]
  /** In lower case; empty when the server does not tell. */
  readonly collations: readonly string[]
}

export interface TargetObject {
  readonly kind: TargetKind
  /** null: it is in no schema. */
  readonly schema: string | null
  readonly name: string
}

/** In the words of the DROP statement. */
export type TargetKind =
  | 'table'
  | 'view'
  | 'procedure'
  | 'function'
  | 'aggregate'
  | 'trigger'
  | 'synonym'
  | 'sequence'
  | 'default'
  | 'rule'
  | 'queue'
  | 'security policy'
  | 'type'
  | 'xml schema collection'
  | 'partition scheme'
  | 'partition function'
  | 'database trigger'
  | 'fulltext catalog'
  | 'fulltext stoplist'
  | 'assembly'

/** Of sys.objects.type; what else it lists (constraints) belongs to a table. A default that belongs to a table is a constraint. */
const OBJECTS = `
select cast(s.name as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name],
  case rtrim(o.type) when 'U' then 'table' when 'V' then 'view' when 'SN' then 'synonym' when 'SO' then 'sequence'
    when 'TR' then 'trigger' when 'TA' then 'trigger' when 'D' then 'default' when 'R' then 'rule' when 'SQ' then 'queue'
    when 'SP' then 'security policy' when 'AF' then 'aggregate' when 'P' then 'procedure' when 'PC' then 'procedure' else 'function' end as [kind]
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
where o.is_ms_shipped = 0 and (rtrim(o.type) in ('U', 'V', 'P', 'PC', 'FN', 'IF', 'TF', 'FS', 'FT', 'AF', 'TR', 'TA', 'SN', 'SO', 'R', 'SQ', 'SP')
  or o.type = 'D' and o.parent_object_id = 0)`

const TYPES = `
select cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name], 'type' as [kind]
from sys.types t
join sys.schemas s on s.schema_id = t.schema_id
where t.is_user_defined = 1`

interface OtherFamily {
  readonly needs: readonly [view: string, column: string]
  readonly kind: TargetKind
  readonly from: string
  /** The schema's name, in SQL. */
  readonly schema?: string
}

const OTHERS: readonly OtherFamily[] = [
  {
    needs: ['xml_schema_collections', 'xml_collection_id'],
    kind: 'xml schema collection',
    schema: 's.name',
    from: `sys.xml_schema_collections o join sys.schemas s on s.schema_id = o.schema_id where s.name <> 'sys'`,
  },
  { needs: ['partition_schemes', 'name'], kind: 'partition scheme', from: 'sys.partition_schemes o' },
  { needs: ['partition_functions', 'name'], kind: 'partition function', from: 'sys.partition_functions o' },
  { needs: ['fulltext_catalogs', 'name'], kind: 'fulltext catalog', from: 'sys.fulltext_catalogs o' },
  { needs: ['fulltext_stoplists', 'name'], kind: 'fulltext stoplist', from: 'sys.fulltext_stoplists o' },
  {
    needs: ['assemblies', 'is_user_defined'],
    kind: 'assembly',
    from: 'sys.assemblies o where o.is_user_defined = 1',
  },
  {
    needs: ['triggers', 'parent_class'],
    kind: 'database trigger',
    from: 'sys.triggers o where o.parent_class = 0 and o.is_ms_shipped = 0',
  },
]

export async function readTargetFacts(catalog: Catalog): Promise<TargetFacts> {
  const { query } = catalog
  const [database] = await query<{ readonly collation: string | null }>(
    `select convert(nvarchar(128), databasepropertyex(db_name(), 'Collation')) as [collation]`,
  )
  const names = async (sql: string) => (await query<{ readonly name: string }>(sql)).map(({ name }) => name)
  return {
    collation: database?.collation ?? null,
    schemas: await names('select cast(name as nvarchar(128)) as [name] from sys.schemas order by name'),
    objects: await readTargetObjects(catalog),
    builtInTypes: await names('select distinct lower(name) as [name] from sys.types where is_user_defined = 0'),
    collations: await names('select lower(name) as [name] from sys.fn_helpcollations()'),
  }
}

/** What is in the database that a backup could have, too. */
export async function readTargetObjects({ query, views }: Catalog): Promise<readonly TargetObject[]> {
  const objects = [...(await query<TargetObject>(OBJECTS)), ...(await query<TargetObject>(TYPES))]
  for (const { needs, kind, from, schema = 'null' } of OTHERS) {
    if (!views.has(...needs)) continue
    const columns = `cast(${schema} as nvarchar(128)) as [schema], cast(o.name as nvarchar(128)) as [name]`
    objects.push(...(await query<TargetObject>(`select ${columns}, '${kind}' as [kind] from ${from}`)))
  }
  return objects
}

/** Its full name, as statements have it. */
export function objectName({ schema, name }: TargetObject): string {
  return schema === null ? quote(name) : quote(schema, name)
}

/** A database that does not tell apart upper and lower case does not do so for names. */
export function nameFolding(collation: string | null): (name: string) => string {
  return collation !== null && /_CI(_|$)/i.test(collation) ? (name) => name.toLowerCase() : (name) => name
}
