import type { RIViolation } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { mssql } from './dialect.ts'
import { contextFor } from './testing/scripted-server.ts'

const server = liveMssql()

/** The keys are told to the model by hand, since not every server lets rows break a key that it knows. */
const SCRIPT = `
create table parents(a int not null, b varchar(10) not null, primary key (a, b))
go
insert into parents values (1, 'x'), (2, 'y')
go
create table children(id int not null primary key, a int null, b varchar(10) null)
go
insert into children values (1, 1, 'x'), (2, 1, 'y'), (3, null, 'y'), (4, 9, null), (5, 2, 'y'), (6, 1, 'y')
go
create table days(d datetime not null primary key)
go
create table visits(id int not null primary key, d datetime null)
go
insert into visits select n, dateadd(day, n % 25, '2026-01-01 10:00:00.003') from (select top (50) cast(row_number() over (order by object_id) as int) as n from sys.all_columns) s
go
insert into visits values (51, null)`

const KEYS = {
  children: {
    name: 'fk_children',
    columns: ['a', 'b'],
    references: { schema: 'dbo', name: 'parents', columns: ['a', 'b'] },
  },
  visits: { name: 'fk_visits', columns: ['d'], references: { schema: 'dbo', name: 'days', columns: ['d'] } },
} as const

const FOREIGN_KEY = {
  systemNamed: false,
  onDelete: 'no action',
  onUpdate: 'no action',
  enabled: false,
  trusted: false,
} as const

describe.skipIf(server === undefined)('rows without a parent of a live database', () => {
  it('are counted with all their columns, not where one is NULL, and at most ten keys are shown', async () => {
    await using database = await server!.createDatabase('h4_ri')
    await database.run(SCRIPT)
    await using source = await mssql.openSource!(mssql.parseConnection(database.connection), contextFor())
    const model = await source.reflect()
    const tables = model.tables.map((table) => {
      const key = Object.entries(KEYS).find(([name]) => name === table.name)?.[1]
      return key === undefined ? table : { ...table, foreignKeys: [{ ...FOREIGN_KEY, ...key }] }
    })
    const violations: RIViolation[] = []
    for await (const violation of source.checkRI({ ...model, tables })) violations.push(violation)
    expect(violations).toEqual([
      { table: '[dbo].[children]', foreignKey: 'fk_children', rows: 2, samples: ['1, y'] },
      { table: '[dbo].[visits]', foreignKey: 'fk_visits', rows: 50, samples: expect.any(Array) },
    ])
    expect(violations[1]!.samples).toHaveLength(10)
    expect(violations[1]!.samples[0]).toMatch(/^2026-01-01 10:00:00\.003/)
  })
})
