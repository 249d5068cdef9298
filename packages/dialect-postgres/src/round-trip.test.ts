import { execFileSync } from 'node:child_process'
import type { ConnectionSettings } from '@albackup/core'
import { isPlainLane, livePostgresUrl, type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ODDITIES } from './testing/oddities.ts'
import { RARITIES } from './testing/rarities.ts'
import { roundTrip } from './testing/round-trip.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})

afterAll(() => server?.[Symbol.asyncDispose]())

async function database(script: string): Promise<ConnectionSettings> {
  const { host, port, user, password } = server
  const settings = { host, port, user, password, database: await server.createDatabase() }
  await run(settings, script)
  return settings
}

async function run(settings: Omit<ConnectionSettings, 'options'>, ...scripts: readonly string[]): Promise<void> {
  const client = new pg.Client(settings)
  await client.connect()
  try {
    for (const script of scripts) await client.query(script)
  } finally {
    await client.end()
  }
}

it('restores every type and every oddity of PostgreSQL as they were', async () => {
  const { before, after, findings, different } = await roundTrip(await database(ODDITIES), await database(''))
  expect(findings).toEqual([])
  expect(different).toEqual([])
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  expect(before.leftBehind).toEqual([])
})

it('restores what only newer versions of PostgreSQL have', async ({ skip }) => {
  skip(server.version < 180000, 'the server is too old')
  const script = `create extension btree_gist;
    create table t (a integer, b integer generated always as (a * 2) virtual, c integer constraint has_c not null no inherit);
    insert into t values (1, default, 2), (2, default, 3);
    alter table t add constraint a_not_null not null a not valid; create table later () inherits (t); create table again (a integer) inherits (t);
    create table parts (a integer, b integer) partition by list (a); create table part_0 partition of parts for values in (0);
    alter table parts add constraint b_not_null not null b not valid; create table part_1 partition of parts for values in (1); alter table t add constraint small check (a < 5) not enforced;
    create table rooms (room integer, during daterange, primary key (room, during without overlaps));
    create table bookings (room integer, during daterange,
      foreign key (room, period during) references rooms (room, period during));
    insert into rooms values (1, '[2020-01-01,2021-01-01)'); insert into bookings values (1, '[2020-02-01,2020-03-01)');
    create table scaled (small numeric(3,5), large numeric(3,-2)); insert into scaled values (0.00999, 99900);
    create unique index on t (a) nulls not distinct; create collation c (provider = builtin, locale = 'C.UTF-8')`
  const { before, after, findings, different } = await roundTrip(await database(script), await database(''))
  expect({ findings, different }).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  // A parent contains the period of its child, and has another.
  expect(before.tables.flatMap(({ foreignKeys }) => foreignKeys)).toEqual([])
  expect(before.objects!.filter(({ kind }) => kind === 'foreign key').length).toBe(1)
})

it.skipIf(isPlainLane())('restores publications of some columns and some rows', async ({ skip }) => {
  skip(server.version < 150000, 'the server is too old')
  const script = `create schema s; create table s.t (a integer primary key, b text, "C c" text); create table u (a integer);
    create publication parts for table s.t ("C c", a) where (a > 5 and b <> 'x'), u where (a = 1) with (publish = 'insert');
    create publication of_schema for tables in schema s; create publication one for table s.t (a)`
  const { before, after, findings } = await roundTrip(await database(script), await database(''))
  expect(findings).toEqual([])
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  expect(before.objects!.flatMap(({ kind, statements }) => (kind === 'publication' ? statements : []))).toEqual([
    `create publication of_schema with (publish = 'insert, update, delete, truncate')`,
    'alter publication of_schema add tables in schema s',
    `create publication one with (publish = 'insert, update, delete, truncate')`,
    'alter publication one add table only s.t (a)',
    `create publication parts with (publish = 'insert')`,
    `alter publication parts add table only public.u where ((a = 1))`,
    `alter publication parts add table only s.t (a, "C c") where (((a > 5) AND (b <> 'x'::text)))`,
  ])
})

it.skipIf(isPlainLane())('restores what only a superuser may make', async () => {
  const { before, after, findings, different } = await roundTrip(await database(RARITIES), await database(''))
  expect({ findings, different }).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  expect(before.leftBehind).toEqual([
    {
      kind: 'rows of foreign table',
      name: 'rare.distant',
      reason: 'they are in another place; only its definition is carried',
    },
  ])
  expect(JSON.stringify(before)).not.toContain('secret')
})

it.skipIf(isPlainLane())('restores every row where the user may make no types, languages and extensions', async () => {
  const from = await database(RARITIES)
  const empty = await database(`create role tenant login password 'tenant'`)
  await run(empty, `alter database ${empty.database} owner to tenant; grant create on schema public to tenant`)
  const to = { ...empty, user: 'tenant', password: 'tenant' }
  const { before, after, findings, different } = await roundTrip(from, to)
  expect(different).toEqual([])
  expect(after.tables.map(({ name }) => name)).toEqual(before.tables.map(({ name }) => name))
  expect(findings.filter(({ kind }) => kind === 'column').map(({ object, message }) => `${object} ${message}`)).toEqual(
    [
      'rare.numbers.n is text with the same values, the target cannot have type rare.number',
      'rare.numbers.list is text with the same values, the target cannot have type rare.number',
      'rare.stepped.s is text with the same values, the target cannot have type rare.steps',
    ],
  )
  expect(findings.find(({ kind }) => kind === 'publication')?.message).toContain('must be superuser')
})

// Who makes a role gets it with the right to give it on, from PostgreSQL 16 on.
it.skipIf(isPlainLane())('restores roles and privileges when they are asked for', async () => {
  const script = `create role alice login; create role bob; grant bob to alice;
    create schema s; create table s.t (a integer, b integer); create sequence s.q; create type s.e as enum ('a');
    create function s.f(integer) returns integer language sql as 'select 1';
    grant select, insert on s.t to alice with grant option; grant update (b), select (a) on s.t to bob;
    grant usage on schema s to public; revoke execute on function s.f from public; grant execute on function s.f to bob;
    grant usage on sequence s.q to alice; revoke usage on type s.e from public;
    alter default privileges in schema s grant select on tables to alice`
  const { before, after, findings } = await roundTrip(await database(script), await database(''), (model) => model)
  // Roles are the server's, and both databases are of one server.
  expect(findings.map(({ severity, kind, object }) => [severity, kind, object])).toEqual(
    ['bob', 'tenant', 'alice'].map((name) => ['info', 'role', name]),
  )
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  const permissions = before.objects!.filter(({ kind }) => kind === 'permission').map(({ statements }) => statements)
  expect(permissions.sort()).toEqual([
    [
      'grant insert, select on table s.t to alice with grant option',
      'grant select (a) on table s.t to bob',
      'grant update (b) on table s.t to bob',
    ],
    ['grant usage on schema s to public'],
    ['grant usage on sequence s.q to alice'],
    ['revoke all on routine s.f(integer) from public', 'grant execute on routine s.f(integer) to bob'],
    ['revoke all on type s.e from public'],
  ])
})

it.skipIf(isPlainLane())('restores owners, and what was taken from everybody and from the owner', async () => {
  const script = `create role keeper; create role user_of; create schema s authorization keeper; create table s.t (a integer, b text);
    alter table s.t owner to keeper; revoke delete, truncate on s.t from keeper; grant select on s.t to user_of;
    revoke all on schema public from public; revoke usage on language plpgsql from public; grant usage on language plpgsql to user_of;
    create aggregate s.sum_of(integer) (sfunc = int4pl, stype = integer); alter aggregate s.sum_of(integer) owner to keeper;
    create collation s.c from "C"; alter collation s.c owner to keeper; create operator s.## (leftarg = integer, rightarg = integer, function = int4pl);
    alter operator s.## (integer, integer) owner to keeper; create statistics s.st on a, b from s.t; alter statistics s.st owner to keeper;
    create text search dictionary s.d (template = simple); alter text search dictionary s.d owner to keeper;
    create foreign data wrapper w; create server far foreign data wrapper w; grant usage on foreign data wrapper w to keeper;
    alter server far owner to keeper; grant usage on foreign server far to user_of`
  const { before, after, findings } = await roundTrip(await database(script), await database(''), (model) => model)
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  const statementsOf = (wanted: string) =>
    before.objects!.flatMap(({ kind, statements }) => (kind === wanted ? statements : [])).sort()
  expect(statementsOf('permission')).toEqual([
    'grant select on table s.t to user_of',
    'grant usage on foreign data wrapper w to keeper',
    'grant usage on foreign server far to user_of',
    'grant usage on language plpgsql to user_of',
    'revoke all on language plpgsql from public',
    'revoke all on schema public from public',
  ])
  expect(statementsOf('owner permission')).toEqual(['revoke delete, truncate on table s.t from keeper'])
  expect(statementsOf('owner').length).toBe(8)
})

it('restores what calls functions that leave their names to the search path', async () => {
  const script = `create table parents (a integer primary key); insert into parents values (1);
    create function is_parent(integer) returns boolean language plpgsql as $$ begin return exists (select from parents where a = $1); end $$;
    create table children (a integer check (is_parent(a))); insert into children values (1);
    create function double(integer) returns integer language sql immutable as 'select $1 * 2';
    create function quadruple(integer) returns integer language plpgsql immutable as $$ begin return double(double($1)); end $$;
    create domain even as integer check (quadruple(value) % 8 = 0);
    create table numbers (n even, l even[], four integer generated always as (quadruple(n)) stored); insert into numbers values (2, '{4,6}')`
  const { before, after, findings, different } = await roundTrip(await database(script), await database(''))
  expect({ findings, different }).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
})

it('restores columns that hold rows of views', async () => {
  const script = `create table t (a integer, b text); insert into t values (1, 'x'); create view v as select a, b from t;
    create view w as select v from v; create function number_of(v) returns integer language sql immutable as 'select $1.a';
    create domain d as v check (number_of(value) > 0); create type c as (one v, more v[]);
    create table u (a v, b v[], c c, d d, e integer generated always as (number_of(a)) stored);
    insert into u values ((1, 'x'), array[(2, 'y')::v], row((3, 'z')::v, '{}'), (4, 'q'));
    create index on u (number_of(a)); create view x as select a, (a).b from u`
  const { before, after, findings, different } = await roundTrip(await database(script), await database(''))
  expect({ findings, different }).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
})

it('restores again over what it restored before', async () => {
  const script = `create table t (n integer primary key); create table u (n integer references t);
    create view v as select * from t; create view w as select * from v; create materialized view m as select * from w;
    create sequence s; insert into t values (1); insert into u values (1)`
  const [from, to] = [await database(script), await database('')]
  await roundTrip(from, to)
  await run(from, 'insert into t values (2); refresh materialized view m')
  const { before, after, different, findings } = await roundTrip(from, to)
  expect({ findings, different }).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
})

it('restores every oddity again over itself, and leaves what may have other users', async () => {
  const [from, to] = [await database(ODDITIES), await database('')]
  await roundTrip(from, to)
  const { before, after, different, findings } = await roundTrip(from, to)
  expect(different).toEqual([])
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
})

const url = livePostgresUrl()

describe.skipIf(url === undefined)('on a server that pg_dump understands', () => {
  it.each([
    ['every oddity', ODDITIES],
    ['what only a superuser may make', RARITIES.replace(", password 'secret'", '')],
  ])('gives a database with the same pg_dump: %s', async (_, script) => {
    const { hostname, port, username, password } = new URL(url!)
    const settings = { host: hostname, port: Number(port), user: username, password }
    const [from, to] = ['albackup_before', 'albackup_after'].map((name) => ({ ...settings, database: name }))
    for (const { database } of [from!, to!]) {
      await run(
        { ...settings, database: 'postgres' },
        `drop database if exists ${database}`,
        `create database ${database}`,
      )
    }
    await run(from!, script)
    const { findings, different } = await roundTrip(from!, to!)
    expect({ findings, different }).toEqual({ findings: [], different: [] })
    expect(schemaOf(url!, to!)).toEqual(schemaOf(url!, from!))
  })
})

/** The statements of the schema without comments and settings, sorted: their order follows the order of creation. */
function schemaOf(server: string, { database }: ConnectionSettings): readonly string[] {
  const address = new URL(server)
  address.pathname = `/${database}`
  const dump = execFileSync('pg_dump', ['--schema-only', '--no-owner', '--no-privileges', address.href], {
    encoding: 'utf8',
  })
  return dump
    .split('\n')
    .filter((line) => !/^(--|SET |SELECT pg_catalog|\\(un)?restrict|$)/.test(line))
    .sort()
}
