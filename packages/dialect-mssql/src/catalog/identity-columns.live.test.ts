import type { Context } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { mssql } from '../index.ts'

const server = liveMssql()
const context: Context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

const TABLES = `
create schema other
go
create table up(id int identity(10, 5), v int)
go
create table down(id bigint identity(-5, -2), v int)
go
create table other.up(id decimal(18, 0) identity(1, 1), v int)
go
create table other.[it's "up".](id int identity(4, 2), v int)
go
insert into up(v) values (1), (2)
go
insert into down(v) values (1), (2), (3)
go
insert into other.up(v) values (1)
go
insert into other.[it's "up".](v) values (1), (2)`

describe.skipIf(server === undefined)('identities', () => {
  it('of several tables have each the last value of their own', async () => {
    await using database = await server!.createDatabase('m_identity')
    await database.run(TABLES)
    await using source = await mssql.openSource!(mssql.parseConnection(database.connection), context)
    const { tables } = await source.reflect()
    const last = tables.map(({ schema, name, columns }) => [`${schema}.${name}`, columns[0]?.identity])
    expect(Object.fromEntries(last)).toMatchObject({
      'dbo.up': { seed: '10', increment: '5', lastValue: '15' },
      'dbo.down': { seed: '-5', increment: '-2', lastValue: '-9' },
      'other.up': { seed: '1', increment: '1', lastValue: '1' },
      'other.it\'s "up".': { seed: '4', increment: '2', lastValue: '6' },
    })
  })
})
