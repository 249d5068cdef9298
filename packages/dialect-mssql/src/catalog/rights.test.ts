import { describe, expect, it } from 'vitest'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { mapOwner } from './owners.ts'
import { mapPermission, type PermissionRow, readPermissions } from './permissions.ts'
import { mapPrincipal, type PrincipalRow, readPrincipals } from './principals.ts'
import { mapRoleMember } from './role-members.ts'
import { readSecurables, type SecurableRow, type Securables } from './securables.ts'

const principal = (facts: Partial<PrincipalRow>): PrincipalRow => ({
  id: 5,
  name: 'u',
  type: 'S',
  authentication: 1,
  login: 'l',
  defaultSchema: 'dbo',
  ownerId: null,
  owner: null,
  ...facts,
})

describe('a user or role is made where there is none of that name, and where that is asked for', () => {
  it.each<[string, Partial<PrincipalRow>]>([
    ['create user [u] for login [l] with default_schema = [dbo]', {}],
    ['create user [u] for login [u] with default_schema = [dbo]', { login: null }],
    ['create user [u] without login with default_schema = [dbo]', { authentication: 0, login: null }],
    ['create user [u] without login with default_schema = [dbo]', { authentication: 2, login: null }],
    ['create user [u] for login [DOM\\u]', { type: 'G', login: 'DOM\\u', defaultSchema: null }],
    [
      'create user [u] from external provider with default_schema = [dbo]',
      { type: 'E', authentication: 4, login: null },
    ],
    [
      'begin create user [u] without login; revoke connect from [u] end',
      { authentication: 0, defaultSchema: null, isBarred: true },
    ],
    ['create role [u]', { isBarred: true, type: 'R', login: null, defaultSchema: null, ownerId: 1, owner: 'dbo' }],
    ['create role [u] authorization [o]', { type: 'R', login: null, defaultSchema: null, ownerId: 6, owner: 'o' }],
  ])('%s', (statement, facts) => {
    const row = principal(facts)
    expect(mapPrincipal(row)).toEqual([
      {
        kind: row.type === 'R' ? 'role' : 'user',
        name: '[u]',
        statements: [`if database_principal_id(N'u') is null ${statement}`],
        stage: 'before tables',
        onRequest: true,
      },
    ])
  })

  it('after its owner', async () => {
    const rows = [
      principal({ id: 5, name: 'a', type: 'R', ownerId: 6, owner: 'b' }),
      principal({ id: 6, name: 'b', type: 'R', ownerId: 1, owner: 'dbo' }),
    ]
    const { objects } = await readPrincipals(scriptedCatalog([/database_principals/, rows]))
    expect(objects.map(({ name }) => name)).toEqual(['[b]', '[a]'])
  })

  it.each([
    ['application role', { type: 'A' }],
    ['user', { type: 'C' }],
    ['password', { authentication: 2 }],
  ])('but not what is secret: %s', async (kind, facts) => {
    const { leftBehind } = await readPrincipals(scriptedCatalog([/database_principals/, [principal(facts)]]))
    expect(leftBehind).toMatchObject([{ kind, name: '[u]' }])
  })
})

it('a member is added to its role', () => {
  expect(mapRoleMember({ role: 'db_datareader', member: 'u' })).toEqual({
    kind: 'role member',
    name: '[u] of [db_datareader]',
    statements: ['alter role [db_datareader] add member [u]'],
    stage: 'before tables',
    onRequest: true,
  })
})

const ROWS: readonly SecurableRow[] = [
  { class: 1, id: 1, schema: 'dbo', name: 'T', type: 'U', parent: null, parentType: null },
  { class: 1, id: 2, schema: 'dbo', name: 'P', type: 'P', parent: null, parentType: null },
  { class: 3, id: 5, schema: null, name: 'sales', type: '', parent: null, parentType: null },
  { class: 4, id: 7, schema: null, name: 'r', type: 'R', parent: null, parentType: null },
  { class: 6, id: 300, schema: 'dbo', name: 'tt', type: '', parent: null, parentType: null },
  { class: 25, id: 9, schema: null, name: 'cert', type: '', parent: null, parentType: null },
]
const securables: Securables = { find: (of, id) => ROWS.find((row) => row.class === of && row.id === id) }

const permission = (facts: Partial<PermissionRow>): PermissionRow => ({
  class: 1,
  className: 'object_or_column',
  id: 1,
  column: null,
  permission: 'SELECT',
  state: 'G',
  grantee: 'u',
  granteeType: 'S',
  grantor: 'dbo',
  ...facts,
})

describe('a permission', () => {
  it.each<[string, Partial<PermissionRow>]>([
    ['grant select on object::[dbo].[T] to [u]', {}],
    ['grant select on object::[dbo].[T] to [u] with grant option', { state: 'W' }],
    ['deny select ([c]) on object::[dbo].[T] to [u]', { state: 'D', column: 'c' }],
    ['revoke select ([c]) on object::[dbo].[T] from [u]', { state: 'R', column: 'c' }],
    ['grant execute on object::[dbo].[P] to [u] as [o]', { id: 2, permission: 'EXECUTE', grantor: 'o' }],
    ['grant control on schema::[sales] to [u]', { class: 3, id: 5, permission: 'CONTROL' }],
    ['grant alter on role::[r] to [u]', { class: 4, id: 7, permission: 'ALTER' }],
    ['grant execute on type::[dbo].[tt] to [u]', { class: 6, id: 300, permission: 'EXECUTE' }],
    ['grant create table to [u]', { class: 0, id: 0, permission: 'CREATE TABLE' }],
  ])('%s', (statement, facts) => {
    expect(mapPermission(permission(facts), securables)).toMatchObject({ statements: [statement], onRequest: true })
  })

  it('of a table goes with it', () => {
    expect(mapPermission(permission({ column: 'c' }), securables)).toEqual({
      kind: 'permission',
      name: 'SELECT on [dbo].[T].[c] to [u]',
      statements: ['grant select ([c]) on object::[dbo].[T] to [u]'],
      stage: 'after modules',
      table: { schema: 'dbo', name: 'T' },
      onRequest: true,
    })
  })

  it.each([
    ['a certificate', { class: 25, id: 9, className: 'certificate' }],
    ['an object that is not there', { id: 99 }],
  ])('on %s is left behind', (_, facts) => {
    expect(mapPermission(permission(facts), securables)).toMatchObject({
      kind: 'permission',
      reason: 'it is on something that is not carried; grant it again with that',
    })
  })

  it('that may be given on comes first, and one that comes with the database not at all', async () => {
    const rows = [
      permission({ grantee: 'a' }),
      permission({ grantee: 'z', state: 'W' }),
      permission({ class: 0, id: 0, permission: 'CONNECT', grantee: 'z' }),
      permission({ class: 0, id: 0, permission: 'CONNECT', grantee: 'guest' }),
      permission({
        class: 0,
        id: 0,
        permission: 'VIEW ANY COLUMN MASTER KEY DEFINITION',
        grantee: 'public',
        granteeType: 'R',
      }),
    ]
    const { objects } = await readPermissions(scriptedCatalog([/database_permissions/, rows]), securables)
    expect(objects.flatMap(({ statements }) => statements)).toEqual([
      'grant select on object::[dbo].[T] to [z] with grant option',
      'grant connect to [guest]',
      'grant select on object::[dbo].[T] to [a]',
    ])
  })
})

it('an owner is given what it owned', () => {
  expect(mapOwner({ class: 3, id: 5, owner: 'u' }, securables)).toEqual([
    {
      kind: 'owner',
      name: '[u] of schema [sales]',
      statements: ['alter authorization on schema::[sales] to [u]'],
      stage: 'after modules',
      onRequest: true,
    },
  ])
  expect(mapOwner({ class: 1, id: 1, owner: 'u' }, securables)).toMatchObject([
    { statements: ['alter authorization on object::[dbo].[T] to [u]'], table: { schema: 'dbo', name: 'T' } },
  ])
})

it('securables are found by class and number', async () => {
  const found = await readSecurables(scriptedCatalog([/union all/, ROWS]))
  expect(found.find(3, 5)?.name).toBe('sales')
  expect(found.find(1, 5)).toBe(undefined)
})

it('securables of views with names of other collations come by one query', async () => {
  const asked: string[] = []
  const { views, query } = scriptedCatalog()
  const recording = <Row>(sql: string) => {
    asked.push(sql)
    return query<Row>(sql)
  }
  await readSecurables({ views, query: recording })
  const names = asked.join().match(/[a-z]+\.name as nvarchar\(128\)\)[^,\n]*/g)!
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !name.includes('collate database_default'))).toEqual([])
})
