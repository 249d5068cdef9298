import { isPlainLane } from '@albackup/testkit/postgres-server'
import { describe, expect, it } from 'vitest'
import { usePostgres } from './testing/test-target.ts'

const openTarget = usePostgres()

// What is given and taken is an administrator's.
describe.skipIf(isPlainLane())('the rights of a login for a restore', () => {
  /** A target opened by a login of its own, after `sql` was run by the owner of the server. */
  async function rightsAfter(sql: string, login: string) {
    await using owner = await openTarget()
    const database = owner.connection.database!
    await owner.rows(`create role "${login}" login password 'p'`)
    await owner.rows(sql.replaceAll('$db', `"${database}"`).replaceAll('$login', `"${login}"`))
    await using target = await openTarget({ database, user: login, password: 'p' })
    const rights = (await target.target.missingRights?.()) ?? []
    return rights.map((right) => ({ ...right, grant: right.grant.replaceAll(`"${database}"`, '$db') }))
  }

  it('nothing is missing for the owner', async () => {
    await using test = await openTarget()
    expect(await test.target.missingRights?.()).toEqual([])
  })

  it('nothing is missing for who may create schemas and tables', async () => {
    expect(
      await rightsAfter('grant create on database $db to $login; grant create on schema public to $login', 'maker'),
    ).toEqual([])
  })

  it('CREATE on the database is needed where no schema can be used, and the statements give all', async () => {
    const rights = await rightsAfter('revoke create on schema public from public', 'poor')
    expect(rights.map(({ severity, grant }) => [severity, grant])).toEqual([
      ['needed', 'grant create on database $db to "poor"'],
      ['advised', 'grant usage, create on schema "public" to "poor"'],
    ])
  })

  it('CREATE on the database is only advised where a schema can be used', async () => {
    const [right] = await rightsAfter(
      'create schema "its own" authorization $login; revoke create on schema public from public',
      'guest',
    )
    expect(right).toMatchObject({
      severity: 'advised',
      consequence: 'A restore can make no schemas, only tables in those that are there: "its own".',
    })
  })

  it('tables of others cannot be replaced: their owner’s role is given, or the tables where that is a superuser', async () => {
    const rights = await rightsAfter(
      `grant create on database $db to $login; grant create on schema public to $login;
       create role "somebody else"; create table "a table" (); create table theirs (); alter table theirs owner to "somebody else"`,
      'keeper',
    )
    expect(rights.map(({ right, grant }) => [right, grant])).toEqual([
      ['ownership of public."a table", which belongs to "postgres"', 'alter table public."a table" owner to "keeper"'],
      ['ownership of public.theirs, which belongs to "somebody else"', 'grant "somebody else" to "keeper"'],
    ])
  })

  it('the statements give what is missing', async () => {
    await using owner = await openTarget()
    const database = owner.connection.database!
    await owner.rows(
      `create role needy login password 'p'; create table t (); revoke create on schema public from public`,
    )
    const open = () => openTarget({ database, user: 'needy', password: 'p' })
    {
      await using target = await open()
      for (const { grant } of (await target.target.missingRights?.()) ?? []) await owner.rows(grant)
    }
    await using target = await open()
    expect(await target.target.missingRights?.()).toEqual([])
  })

  it('a login that may only read is told', async () => {
    const rights = await rightsAfter(
      'grant create on database $db to $login; grant create on schema public to $login; alter role $login in database $db set default_transaction_read_only = on',
      'reading',
    )
    expect(rights).toMatchObject([
      { severity: 'needed', grant: 'alter role "reading" in database $db set default_transaction_read_only = off' },
    ])
  })
})
