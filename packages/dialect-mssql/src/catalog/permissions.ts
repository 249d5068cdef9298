import type { LeftBehind, NativeObject, QualifiedName } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'
import { namedClass } from './named-classes.ts'
import { fullName, type Securables, tableOf } from './securables.ts'

export interface PermissionRow {
  readonly class: number
  readonly className: string
  readonly id: number
  /** null unless the permission is for one column. */
  readonly column: string | null
  readonly permission: string
  /** G grant, W grant with grant option, D deny, R revoke (of a column, where the table is granted). */
  readonly state: string
  readonly grantee: string
  readonly granteeType: string
  readonly grantor: string
}

/** Those of dbo come with the database, and those of public on objects of the system with the server. */
const PERMISSIONS = `
select cast(p.class as int) as [class], lower(p.class_desc) as [className], p.major_id as [id],
  cast(c.name as nvarchar(128)) as [column], cast(p.permission_name as nvarchar(128)) as [permission],
  rtrim(p.state) as [state], cast(g.name as nvarchar(128)) as [grantee], rtrim(g.type) as [granteeType],
  cast(r.name as nvarchar(128)) as [grantor]
from sys.database_permissions p
join sys.database_principals g on g.principal_id = p.grantee_principal_id
join sys.database_principals r on r.principal_id = p.grantor_principal_id
left join sys.columns c on p.class = 1 and c.object_id = p.major_id and c.column_id = p.minor_id and p.minor_id > 0
where g.name not in ('dbo', 'sys', 'INFORMATION_SCHEMA', 'cdc') and p.major_id >= 0`

/** Permissions, with those first that let others give on what they were given. */
export async function readPermissions({ query, views }: Catalog, securables: Securables): Promise<Carried> {
  if (!views.has('database_permissions', 'grantor_principal_id')) return NOTHING
  const rows = (await query<PermissionRow>(PERMISSIONS)).filter((row) => !isImplied(row))
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other) || compareText(sortKey(one), sortKey(other)))
  const found = sorted.map((row) => mapPermission(row, securables))
  return {
    objects: found.filter((one): one is NativeObject => 'statements' in one),
    leftBehind: found.filter((one): one is LeftBehind => 'reason' in one),
  }
}

/** CREATE USER grants CONNECT by itself, and every database lets public see the keys' names. */
function isImplied({ class: of, permission, state, grantee, granteeType }: PermissionRow): boolean {
  if (of !== 0 || state !== 'G') return false
  if (permission === 'CONNECT') return granteeType !== 'R' && grantee !== 'guest'
  return grantee === 'public' && permission.startsWith('VIEW ANY COLUMN ')
}

function rank({ state }: PermissionRow): number {
  return ['W', 'G', 'D', 'R'].indexOf(state)
}

function sortKey({ class: of, id, column, permission, grantee, grantor }: PermissionRow): string {
  return [of, id, column ?? '', permission, grantee, grantor].join('\n')
}

export function mapPermission(row: PermissionRow, securables: Securables): NativeObject | LeftBehind {
  const on = securableOf(row, securables)
  const by = row.grantor === 'dbo' ? '' : ` as ${quote(row.grantor)}`
  const name = `${row.permission} on ${on?.name ?? row.className} to ${quote(row.grantee)}${by}`
  if (on === undefined)
    return { kind: 'permission', name, reason: 'it is on something that is not carried; grant it again with that' }
  const verb = row.state === 'D' ? 'deny' : row.state === 'R' ? 'revoke' : 'grant'
  const columns = row.column === null ? '' : ` (${quote(row.column)})`
  const direction = verb === 'revoke' ? 'from' : 'to'
  const option = row.state === 'W' ? ' with grant option' : ''
  return {
    kind: row.state === 'D' ? 'denied permission' : row.state === 'R' ? 'revoked permission' : 'permission',
    name,
    statements: [
      `${verb} ${row.permission.toLowerCase()}${columns}${on.clause} ${direction} ${quote(row.grantee)}${option}${by}`,
    ],
    stage: 'after modules',
    ...(on.table !== undefined && { table: on.table }),
    onRequest: true,
  }
}

interface On {
  readonly name: string
  readonly clause: string
  readonly table?: QualifiedName
}

function securableOf({ class: of, id, column }: PermissionRow, securables: Securables): On | undefined {
  if (of === 0) return { name: 'the database', clause: '' }
  const securable = securables.find(of, id)
  if (securable === undefined) return undefined
  const name = fullName(securable)
  if (of === 1) {
    const table = tableOf(securable)
    const columnName = column === null ? name : `${name}.${quote(column)}`
    return { name: columnName, clause: ` on object::${name}`, ...(table !== undefined && { table }) }
  }
  const word = of === 4 ? principalWord(securable.type) : namedClass(of)?.permission
  return word === undefined ? undefined : { name: `${word} ${name}`, clause: ` on ${word}::${name}` }
}

function principalWord(type: string): string {
  return type === 'R' ? 'role' : type === 'A' ? 'application role' : 'user'
}
