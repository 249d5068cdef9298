import { postgres } from '@albackup/dialect-postgres'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { LiveJob } from '../live-job.ts'

/** Without CASE and COALESCE, of which Babelfish, where it stands in for a SQL Server, cannot show a definition. */
const SCHEMA = `
create table t (id integer primary key, name text, city text);
insert into t values (1, 'a', 'b'), (2, 'a ', 'c');
create view plain as select id, name from t where id > 0;
create view grouped as select p.name, count(*) from plain p group by p.name;
create view combined as select name from t union select city from t;
create view checked with (check_option = cascaded) as select id, name from t where id > 0;
`

const live = liveMssql()

describe.skipIf(live === undefined)('views of PostgreSQL in SQL Server', () => {
  it('are proven with the rest of the schema, and made again over themselves', async () => {
    await using job = await LiveJob.create()
    await using server = await startPostgres()
    const { host, port, user, password } = server
    const connection = { host, port, user, password, database: await server.createDatabase() }
    const origin = new pg.Client(connection)
    await origin.connect()
    await origin.query(SCHEMA)
    await origin.end()
    const { backup } = await job.dumpOf(postgres, connection)
    await using copy = await live!.createDatabase('views_proven')
    for (const allowRestore of [false, true]) {
      const restored = await job.restoreIntoMssql(backup, copy, { prove: true, allowRestore })
      expect(restored).toMatchObject({ findings: [], proven: true, missing: [], notCompared: [] })
    }
    expect(
      await copy.query('select [name], [count] from [dbo].[grouped] order by [count], datalength([name])'),
    ).toEqual([
      ['a', '1'],
      ['a ', '1'],
    ])
    await expect(copy.query("insert into [dbo].[checked] ([id], [name]) values (-1, N'x')")).rejects.toThrow()
  }, 240_000)
})
