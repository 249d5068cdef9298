import type { Check, ForeignKey, Key, ReferentialAction } from '@albackup/core'
import type { ClientBase } from 'pg'
import { sqlExpression } from '../expression-parser.ts'
import { nativeFacts } from '../native-facts.ts'
import { CONSTRAINT_DEFINITION, OF_PERIOD } from './constraint-definition.ts'
import { IN_USER_SCHEMA } from './user-schemas.ts'

interface Row {
  /** Of the table. */
  readonly oid: string
  readonly name: string
  readonly type: 'p' | 'u' | 'f' | 'c'
  readonly columns: readonly string[]
  /** Of a check: its expression. */
  readonly expression: string
  /** In PostgreSQL's words, as it stands behind `add constraint`. */
  readonly definition: string
  readonly validated: boolean
  /** From PostgreSQL 18 on a constraint may be no more than a word. */
  readonly notEnforced: boolean
  /** Of a check: not that of tables that inherit from the table. */
  readonly noInherit: boolean
  /** 'deferrable', 'initially deferred', or null for one that is checked at once. */
  readonly deferring: string | null
  /** Of a foreign key over several columns: 'full'. */
  readonly match: string | null
  /** Of a foreign key: which of its actions are RESTRICT; all else of these is said by `onDelete` and `onUpdate`. */
  readonly restrict: string | null
  /** Of a foreign key: the triggers that see to it are switched on. */
  readonly enabled: boolean
  /** Of a key. */
  readonly nullsNotDistinct: boolean
  /** How the index of a key is stored: `fillfactor=70`. */
  readonly options: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
  readonly referencedSchema: string | null
  readonly referencedTable: string | null
  readonly referencedColumns: readonly string[]
  /** What compares them, where one is not PostgreSQL's own: `operator(public.=)`. */
  readonly operators: readonly string[]
}

const CONSTRAINTS = `
  select k.conrelid::text as oid, k.conname as name, k.contype as type, k.convalidated as validated,
    coalesce(not (to_jsonb(k) ->> 'conenforced')::boolean, false) as "notEnforced", k.contype = 'c' and k.connoinherit as "noInherit",
    coalesce(pg_get_expr(k.conbin, k.conrelid), '') as expression, ${CONSTRAINT_DEFINITION} as definition,
    array(select a.attname::text from unnest(k.conkey) with ordinality as key (number, position)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number order by key.position) as columns,
    case when k.condeferred then 'initially deferred' when k.condeferrable then 'deferrable' end as deferring,
    case k.confmatchtype when 'f' then 'full' end as match,
    nullif(concat_ws(' and ', case k.confdeltype when 'r' then 'delete' end, case k.confupdtype when 'r' then 'update' end), '') as restrict,
    k.confdeltype as "onDelete", k.confupdtype as "onUpdate",
    rn.nspname as "referencedSchema", r.relname as "referencedTable",
    array(select a.attname::text from unnest(k.confkey) with ordinality as key (number, position)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.number order by key.position)
      as "referencedColumns",
    case when exists (select from pg_operator o where o.oid = any (k.conpfeqop) and o.oid >= 16384)
      then array(select 'operator(' || quote_ident(m.nspname) || '.' || o.oprname || ')'
        from unnest(k.conpfeqop) with ordinality as equal (oid, position)
        join pg_operator o on o.oid = equal.oid join pg_namespace m on m.oid = o.oprnamespace order by equal.position)
      else '{}' end as operators,
    not exists (select from pg_trigger t where t.tgconstraint = k.oid and t.tgisinternal and t.tgenabled = 'D') as enabled,
    coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as "nullsNotDistinct",
    coalesce(ic.reloptions, '{}') as options
  from pg_constraint k
  join pg_namespace n on n.oid = k.connamespace
  left join pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_class r on r.oid = k.confrelid
  left join pg_namespace rn on rn.oid = r.relnamespace
  where ${IN_USER_SCHEMA} and k.conrelid <> 0 and k.contype in ('p', 'u', 'f', 'c')
    and (k.contype <> 'f' or k.conparentid = 0 and not ${OF_PERIOD}) and (k.contype <> 'c' or k.conislocal)
  order by k.conname collate "C", k.oid`

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  // RESTRICT is NO ACTION that cannot be deferred.
  r: 'no action',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/** The constraints of one table. */
export interface Constraints {
  readonly primaryKey?: Key
  readonly uniqueKeys: readonly Key[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
}

/**
 * By the oid of the table. Foreign keys of partitions are those of their table, checks of a child those of its parent. A foreign key of
 * a period compares no values, and is an object of its own.
 */
export async function readConstraints(client: ClientBase): Promise<(table: string) => Constraints> {
  const { rows } = await client.query<Row>(CONSTRAINTS)
  return (table) => {
    const own = rows.filter(({ oid }) => oid === table)
    const primaryKey = own.find(({ type }) => type === 'p')
    return {
      ...(primaryKey === undefined ? {} : { primaryKey: keyOf(primaryKey) }),
      uniqueKeys: own.filter(({ type }) => type === 'u').map(keyOf),
      foreignKeys: own.filter(({ type }) => type === 'f').map(foreignKeyOf),
      checks: own.filter(({ type }) => type === 'c').map(checkOf),
    }
  }
}

function keyOf({ name, columns, definition, nullsNotDistinct, options, deferring }: Row): Key {
  const keyColumns = columns.map((column) => ({ name: column, descending: false }))
  const facts = nativeFacts({ definition, nullsNotDistinct, options, deferring })
  return { name, systemNamed: false, columns: keyColumns, clustered: false, ...facts }
}

function foreignKeyOf(row: Row): ForeignKey {
  return {
    name: row.name,
    systemNamed: false,
    columns: row.columns,
    references: {
      schema: row.referencedSchema ?? '',
      name: row.referencedTable ?? '',
      columns: row.referencedColumns,
    },
    onDelete: ACTIONS[row.onDelete] ?? 'no action',
    onUpdate: ACTIONS[row.onUpdate] ?? 'no action',
    enabled: row.enabled,
    trusted: row.validated,
    ...nativeFacts({
      ...{ definition: row.definition, operators: row.operators },
      ...{ deferring: row.deferring, match: row.match, restrict: row.restrict, notEnforced: row.notEnforced },
    }),
  }
}

function checkOf({ name, expression, definition, validated, notEnforced, noInherit }: Row): Check {
  return {
    name,
    systemNamed: false,
    expression: sqlExpression(expression, 'condition'),
    enabled: true,
    trusted: validated,
    ...nativeFacts({ definition, notEnforced, noInherit }),
  }
}
