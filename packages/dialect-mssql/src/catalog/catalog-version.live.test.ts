import type { Context, Source } from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from '../index.ts'

const server = liveMssql()
const context: Context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

const OBJECTS = `
create table t(id int identity(1, 1) primary key, a nvarchar(10), b int)
go
create table u(id int not null primary key)
go
create procedure p as select 1
go
create view v as select id from t`

/** Each on top of those before it. */
const CHANGES: readonly string[] = [
  'alter table t add c decimal(9, 2)',
  'alter table t drop column c',
  'alter table t alter column a nvarchar(20)',
  'alter table t alter column b bigint',
  "exec sp_rename 't.a', 'aa', 'column'",
  'create index ix on t(b)',
  'drop index ix on t',
  'alter table t add constraint ck check (b > 0)',
  'alter table t drop constraint ck',
  'alter table t add constraint df default 5 for b',
  'alter table t add constraint fk foreign key (id) references u(id)',
  'alter table t drop constraint fk',
  'create table w(id int)',
  'drop table w',
  'alter procedure p as select 22',
  'create trigger tr on t after insert as select 1',
  'disable trigger tr on t',
  'drop trigger tr',
  'create schema s',
  'create type phone from nvarchar(20)',
  'create type tt as table(id int)',
  "exec sp_addextendedproperty 'MS_Description', N'x', 'schema', 'dbo', 'table', 't'",
  "exec sp_updateextendedproperty 'MS_Description', N'y', 'schema', 'dbo', 'table', 't'",
  "exec sp_addextendedproperty 'n', 5",
  "exec sp_updateextendedproperty 'n', N'5'",
  'create partition function pf(int) as range right for values (1)',
  'create role r',
  'drop role r',
  'drop view v',
]

describe.skipIf(server === undefined)('the version of the catalog', () => {
  let database: MssqlDatabase
  let source: Source

  beforeAll(async () => {
    database = await server!.createDatabase('h2_version')
    await database.run(OBJECTS)
    source = await mssql.openSource!(mssql.parseConnection(database.connection), context, { consistency: 'none' })
  }, 120_000)

  afterAll(async () => {
    await source?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
  })

  it('is the same as long as nothing but rows changes, and so is the model but for the last values', async () => {
    const version = await source.catalogVersion!()
    const model = await source.reflect()
    await database.run(
      `insert into t(b) values (1), (2), (3)\ngo\ndelete from t where b = 2\ngo\ninsert into u values (1), (3)`,
    )
    expect(await source.catalogVersion!()).toBe(version)
    const now = await source.reflect()
    expect(now).not.toEqual(model)
    expect(await source.refresh!(model)).toEqual(now)
  }, 120_000)

  it.each(CHANGES)(
    'is another after %s',
    async (change) => {
      const before = await source.catalogVersion!()
      await database.run(change)
      expect(await source.catalogVersion!()).not.toBe(before)
    },
    60_000,
  )
})
