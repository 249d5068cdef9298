import { setTimeout } from 'node:timers/promises'
import { type Json, SourceError } from '@albackup/core'
import { isPlainLane } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { expect, it } from 'vitest'
import { postgres } from './index.ts'
import { cellsOf, QUIET, tableOf, usePostgresSource } from './testing/test-source.ts'

const database = usePostgresSource()

it('reads the rows of the moment it was opened, in every connection that shares it', async () => {
  await using test = await database('create table t (n integer); insert into t values (1)')
  await using source = await test.open()
  const table = tableOf(await source.reflect(), 't')
  await test.run('insert into t values (2)')
  const shared = await source.share!([table], async (ticket: Json) => {
    await test.run('insert into t values (3)')
    const connection = postgres.parseConnection(test.connection)
    await using reader = await postgres.openReader!(connection, structuredClone(ticket), QUIET)
    expect(await cellsOf(reader, table)).toEqual([[1]])
  })
  expect(shared).toBe(true)
  expect(await cellsOf(source, table)).toEqual([[1]])
  expect(source.consistency).toEqual({ level: 'snapshot', verdict: expect.stringMatching(/exported snapshot/) })
})

it('reads what is there by then when no consistency is asked for', async () => {
  await using test = await database('create table t (n integer); insert into t values (1)')
  await using source = await test.open({ consistency: 'none' })
  const table = tableOf(await source.reflect(), 't')
  await test.run('insert into t values (2)')
  await source.share!([table], async (ticket) => {
    await using reader = await postgres.openReader!(postgres.parseConnection(test.connection), ticket, QUIET)
    expect(await cellsOf(reader, table)).toEqual([[1], [2]])
  })
  expect(source.consistency.level).toBe('none')
})

it('has no database snapshots', async () => {
  await using test = await database('')
  await expect(test.open({ consistency: 'database-snapshot' })).rejects.toBeInstanceOf(SourceError)
})

it('fails rather than leave out the rows that a policy hides', async () => {
  await using test = await database(`create table secret (n integer); insert into secret values (1);
    alter table secret enable row level security; drop role if exists reader; create role reader login password 'reader';
    grant select on secret to reader`)
  await using source = await test.open({}, { user: 'reader', password: 'reader' })
  const table = tableOf(await source.reflect(), 'secret')
  await expect(cellsOf(source, table)).rejects.toThrow(
    /^cannot read table "public"."secret": query would be affected by row-level security policy/,
  )
})

it('reads the same whatever the database and its users have set', async () => {
  const settings = {
    statement_timeout: '1ms',
    lock_timeout: '1ms',
    idle_in_transaction_session_timeout: '1ms',
    default_transaction_isolation: 'serializable',
    default_transaction_read_only: 'on',
    search_path: 's',
    quote_all_identifiers: 'on',
    standard_conforming_strings: 'off',
    array_nulls: 'off',
    transform_null_equals: 'on',
    exit_on_error: 'on',
    bytea_output: 'escape',
    xmlbinary: 'hex',
    datestyle: 'SQL, DMY',
    intervalstyle: 'sql_standard',
    extra_float_digits: '-15',
    timezone: 'Asia/Kolkata',
    client_encoding: 'LATIN1',
    enable_seqscan: 'off',
  }
  await using test = await database(`create schema s; create table s.t (
      a text[] default array['\\', null], b bytea[], c interval, d float8, e timestamptz[], f date, g text check (g <> '\\'));
    insert into s.t values (default, '{"\\\\x00ff"}', '1 mon -2 days', 0.1, '{"2020-01-01 00:00+00"}', '2020-02-01', 'Größe ☃');
    create view s.v as select a from s.t`)
  const read = async () => {
    await using source = await test.open()
    const model = await source.reflect()
    return { model, cells: await cellsOf(source, tableOf(model, 't')) }
  }
  const before = await read()
  const { database: name } = test.connection
  for (const [setting, value] of Object.entries(settings)) {
    await test.run(`alter database ${name} set ${setting} = '${value}'`)
  }
  const after = await read()
  expect(after.cells).toEqual(before.cells)
  const isSetting = ({ kind }: { readonly kind: string }) => kind === 'database setting'
  const { objects = [], leftBehind } = after.model
  expect(objects.filter(isSetting)).toHaveLength(Object.keys(settings).length - 1)
  expect(leftBehind.map(({ name }) => name)).toEqual(['default_transaction_read_only'])
  expect({ ...after.model, objects: objects.filter((object) => !isSetting(object)), leftBehind: [] }).toEqual(
    before.model,
  )
})

it('names the table that may not be read, and goes on with the others', async () => {
  await using test =
    await database(`create table open (n integer); insert into open values (1); create table shut (n integer);
    create sequence hidden; drop role if exists poor; create role poor login password 'poor'; grant select on open to poor`)
  await using source = await test.open({}, { user: 'poor', password: 'poor' })
  const model = await source.reflect()
  expect(model.leftBehind).toEqual([
    { kind: 'value of a sequence', name: 'public.hidden', reason: expect.stringContaining('grant SELECT') },
  ])
  await expect(cellsOf(source, tableOf(model, 'shut'))).rejects.toThrow(
    /^cannot read table "public"."shut": permission denied for table shut/,
  )
  expect(await cellsOf(source, tableOf(model, 'open'))).toEqual([[1]])
})

it('names the table that was dropped or changed before it was read', async () => {
  await using test = await database('create table gone (n integer); create table changed (n integer)')
  await using source = await test.open()
  const model = await source.reflect()
  await test.run('drop table gone; alter table changed rename n to m')
  await expect(cellsOf(source, tableOf(model, 'gone'))).rejects.toMatchObject({
    message: expect.stringMatching(/^cannot read table "public"."gone": relation "public.gone" does not exist/),
    hint: expect.stringContaining('Dump again'),
  })
  await expect(cellsOf(source, tableOf(model, 'changed'))).rejects.toThrow(/^cannot read table "public"."changed": /)
})

it('names the table that it read when the connection was lost', async () => {
  await using test = await database(`create table t as select repeat('x', 1000) as c from generate_series(1, 100000)`)
  await using source = await test.open()
  const table = tableOf(await source.reflect(), 't')
  const read = async () => {
    for await (const _block of source.readRows(table, null)) {
      await test.run(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy%'`)
    }
  }
  await expect(read()).rejects.toMatchObject({
    code: 'ALB_SOURCE',
    message: expect.stringMatching(/^cannot read table "public"."t": /),
  })
})

it('makes the server wait when nobody takes the rows', async () => {
  await using test = await database(`create table t as select repeat('x', 1000) as c from generate_series(1, 100000)`)
  await using source = await test.open()
  const table = tableOf(await source.reflect(), 't')
  let rows = 0
  for await (const block of source.readRows(table, null)) {
    if (rows === 0) {
      await setTimeout(500)
      const [writer] = await test.run(`select wait_event from pg_stat_activity where query like 'copy %'`)
      expect(writer).toEqual({ wait_event: 'ClientWrite' })
    }
    rows += block.rows
  }
  expect(rows).toBe(100_000)
})

it('reads a value of many megabytes', async () => {
  await using test = await database(`create table t as select repeat('0123456789', 5000000) as c`)
  await using source = await test.open()
  const [row] = await cellsOf(source, tableOf(await source.reflect(), 't'))
  expect(String(row![0]).length).toBe(50_000_000)
})

it('reads a database whose encoding is not UTF-8', async () => {
  await using test = await database(`create database latin1 encoding 'LATIN1' template template0`)
  await using latin = await test.open({}, { database: 'latin1' })
  expect((await latin.reflect()).tables).toEqual([])
})

it('reads whatever bytes the texts of a database without an encoding are', async () => {
  await using test = await database(`create database no_encoding encoding 'SQL_ASCII' template template0`)
  const script = `create table t (id integer, a text, v varchar(4), j json, l text[], b bytea);
    insert into t values (1, 'Grün', 'äb', '{"ä": 1}', '{ä,NULL}', '\\xff'),
      (2, convert_from('\\x41e442', 'SQL_ASCII'), convert_from('\\xff80', 'SQL_ASCII'), null, array[convert_from('\\xe4', 'SQL_ASCII')], null),
      (3, convert_from('\\xc3', 'SQL_ASCII'), convert_from('\\xc3a4c3', 'SQL_ASCII'), null, null, null)`
  const { options: _, ...login } = test.connection
  const client = new pg.Client({ ...login, database: 'no_encoding' })
  await client.connect()
  await client.query(script)
  await client.end()
  for (const consistency of ['snapshot', 'none'] as const) {
    await using source = await test.open({ consistency }, { database: 'no_encoding' })
    const table = tableOf(await source.reflect(), 't')
    expect(await cellsOf(source, table)).toEqual([
      [1, 'Grün', 'äb', '{"ä": 1}', '{ä,NULL}', Uint8Array.of(0xff)],
      [2, 'A\udce4B', '\udcff\udc80', null, '{\udce4}', null],
      [3, '\udcc3', 'ä\udcc3', null, null, null],
    ])
    expect(tableOf(await source.reflect(), 't')).toEqual(table)
  }
})

it('finds no row without a parent where a key is not enforced, or is one of a period', async ({ skip }) => {
  await using test = await database('create extension btree_gist; create table parents (a integer primary key)')
  const [server] = await test.run(`select current_setting('server_version_num')::integer as version`)
  skip(Number(server!.version) < 180000, 'the server is too old')
  await test.run(`create table children (a integer references parents not enforced); insert into children values (7);
    create table rooms (room integer, during daterange, primary key (room, during without overlaps));
    create table bookings (room integer, during daterange,
      foreign key (room, period during) references rooms (room, period during));
    insert into rooms values (1, '[2020-01-01,2021-01-01)'); insert into bookings values (1, '[2020-02-01,2020-03-01)')`)
  await using source = await test.open()
  for await (const violation of source.checkRI(await source.reflect())) expect.fail(violation.foreignKey)
})

it('reads each table once where tables inherit and are divided', async () => {
  await using test = await database(`create table a (n integer); create table b () inherits (a);
    insert into a values (1); insert into b values (2);
    create table p (n integer) partition by list (n); create table p3 partition of p for values in (3);
    insert into p values (3)`)
  await using source = await test.open()
  const { tables } = await source.reflect()
  const rows = await Promise.all(tables.map(async (table) => [table.name, await cellsOf(source, table)]))
  expect(rows).toEqual([
    ['a', [[1]]],
    ['b', [[2]]],
    ['p', [[3]]],
  ])
})

it('gives the last timestamps, beyond 64 bits of microseconds since 1970', async () => {
  await using test = await database(`create table t (a timestamp, b timestamptz(0), c timestamp(2));
    insert into t values ('294276-12-31 23:59:59.999999', '294276-12-31 23:59:59Z', '294276-12-31 23:59:59.99'),
      ('294247-01-10 04:00:54.775806', '294247-01-10 04:00:54Z', '294247-01-10 04:00:54.77'),
      ('294247-01-10 04:00:54.775807', '294247-01-10 04:00:55Z', null), ('294247-01-10 04:00:54.775808', null, null),
      ('4714-11-24 00:00:00 BC', '4714-11-24 00:00:00Z BC', '4714-11-24 00:00:00 BC')`)
  await using source = await test.open()
  expect(await cellsOf(source, tableOf(await source.reflect(), 't'))).toEqual([
    ['294276-12-31 23:59:59.999999', '294276-12-31 23:59:59Z', '294276-12-31 23:59:59.99'],
    ['294247-01-10 04:00:54.775806', '294247-01-10 04:00:54Z', '294247-01-10 04:00:54.77'],
    ['294247-01-10 04:00:54.775807', '294247-01-10 04:00:55Z', null],
    ['294247-01-10 04:00:54.775808', null, null],
    ['-4713-11-24 00:00:00.000000', '-4713-11-24 00:00:00Z', '-4713-11-24 00:00:00.00'],
  ])
})

it('gives each kind of value its cell', async () => {
  await using test = await database(`create table t as select date 'infinity' as a, timestamp(0) '-infinity' as b,
    'NaN'::numeric(6,2) as c, '-0.10'::numeric as d, '{1,NULL}'::integer[] as e, interval '1 day -2 hours' as f,
    '{"b": 1,  "a": 2}'::json as g, '{"b": 1,  "a": 2}'::jsonb as h, '12:00+01'::timetz as i, 12.5::money as j`)
  await using source = await test.open()
  expect(await cellsOf(source, tableOf(await source.reflect(), 't'))).toEqual([
    [
      ...['infinity', '-infinity', 'NaN', '-0.10', '{1,NULL}', '1 day -02:00:00'],
      ...['{"b": 1,  "a": 2}', '{"a": 2, "b": 1}', '12:00:00+01', '$12.50'],
    ],
  ])
})

it('tells by the version of its catalog that a model is as it was, but for the values of sequences', async () => {
  await using test = await database(`create table t (id integer generated always as identity, other serial, name text);
    create sequence s; create view v as select * from t`)
  const look = async () => {
    await using source = await test.open()
    return { version: await source.catalogVersion!(), model: await source.reflect() }
  }
  const before = await look()
  await test.run(`insert into t (name) select 'x' from generate_series(1, 1000); select setval('s', 7, false)`)
  await test.run('vacuum analyze')
  const grown = await look()
  expect(grown.version).toBe(before.version)
  await using source = await test.open()
  expect(JSON.stringify(await source.refresh!(before.model))).toBe(JSON.stringify(grown.model))
  for (const change of [
    `comment on table t is 'changed'`,
    'alter table t alter column name set not null',
    'create or replace view v as select id from t',
    'create index on t (name)',
    'create role seen_by_version',
  ]) {
    const { version } = await look()
    await test.run(change.startsWith('create or replace') ? `drop view v; ${change}` : change)
    expect({ change, same: (await look()).version === version }).toEqual({ change, same: false })
  }
})

// Only a superuser makes such things.
it.skipIf(isPlainLane())('says of comments what they are of, where their names do not', async () => {
  await using test = await database(`
    create type pair as (a integer, b integer); create domain positive as integer constraint over check (value > 0);
    create operator class mine for type integer using btree as operator 1 <, function 1 btint4cmp(integer, integer);
    create cast (pair as text) with inout; create foreign data wrapper w; create server s foreign data wrapper w; create foreign table f (a integer) server s;
    comment on column pair.a is 'a'; comment on constraint over on domain positive is 'b'; comment on operator class mine using btree is 'c';
    comment on cast (pair as text) is 'd'; comment on server s is 'e'; comment on column f.a is 'f'; comment on type pair is 'g'`)
  await using source = await test.open()
  const { objects = [] } = await source.reflect()
  expect(objects.filter(({ kind }) => kind === 'comment').map(({ name, of }) => [name, of])).toEqual([
    ['cast (public.pair AS pg_catalog.text)', 'cast public.pair as text'],
    ['composite type column public.pair.a', 'type public.pair'],
    ['domain constraint over on public.positive', 'type public.positive'],
    ['foreign table column public.f.a', 'foreign table public.f'],
    ['operator class public.mine USING btree', 'operator class public.mine using btree'],
    ['server s', 'foreign server s'],
    ['type public.pair', undefined],
  ])
})
