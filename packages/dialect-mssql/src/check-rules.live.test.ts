import type { Check, Key, TableRule } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { mssql } from './dialect.ts'
import { contextFor } from './testing/scripted-server.ts'

const server = liveMssql()

const SCRIPT = `
create table codes(id int not null primary key, code varchar(10) null, n int null)
go
insert into codes values (1, 'a', 1), (2, 'a', 2), (3, 'b', null), (4, null, 4), (5, null, null), (6, 'A', 50)`

const key = (...columns: readonly string[]): Key => ({
  ...{ name: 'u', systemNamed: false, clustered: false },
  columns: columns.map((name) => ({ name, descending: false })),
})

const where = (filter: string) => ({
  ...key('code'),
  ...{ unique: true, method: 'btree', included: [], enabled: true, filter: { native: filter } },
})

const check = (native: string): Check => ({
  ...{ name: 'c', systemNamed: false, expression: { native }, enabled: true, trusted: false },
})

describe.skipIf(server === undefined)('keys and checks that rows of a live database break', () => {
  it('are told with some of the keys, and what holds or cannot be asked is not', async () => {
    await using database = await server!.createDatabase('h1_rules')
    await database.run(SCRIPT)
    await using target = await mssql.openTarget!(mssql.parseConnection(database.connection), contextFor())
    const table = (await target.reflect()).tables[0]!
    const unique = (found: Key): TableRule => ({ kind: 'unique', table, key: found })
    const rule = (condition: string): TableRule => ({ kind: 'check', table, check: check(condition) })
    const violations = await target.checkRules!([
      unique(key('code')),
      unique(key('code', 'n')),
      unique(where('[code] is not null')),
      unique(where("[code] > 'a' or 1 = 1")),
      rule('([n]<(10))'),
      rule('([n]<(100))'),
      rule('([nothing]<(100))'),
    ])
    expect(violations).toEqual([
      { rows: 3, samples: ['null', expect.stringMatching(/^a$/i)] },
      null,
      { rows: 2, samples: [expect.stringMatching(/^a$/i)] },
      null,
      { rows: 1, samples: ['6'] },
      null,
      null,
    ])
  })
})
