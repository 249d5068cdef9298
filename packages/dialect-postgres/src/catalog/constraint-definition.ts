/**
 * A query's expression for the definition of the pg_constraint `k` as it stands behind `add constraint`: the server's own, which leaves
 * out the options of the index behind a primary or unique key.
 */
export const CONSTRAINT_DEFINITION = `(select case when k.contype in ('p', 'u') and backing.reloptions is not null
      then regexp_replace(pg_get_constraintdef(k.oid), '((?: DEFERRABLE)?(?: INITIALLY DEFERRED)?)$',
        ' WITH (' || array_to_string(backing.reloptions, ', ') || ')\\1')
      else pg_get_constraintdef(k.oid) end
    from (select) as one left join pg_class backing on backing.oid = k.conindid)`

/** A condition on the pg_constraint `k`: it is about periods, which a row of the other table has to contain (from PostgreSQL 18 on). */
export const OF_PERIOD = `coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false)`
