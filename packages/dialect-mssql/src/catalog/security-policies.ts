import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog, CatalogViews } from './catalog.ts'
import { byQualifiedName, compareText, groupBy } from './lists.ts'

export interface SecurityPolicyRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  readonly isEnabled: boolean
  readonly notForReplication: boolean
  readonly isSchemaBound: boolean
}

export interface SecurityPredicateRow {
  readonly policyId: number
  readonly onSchema: string
  readonly onName: string
  readonly definition: string
  /** FILTER or BLOCK. */
  readonly type: string
  /** null for all: AFTER INSERT, AFTER UPDATE, BEFORE UPDATE, BEFORE DELETE. */
  readonly operation: string | null
}

function policies(views: CatalogViews): string {
  return `
select p.object_id as [id], cast(s.name as nvarchar(128)) as [schema], cast(p.name as nvarchar(128)) as [name],
  cast(p.is_enabled as bit) as [isEnabled], cast(p.is_not_for_replication as bit) as [notForReplication],
  cast(${views.column('security_policies', 'p', 'is_schema_bound', '1')} as bit) as [isSchemaBound]
from sys.security_policies p join sys.schemas s on s.schema_id = p.schema_id`
}

const PREDICATES = `
select r.object_id as [policyId], cast(s.name as nvarchar(128)) as [onSchema], cast(o.name as nvarchar(128)) as [onName],
  r.predicate_definition as [definition], r.predicate_type_desc as [type], r.operation_desc as [operation]
from sys.security_predicates r
join sys.objects o on o.object_id = r.target_object_id
join sys.schemas s on s.schema_id = o.schema_id
order by r.object_id, r.security_predicate_id`

/** What `hiddenRowsWarning` looks for. */
export const HIDDEN_ROWS = 'rows under a security policy'

/** Policies are carried; rows that they hide from this login are not, and nothing tells whether there are any. */
export async function readSecurityPolicies({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('security_predicates', 'predicate_definition')) return NOTHING
  const rows = byQualifiedName(await query<SecurityPolicyRow>(policies(views)))
  if (rows.length === 0) return NOTHING
  const predicates = groupBy(
    await query<SecurityPredicateRow>(PREDICATES),
    (row) => row.policyId,
    (row) => row,
  )
  const own = (row: SecurityPolicyRow) => predicates.get(row.id) ?? []
  return {
    objects: rows.map((row) => mapSecurityPolicy(row, own(row))),
    leftBehind: rows.flatMap((row) => hiddenRows(row, own(row))),
  }
}

/** Of several tables, it belongs to the first: it is made when all are there. */
export function mapSecurityPolicy(row: SecurityPolicyRow, predicates: readonly SecurityPredicateRow[]): NativeObject {
  const name = quote(row.schema, row.name)
  const [first] = predicates
  const options = `with (state = ${onOff(row.isEnabled)}, schemabinding = ${onOff(row.isSchemaBound)})`
  return {
    kind: 'security policy',
    name,
    statements: [
      [
        `create security policy ${name}`,
        predicates.map(predicateClause).join(',\n'),
        `${options}${row.notForReplication ? ' not for replication' : ''}`,
      ].join('\n'),
    ],
    stage: 'after modules',
    drop: `drop security policy ${name}`,
    ...(first !== undefined && { table: { schema: first.onSchema, name: first.onName } }),
  }
}

function predicateClause({ type, definition, onSchema, onName, operation }: SecurityPredicateRow): string {
  const when = operation === null ? '' : ` ${operation.toLowerCase()}`
  return `add ${type.toLowerCase()} predicate ${withoutParentheses(definition)} on ${quote(onSchema, onName)}${when}`
}

/** The catalog keeps `([s].[f]([c]))`; the statement takes the call alone. */
function withoutParentheses(definition: string): string {
  const text = definition.trim()
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
}

function hiddenRows(row: SecurityPolicyRow, predicates: readonly SecurityPredicateRow[]): readonly LeftBehind[] {
  if (!row.isEnabled) return []
  const tables = predicates
    .filter(({ type }) => type === 'FILTER')
    .map(({ onSchema, onName }) => quote(onSchema, onName))
  const reason = `policy ${quote(row.schema, row.name)} may hide rows from this login; dump with one that it lets see all`
  return [...new Set(tables)].sort(compareText).map((name) => ({ kind: HIDDEN_ROWS, name, reason }))
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off'
}
