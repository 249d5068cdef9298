/** An object that belongs to a partition belongs to the table that the partition is a part of. */
export const OF_TABLE = `(select json_build_object('schema', rn.nspname, 'name', r.relname) from pg_class r
    join pg_namespace rn on rn.oid = r.relnamespace where r.oid = coalesce(pg_partition_root(c.oid), c.oid))`
