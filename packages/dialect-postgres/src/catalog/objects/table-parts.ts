import { CONSTRAINT_DEFINITION, OF_PERIOD } from '../constraint-definition.ts'
import { IN_USER_SCHEMA, inNoExtension } from '../user-schemas.ts'
import { OF_TABLE } from './of-table.ts'

/** Queries for what belongs to tables and comes with their keys, each as the rows of read-objects.ts. */

/**
 * Indexes of expressions, and those of partitions: each is attached to the index that it is a part of. Those that exclude come with the
 * constraint of the partitioned table, for the server attaches none (`CompareIndexInfo`).
 */
export const INDEXES = `
  select 'pg_class:' || x.oid as address, 'index' as kind, x.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when k.oid is null then pg_get_indexdef(x.oid)
      else 'alter table ' || case when i.indisexclusion then '' else 'only ' end || c.oid::regclass || ' add constraint ' || quote_ident(k.conname) || ' ' || ${CONSTRAINT_DEFINITION} end,
      'alter index ' || (select h.inhparent from pg_inherits h where h.inhrelid = x.oid)::regclass || ' attach partition ' || x.oid::regclass]
      as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_constraint k on k.conindid = x.oid and k.contype in ('p', 'u', 'x') and k.conrelid = c.oid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and ${inNoExtension('pg_class', 'c.oid')}
    and (c.relispartition or k.oid is null and i.indexprs is not null)
    and not (x.relispartition and i.indisexclusion)
  order by x.relispartition, (select count(*) from pg_partition_ancestors(c.oid)), n.nspname collate "C", x.relname collate "C"`

const OF_INHERITED_COLUMN = `not c.relispartition and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]
      and not a.attislocal)`

/** How many tables `c` inherits from, or is a partition of, counted by every way to them: more than each of these has. */
const ANCESTORS = `(with recursive up as (select h.inhparent from pg_inherits h where h.inhrelid = c.oid
    union all select h.inhparent from up join pg_inherits h on h.inhrelid = up.inhparent) select count(*) from up)`

/**
 * Those that not every row fulfils, not-null constraints that a table has of its own on what it inherits, those of partitions alone, those
 * that refer to a partition, for their tables are not tables of the model, and foreign keys of a period. What a table has of its own must be
 * there when the same comes to it from above.
 */
export const CONSTRAINTS = `
  select 'pg_constraint:' || k.oid as address,
    case k.contype when 'x' then 'exclusion constraint' when 'c' then 'check' when 'n' then 'not null' else 'foreign key' end as kind,
    quote_ident(k.conname) || ' on ' || c.oid::regclass as name, ${OF_TABLE} as table,
    array['alter table ' || case when k.contype in ('f', 'n') or c.relkind = 'p' then '' else 'only ' end || c.oid::regclass || ' add constraint '
      || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)] as statements
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class r on r.oid = k.confrelid
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and ${inNoExtension('pg_class', 'c.oid')}
    and (k.contype = 'n' and k.conislocal and (not k.convalidated or ${OF_INHERITED_COLUMN}) or k.contype = 'x' and not c.relispartition
      or k.contype = 'c' and c.relispartition and k.conislocal
      or k.contype = 'f' and k.conparentid = 0 and (c.relispartition or r.relispartition or ${OF_PERIOD}))
  order by ${ANCESTORS} desc, n.nspname collate "C", c.relname collate "C", k.conname collate "C"`

export const STATISTICS = `
  select 'pg_statistic_ext:' || s.oid as address, 'statistics' as kind,
    quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as name, ${OF_TABLE} as table,
    array[pg_get_statisticsobjdef(s.oid), case when (to_jsonb(s) ->> 'stxstattarget')::int >= 0
      then 'alter statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) || ' set statistics ' || (to_jsonb(s) ->> 'stxstattarget') end]
      as statements
  from pg_statistic_ext s
  join pg_class c on c.oid = s.stxrelid
  join pg_namespace n on n.oid = s.stxnamespace
  where ${IN_USER_SCHEMA} and ${inNoExtension('pg_statistic_ext', 's.oid')}
  order by n.nspname collate "C", s.stxname collate "C"`

/** What `cluster` and logical replication go by. */
export const INDEX_ROLES = `
  select 'pg_class:' || x.oid as address, 'index setting' as kind, x.oid::regclass::text as name, ${OF_TABLE} as table,
    array[case when i.indisclustered then 'alter table only ' || c.oid::regclass || ' cluster on ' || quote_ident(x.relname) end,
      case when i.indisreplident then 'alter table only ' || c.oid::regclass || ' replica identity using index ' || quote_ident(x.relname) end]
      as statements
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${IN_USER_SCHEMA} and c.relkind in ('r', 'p') and (i.indisclustered or i.indisreplident)
  order by n.nspname collate "C", x.relname collate "C"`
