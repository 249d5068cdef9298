import { describe, expect, it } from 'vitest'
import { liveMssql, MssqlSession, parseMssqlUrl } from './mssql-server.ts'

it('reads the URL of a server', () => {
  expect(parseMssqlUrl('mssql://sa:p%40ss@127.0.0.1/shop?encrypt=false&packetSize=4096')).toEqual({
    host: '127.0.0.1',
    port: 1433,
    user: 'sa',
    password: 'p@ss',
    database: 'shop',
    options: { encrypt: false, packetSize: 4096 },
  })
})

const live = liveMssql()

describe.skipIf(!live)('a live SQL Server', () => {
  it('gives databases that are gone after their use', async () => {
    const database = await live!.createDatabase('k_names')
    await database.run('create table t (a int)\ngo\ninsert into t values (1), (2)')
    expect(await database.query('select sum(a) from t')).toEqual([[3]])
    await database[Symbol.asyncDispose]()
    await using session = await MssqlSession.open(live!.connection)
    expect(await session.query(`select name from sys.databases where name = '${database.name}'`)).toEqual([])
  })

  it('names the batch that fails', async () => {
    await using database = await live!.createDatabase('k_fails')
    await expect(database.run('select 1\ngo\nselect nothing\nfrom nowhere')).rejects.toThrow(
      'cannot run the batch "select nothing\nfrom nowhere"',
    )
  })
})
