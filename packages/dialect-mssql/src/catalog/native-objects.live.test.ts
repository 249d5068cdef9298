import type { Context, NativeObject, SchemaModel } from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from '../index.ts'

const server = liveMssql()
const context: Context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

const OBJECTS = `
create schema app
go
create table app.orders(id int not null primary key, note nvarchar(20))
go
create type app.keys as table(id int not null primary key, note nvarchar(20) null, unique(note), check (id > 0))
go
create partition function by_id(int) as range right for values (1, 10)
go
create partition scheme everywhere as partition by_id all to ([primary])
go
create role readers
go
create view app.all_orders as select id, note from app.orders
go
create view app.a_later_one as select id from app.all_orders
go
create function app.twice(@x int) returns int as begin return @x * 2 end
go
create procedure app.take @k app.keys readonly as select app.twice(id) from @k
go
create trigger app.noticed on app.orders after insert as select 1
go
exec sp_addextendedproperty 'MS_Description', N'the orders', 'schema', 'app', 'table', 'orders'
go
exec sp_addextendedproperty 'weight', 5, 'schema', 'app', 'table', 'orders', 'column', 'note'
go
exec sp_addextendedproperty 'MS_Description', N'a view''s', 'schema', 'app', 'view', 'all_orders'
go
exec sp_addextendedproperty 'release', N'1.2'`

async function reflect({ connection }: MssqlDatabase): Promise<SchemaModel> {
  await using source = await mssql.openSource!(mssql.parseConnection(connection), context)
  return await source.reflect()
}

const namesOf = (objects: readonly NativeObject[] | undefined) => objects?.map(({ kind, name }) => `${kind} ${name}`)

describe.skipIf(server === undefined)('on a live server', () => {
  let database: MssqlDatabase
  let model: SchemaModel

  beforeAll(async () => {
    database = await server!.createDatabase('h2_objects')
    await database.run(OBJECTS)
    model = await reflect(database)
  }, 120_000)

  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
  })

  it('what only SQL Server understands is captured, and described no more than once', () => {
    expect(namesOf(model.objects)).toEqual([
      'role [readers]',
      'partition function [by_id]',
      'partition scheme [everywhere]',
      'table type [app].[keys]',
      'extended property [MS_Description] of view [app].[all_orders]',
      'extended property [release] of the database',
      'extended property [weight] of column [app].[orders].[note]',
    ])
    expect(model.tables.map(({ name, comment }) => [name, comment])).toEqual([['orders', 'the orders']])
    expect(model.leftBehind.filter(({ kind }) => kind !== 'database settings')).toEqual([])
  })

  it('modules are in the order of what they need', () => {
    const names = model.modules.map(({ name }) => name)
    expect(names.indexOf('all_orders')).toBeLessThan(names.indexOf('a_later_one'))
    expect(model.modules.find(({ name }) => name === 'noticed')).toMatchObject({
      kind: 'trigger',
      definition: 'create trigger app.noticed on app.orders after insert as select 1',
      on: { schema: 'app', name: 'orders' },
    })
  })

  it('the statements make the same again in an empty database', async () => {
    await using empty = await server!.createDatabase('h2_again')
    const statements = (model.objects ?? []).flatMap((object) => object.statements)
    const early = (model.objects ?? []).filter(({ stage }) => stage === 'before tables')
    await empty.run(
      [
        'create schema app',
        ...early.flatMap((object) => object.statements),
        'create table app.orders(id int not null primary key, note nvarchar(20))',
        ...model.modules.map(({ definition }) => definition!),
        ...statements.filter((sql) => sql.includes('sp_addextendedproperty')),
      ].join('\ngo\n'),
    )
    const again = await reflect(empty)
    expect(again.objects).toEqual(model.objects)
    expect(again.modules).toEqual(model.modules)
  }, 120_000)
})
