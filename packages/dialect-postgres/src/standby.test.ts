import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgres } from './index.ts'
import { cellsOf, QUIET, tableOf } from './testing/test-source.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(() => server?.[Symbol.asyncDispose]())

it('dumps a standby, and names what only the primary has', async () => {
  const { host, port, user, password } = server
  const connection = { host, port, user, password, database: await server.createDatabase() }
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(`create table kept (id integer primary key); insert into kept values (7);
    create unlogged table fleeting (id serial, kept integer references kept); insert into fleeting values (1, 7);
    create sequence counter; select nextval('counter')`)
  await client.query(`create table parted (id integer, twice integer generated always as (id * 2) stored) partition by list (id);
    create table parted_kept (twice integer generated always as (id * 2) stored, id integer);
    alter table parted attach partition parted_kept for values in (1, 2);
    create unlogged table parted_fleeting partition of parted for values in (3); insert into parted values (2), (3), (1);
    create table lost (id integer) partition by list (id); create unlogged table lost_fleeting partition of lost default; insert into lost values (1)`)
  await client.end()
  await server.becomeStandby()
  await using source = await postgres.openSource!(postgres.parseConnection(connection), QUIET)
  const model = await source.reflect()
  expect(await cellsOf(source, tableOf(model, 'kept'))).toEqual([[7]])
  expect(await cellsOf(source, tableOf(model, 'fleeting'))).toEqual([])
  expect(await cellsOf(source, tableOf(model, 'parted'))).toEqual([[2], [1]])
  expect(await cellsOf(source, tableOf(model, 'lost'))).toEqual([])
  for await (const violation of source.checkRI(model)) expect.fail(violation.foreignKey)
  expect(model.sequences.map(({ name, lastValue }) => ({ name, lastValue }))).toEqual([
    { name: 'counter', lastValue: '1' },
  ])
  const unlogged = server.version >= 150000 ? [['value of a sequence', 'public.fleeting_id_seq']] : []
  expect(model.leftBehind.map(({ kind, name, table }) => [kind, name, table?.name])).toEqual([
    ...unlogged.map((one) => [...one, undefined]),
    ['rows of unlogged table', 'public.fleeting', undefined],
    ['rows of unlogged table', 'public.lost_fleeting', 'lost'],
    ['rows of unlogged table', 'public.parted_fleeting', 'parted'],
  ])
})
