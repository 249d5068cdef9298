import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText } from './lists.ts'

export interface RoleMemberRow {
  readonly role: string
  readonly member: string
}

const ROLE_MEMBERS = `
select cast(r.name as nvarchar(128)) as [role], cast(m.name as nvarchar(128)) as [member]
from sys.database_role_members x
join sys.database_principals r on r.principal_id = x.role_principal_id
join sys.database_principals m on m.principal_id = x.member_principal_id
where m.name not in ('dbo', 'cdc')`

export async function readRoleMembers({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('database_role_members', 'member_principal_id')) return NOTHING
  const objects = (await query<RoleMemberRow>(ROLE_MEMBERS)).map(mapRoleMember)
  return allCarried(objects.sort((one, other) => compareText(one.name, other.name)))
}

export function mapRoleMember({ role, member }: RoleMemberRow): NativeObject {
  return {
    kind: 'role member',
    name: `${quote(member)} of ${quote(role)}`,
    statements: [`alter role ${quote(role)} add member ${quote(member)}`],
    stage: 'before tables',
    onRequest: true,
  }
}
