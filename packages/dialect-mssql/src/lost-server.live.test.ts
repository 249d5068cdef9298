import type { Context } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { describe, expect, it } from 'vitest'
import { mssql } from './index.ts'
import { openRelay } from './testing/relay.ts'

const server = liveMssql()
const context: Context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }

describe.skipIf(server === undefined)('a server that goes away while a table is read', () => {
  it('fails the read, and nothing else when the source is closed', async () => {
    await using database = await server!.createDatabase('r_lost')
    await database.run('create table t(a int not null, b char(200) not null)')
    await database.run(`insert into t select 1, 'x' from sys.all_columns a`)
    await database.run('insert into t select a.a, a.b from t a cross join (select top 20 a from t) b')
    const { host, port } = database.connection
    const relay = await openRelay(host!, port!)
    const read = async () => {
      await using source = await mssql.openSource!(
        mssql.parseConnection({ ...database.connection, host: '127.0.0.1', port: relay.port }),
        context,
      )
      const model = await source.reflect()
      for await (const _ of source.readRows(model.tables[0]!, null)) relay.cut()
    }
    await expect(read()).rejects.toMatchObject({
      code: 'ALB_SOURCE',
      message: expect.stringMatching(/^cannot read table \[dbo\]\.\[t\]: /),
    })
  })
})
