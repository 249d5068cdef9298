import type { AliasType, Check } from '@albackup/core'
import type { ClientBase } from 'pg'
import { sqlExpression } from '../expression-parser.ts'
import { remarkable } from '../native-facts.ts'
import type { Types } from './types.ts'
import { IN_USER_SCHEMA, inNoExtension } from './user-schemas.ts'

interface Condition {
  readonly name: string
  readonly expression: string
  readonly validated: boolean
}

interface Row {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly declaration: string
  readonly notNull: boolean
  /** Of its constraint, where it is not the usual one. */
  readonly notNullName: string | null
  readonly default: string | null
  readonly collation: string | null
  /** As they stand behind `constraint`. */
  readonly checks: readonly string[]
  /** Those that hold for new values only. */
  readonly uncheckedChecks: readonly string[]
  readonly conditions: readonly Condition[]
  readonly comment: string | null
}

const CHECKS = `select array_agg(quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) order by k.conname collate "C")
  from pg_constraint k where k.contypid = t.oid and k.contype = 'c'`

const DOMAINS = `
  select t.oid::text as oid, n.nspname as schema, t.typname as name, format_type(t.typbasetype, t.typtypmod) as declaration,
    t.typnotnull as "notNull", (select k.conname from pg_constraint k where k.contypid = t.oid and k.contype = 'n'
      and k.conname <> t.typname || '_not_null') as "notNullName", t.typdefault as default,
    case when t.typcollation <> base.typcollation then (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
      from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = t.typcollation) end as collation,
    coalesce((${CHECKS} and k.convalidated), '{}') as checks,
    coalesce((${CHECKS} and not k.convalidated), '{}') as "uncheckedChecks",
    coalesce((select json_agg(json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, 0), 'validated',
        k.convalidated) order by k.conname collate "C")
      from pg_constraint k where k.contypid = t.oid and k.contype = 'c'), '[]') as conditions, obj_description(t.oid, 'pg_type') as comment
  from pg_type t
  join pg_type base on base.oid = t.typbasetype
  join pg_namespace n on n.oid = t.typnamespace
  where ${IN_USER_SCHEMA} and t.typtype = 'd' and ${inNoExtension('pg_type', 't.oid')}
  order by n.nspname collate "C", t.typname collate "C"`

/** A domain with its address in pg_depend. */
export interface FoundDomain {
  readonly address: string
  readonly domain: AliasType
}

export async function readDomains(client: ClientBase, types: Types): Promise<readonly FoundDomain[]> {
  return (await client.query<Row>(DOMAINS)).rows.map((row) => {
    const { oid, schema, name, declaration, notNull, collation, comment } = row
    const { logical, facts } = types.meaning(oid, -1)
    const all = remarkable({
      ...facts,
      default: row.default,
      notNull: row.notNullName,
      checks: row.checks,
      uncheckedChecks: row.uncheckedChecks,
    })
    const domain: AliasType = {
      schema,
      name,
      native: {
        declaration,
        ...(collation === null ? {} : { collation }),
        ...(all === undefined ? {} : { facts: all }),
      },
      logical,
      nullable: !notNull,
      ...(row.conditions.length === 0 ? {} : { checks: row.conditions.map(checkOf) }),
      ...(row.default === null ? {} : { default: sqlExpression(row.default, 'value') }),
      ...(comment === null ? {} : { comment }),
    }
    return { address: `pg_type:${oid}`, domain }
  })
}

function checkOf({ name, expression, validated }: Condition): Check {
  return {
    name,
    systemNamed: false,
    expression: sqlExpression(expression, 'condition'),
    enabled: true,
    trusted: validated,
  }
}
