import type { NativeObject, QualifiedName } from '@albackup/core'
import type { ClientBase } from 'pg'
import { OF_TABLE } from './objects/of-table.ts'

interface Row {
  /** Of what it is said, in pg_depend; for the constraint of a domain that of the domain. */
  readonly address: string
  readonly kind: string
  readonly name: string
  readonly comment: string
  readonly table: QualifiedName | null
}

/**
 * Those of schemas, tables, columns, sequences, domains and indexes of columns are part of the model's own objects; what those do
 * not show is here: partitions, the indexes of keys and of expressions, the sequences of columns. An extension brings its own comment.
 */
const COMMENTS = `
  select coalesce((select 'pg_type:' || k.contypid from pg_constraint k where d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
      and k.contypid <> 0), d.classoid::regclass || ':' || d.objoid) as address,
    o.type as kind, o.identity as name, quote_literal(d.description) as comment,
    (select ${OF_TABLE} from pg_class c where c.relkind in ('r', 'p') and c.oid = case d.classoid
        when 'pg_constraint'::regclass then (select k.conrelid from pg_constraint k where k.oid = d.objoid)
        when 'pg_trigger'::regclass then (select t.tgrelid from pg_trigger t where t.oid = d.objoid)
        when 'pg_policy'::regclass then (select p.polrelid from pg_policy p where p.oid = d.objoid)
        when 'pg_rewrite'::regclass then (select r.ev_class from pg_rewrite r where r.oid = d.objoid)
        when 'pg_statistic_ext'::regclass then (select s.stxrelid from pg_statistic_ext s where s.oid = d.objoid)
        when 'pg_class'::regclass then coalesce((select i.indrelid from pg_index i where i.indexrelid = d.objoid),
          (select o.refobjid from pg_depend o where o.classid = 'pg_class'::regclass and o.objid = d.objoid
            and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i') and o.refobjsubid > 0), d.objoid) end) as table
  from pg_description d
  cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) as o
  where d.objoid >= 16384 and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e')
    and (o.type in ('function', 'procedure', 'aggregate', 'view', 'materialized view', 'view column', 'materialized view column',
      'composite type', 'composite type column', 'type', 'table constraint', 'domain constraint', 'trigger', 'rule', 'policy', 'operator', 'cast',
      'statistics object', 'collation', 'extension', 'text search dictionary', 'text search configuration', 'text search parser',
      'text search template', 'operator class', 'operator family', 'conversion', 'language', 'access method', 'transform', 'event trigger',
      'publication', 'foreign-data wrapper', 'server', 'foreign table', 'foreign table column')
      or o.type = 'index' and exists (select from pg_constraint k where k.conindid = d.objoid and k.contype in ('p', 'u', 'x'))
      or o.type in ('table', 'table column', 'index') and exists (select from pg_class c left join pg_index i on i.indexrelid = c.oid
        left join pg_class ic on ic.oid = i.indrelid
        where c.oid = d.objoid and (c.relispartition or i.indexprs is not null or ic.relkind = 'm'))
      or o.type = 'sequence' and exists (select from pg_depend i where i.classid = 'pg_class'::regclass and i.objid = d.objoid
        and i.refclassid = 'pg_class'::regclass and i.deptype in ('a', 'i') and i.refobjsubid > 0))
    and not (o.type = 'extension' and exists (select from pg_available_extensions v where quote_ident(v.name) = o.identity and v.comment = d.description))
    and not (o.type = 'type' and exists (select from pg_type t where t.oid = d.objoid and t.typtype = 'd'))
  order by o.type, o.identity collate "C"`

/** As they are called in `comment on`. */
const WORDS: Readonly<Record<string, string>> = {
  'view column': 'column',
  'table column': 'column',
  'composite type column': 'column',
  'foreign table column': 'column',
  'foreign-data wrapper': 'foreign data wrapper',
  'materialized view column': 'column',
  'composite type': 'type',
  'table constraint': 'constraint',
  'statistics object': 'statistics',
}

/** `keys`: what objects are called in the model, by their address; a comment whose own name does not tell says which it is of. */
export async function readComments(
  client: ClientBase,
  keys: ReadonlyMap<string, string>,
): Promise<readonly NativeObject[]> {
  return (await client.query<Row>(COMMENTS)).rows.map(({ address, kind, name, comment, table }) => {
    const of = keys.get(address)
    return {
      kind: 'comment',
      name: `${kind} ${name}`,
      statements: [`comment on ${phrase(kind, name)} is ${comment}`],
      stage: 'after modules',
      ...(table !== null && { table }),
      ...(table === null && of !== undefined && of !== `${kind} ${name}` && { of }),
    }
  })
}

function phrase(kind: string, name: string): string {
  // An aggregate of nothing, as count(*) is.
  if (kind === 'aggregate') return `aggregate ${name.replace(/\(\)$/, '(*)')}`
  if (kind !== 'domain constraint') return `${WORDS[kind] ?? kind} ${name}`
  return `constraint ${name.replace(/ on (?=\S+$)/, ' on domain ')}`
}
