import type { Column, QualifiedName, Table } from '@albackup/core'
import type { ClientBase } from 'pg'
import { fullName } from '../ddl.ts'
import { nativeTable, optionClauses } from '../native-ddl.ts'
import { nativeFacts, type PartitionFacts } from '../native-facts.ts'
import type { ReflectedColumn } from './columns.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

export interface TableRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly isPartition: boolean
  readonly partitionBy: string | null
  /** Of a partition. */
  readonly bound: string | null
  /** The tables it inherits from, or whose partition it is. */
  readonly parents: readonly QualifiedName[]
  /** Of a partition: the oid of the table that it is, through others, a part of. */
  readonly root: string
  /** The composite type that it was made of. */
  readonly ofType: string | null
  readonly unlogged: boolean
  readonly options: readonly string[]
  readonly accessMethod: string | null
  readonly rowSecurity: boolean
  readonly forceRowSecurity: boolean
  /** f: full, n: nothing; d and i: as a key or an index says. */
  readonly replicaIdentity: string
  readonly comment: string | null
}

const TABLES = `
  select c.oid::text as oid, n.nspname as schema, c.relname as name, c.relispartition as "isPartition",
    pg_get_partkeydef(c.oid) as "partitionBy", pg_get_expr(c.relpartbound, c.oid) as bound,
    coalesce((select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by i.inhseqno)
      from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      where i.inhrelid = c.oid), '[]') as parents,
    coalesce(pg_partition_root(c.oid), c.oid)::oid::text as root,
    nullif(c.reloftype, 0)::regtype::text as "ofType", c.relpersistence = 'u' as unlogged,
    array(select option from unnest(c.reloptions || (select array(select 'toast.' || own from unnest(toast.reloptions) as own)
      from pg_class toast where toast.oid = c.reltoastrelid)) as option where option !~ '^pg_') as options,
    (select nullif(am.amname, 'heap') from pg_am am where am.oid = c.relam) as "accessMethod",
    c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "forceRowSecurity",
    c.relreplident as "replicaIdentity", obj_description(c.oid, 'pg_class') as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and (c.relkind in ('r', 'p') or c.relkind = 'f' and c.relispartition) and c.relpersistence <> 't' and ${inNoExtension('pg_class', 'c.oid')}
  order by n.nspname collate "C", c.relname collate "C"`

export async function readTables(client: ClientBase): Promise<readonly TableRow[]> {
  return (await client.query<TableRow>(TABLES)).rows
}

/** Tables that belong to another: its partitions, each after its parent, and those that inherit from it. */
export interface Offspring {
  readonly partitions: readonly PartitionFacts[]
  readonly heirs: readonly QualifiedName[]
}

/** What only PostgreSQL knows of a table. */
export function tableFacts(
  row: TableRow,
  columns: readonly ReflectedColumn[],
  { partitions, heirs }: Offspring,
): Pick<Table, 'native'> {
  return nativeFacts({
    partitionBy: row.partitionBy,
    partitions: partitions.map(({ schema, name, statements, settings }) => ({ schema, name, statements, settings })),
    inherits: row.isPartition ? [] : row.parents.map(({ schema, name }) => ({ schema, name })),
    heirs: heirs.map(({ schema, name }) => ({ schema, name })),
    inheritedColumns: row.isPartition ? [] : columns.filter((one) => one.inherited).map((one) => one.column.name),
    unlogged: row.unlogged,
    options: row.options,
    accessMethod: row.accessMethod,
    settings: [...columns.flatMap(({ settings }) => settings), ...wholeSettings(row)],
    rowSecurity: row.rowSecurity,
    forceRowSecurity: row.forceRowSecurity,
  })
}

export function offspringOf(
  row: TableRow,
  tables: readonly TableRow[],
  columnsOf: (oid: string) => readonly ReflectedColumn[],
): Offspring {
  const heirs = tables.filter((one) => !one.isPartition && isParent(one, row))
  return { partitions: partitionsOf(row, tables, columnsOf), heirs }
}

/** The partitions of a table, each after the one it is a part of, as statements. */
function partitionsOf(
  root: TableRow,
  tables: readonly TableRow[],
  columnsOf: (oid: string) => readonly ReflectedColumn[],
): readonly PartitionFacts[] {
  const found: PartitionFacts[] = []
  const add = (parent: TableRow) => {
    for (const row of tables) {
      const isChild = row.isPartition && row.root === root.oid && isParent(row, parent)
      if (!isChild) continue
      found.push(partitionOf(row, parent, columnsOf(row.oid)))
      add(row)
    }
  }
  if (root.partitionBy !== null) add(root)
  return found
}

function isParent({ parents }: TableRow, { schema, name }: TableRow): boolean {
  return parents.some((one) => one.schema === schema && one.name === name)
}

function partitionOf(row: TableRow, parent: TableRow, columns: readonly ReflectedColumn[]): PartitionFacts {
  const { schema, name, bound } = row
  const table: Table = {
    ...{ schema, name, uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] },
    columns: columns.map(({ column }) => withoutIdentity(column)),
    ...tableFacts({ ...row, partitionBy: row.partitionBy }, [], { partitions: [], heirs: [] }),
  }
  const settings = [...columns.flatMap((one) => one.settings), ...optionClauses(row.options), ...wholeSettings(row)]
  const defaults = columns.flatMap(({ column }) =>
    column.default === undefined
      ? []
      : [`alter column "${column.name.replaceAll('"', '""')}" set default ${column.default.expression.native}`],
  )
  return {
    schema,
    name,
    statements: [nativeTable(table), `alter table only ${fullName(parent)} attach partition ${fullName(row)} ${bound}`],
    settings: [...settings, ...defaults],
  }
}

/** A partition has the identity of its table. */
function withoutIdentity({ identity, ...column }: Column): Column {
  return column
}

/** Clauses of `alter table`. */
function wholeSettings({ replicaIdentity, ofType }: TableRow): readonly string[] {
  return [
    ...(replicaIdentity === 'f' ? ['replica identity full'] : []),
    ...(replicaIdentity === 'n' ? ['replica identity nothing'] : []),
    ...(ofType === null ? [] : [`of ${ofType}`]),
  ]
}
