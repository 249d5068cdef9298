import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote, quoteText } from '../quote.ts'
import { BUILT_IN_PRINCIPALS } from './built-in-principals.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { dependencyOrder } from './dependency-order.ts'
import { byName } from './lists.ts'

export interface PrincipalRow {
  readonly id: number
  readonly name: string
  /** S SQL user, U Windows user, G Windows group, R role, A application role, C and K of a certificate or key, E and X external. */
  readonly type: string
  /** 0 none, 1 login, 2 a password of the database, 3 Windows, 4 external; -1 unknown. */
  readonly authentication: number
  readonly login: string | null
  readonly defaultSchema: string | null
  readonly ownerId: number | null
  readonly owner: string | null
  /** The server tells who may connect, and this user may not. */
  readonly isBarred?: boolean
}

/** Without those that every database has. Who sees that dbo (1) may connect sees it of everyone. */
const PRINCIPALS = `
select p.principal_id as [id], cast(p.name as nvarchar(128)) as [name], rtrim(p.type) as [type],
  cast(p.authentication_type as int) as [authentication],
  case when p.type in ('S', 'U', 'G') then cast(suser_sname(p.sid) as nvarchar(128)) end as [login],
  cast(p.default_schema_name as nvarchar(128)) as [defaultSchema], p.owning_principal_id as [ownerId],
  cast(o.name as nvarchar(128)) as [owner],
  cast(case when exists (select 1 from sys.database_permissions c where c.class = 0 and c.type = 'CO' and c.grantee_principal_id = 1)
    and not exists (select 1 from sys.database_permissions c
      where c.class = 0 and c.type = 'CO' and c.grantee_principal_id = p.principal_id) then 1 else 0 end as bit) as [isBarred]
from sys.database_principals p
left join sys.database_principals o on o.principal_id = p.owning_principal_id and o.principal_id > 0
where p.name not in (${BUILT_IN_PRINCIPALS}) and p.name not like '##MS[_]%##'`

const AUTHENTICATED_BY_PASSWORD = 2

/** Users and roles, each after its owner. They belong to a server's people, so they are made only where that is asked for. */
export async function readPrincipals({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('database_principals', 'authentication_type') || !views.has('database_permissions', 'type'))
    return NOTHING
  const rows = byName(await query<PrincipalRow>(PRINCIPALS))
  const owners = rows.flatMap(({ id, ownerId }) => (ownerId === null ? [] : [{ from: id, to: ownerId }]))
  const ordered = dependencyOrder(rows, owners)
  return { objects: ordered.flatMap(mapPrincipal), leftBehind: ordered.flatMap(lostOfPrincipal) }
}

export function mapPrincipal(row: PrincipalRow): readonly NativeObject[] {
  const create = createPrincipal(row)
  if (create === undefined) return []
  const name = quote(row.name)
  const isBarred = row.type !== 'R' && row.isBarred === true
  // CREATE USER grants CONNECT by itself.
  const make = isBarred ? `begin ${create}; revoke connect from ${name} end` : create
  return [
    {
      kind: row.type === 'R' ? 'role' : 'user',
      name,
      statements: [`if database_principal_id(${quoteText(row.name)}) is null ${make}`],
      stage: 'before tables',
      onRequest: true,
    },
  ]
}

function createPrincipal(row: PrincipalRow): string | undefined {
  const name = quote(row.name)
  const schema = row.defaultSchema === null ? '' : `default_schema = ${quote(row.defaultSchema)}`
  const withSchema = schema === '' ? '' : ` with ${schema}`
  switch (row.type) {
    case 'R':
      return `create role ${name}${row.owner === null || row.owner === 'dbo' ? '' : ` authorization ${quote(row.owner)}`}`
    case 'S':
      if (row.authentication === 0 || row.authentication === AUTHENTICATED_BY_PASSWORD)
        return `create user ${name} without login${withSchema}`
      return `create user ${name} for login ${quote(row.login ?? row.name)}${withSchema}`
    case 'U':
    case 'G':
      return `create user ${name} for login ${quote(row.login ?? row.name)}${withSchema}`
    case 'E':
    case 'X':
      return `create user ${name} from external provider${withSchema}`
    default:
      return undefined
  }
}

function lostOfPrincipal(row: PrincipalRow): readonly LeftBehind[] {
  const name = quote(row.name)
  const lost = (kind: string, reason: string) => [{ kind, name, reason }]
  if (row.type === 'A')
    return lost('application role', 'its password cannot be read; create it again with CREATE APPLICATION ROLE')
  if (createPrincipal(row) === undefined)
    return lost('user', 'it is the user of a certificate or key, which is left behind; create both again')
  if (row.type === 'S' && row.authentication === AUTHENTICATED_BY_PASSWORD)
    return lost(
      'password',
      'the password of a user cannot be read; the user is made without, give it one with ALTER USER',
    )
  return []
}
