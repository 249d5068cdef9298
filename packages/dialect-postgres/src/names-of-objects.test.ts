import type { Finding } from '@albackup/core'
import { expect, it } from 'vitest'
import { postgres } from './index.ts'
import { roundTrip } from './testing/round-trip.ts'
import { type TestSource, usePostgresSource } from './testing/test-source.ts'

const database = usePostgresSource()

/** Columns of it name what a restore makes at every stage. */
const OBJECTS = `
  create schema s;
  create table s.t (id integer generated always as identity primary key, a integer, b text);
  create unique index "T b" on s.t (lower(b));
  create view s."A view" as select id, a from s.t;
  create materialized view s.m as select a, count(*) as n from s.t group by a;
  create unique index m_a on s.m (a);
  create materialized view s.empty as select 1 as one with no data;
  create materialized view s.over_m as select a from s.m;
  create sequence s.q;
  create function s.f(integer) returns integer language sql as 'select $1';
  create function s.f(text) returns text language sql as 'select $1';
  create function s.of_view(s."A view") returns integer language sql as 'select $1.id';
  create function s.of_m() returns setof s.m language sql as 'select * from s.m';
  create type s.mood as enum ('good');
  create collation s.german (provider = icu, locale = 'de');
  create operator s.=== (leftarg = integer, rightarg = integer, function = int4eq);
  create operator s.=== (leftarg = text, rightarg = text, function = texteq);
  create text search dictionary s.words (template = simple);
  create text search configuration s.texts (copy = simple);
  insert into s.t (a, b) values (1, 'x'), (1, 'y'), (2, 'z');
  refresh materialized view s.m; refresh materialized view s.over_m`

/** What a plan for an empty database says of the rows. */
async function inspected(origin: TestSource): Promise<readonly Finding[]> {
  await using source = await origin.open()
  const plan = await postgres.planForEmpty!(await source.reflect(), {})
  const inspection = await postgres.inspect!(plan)
  for (const table of plan.tables) {
    for await (const block of source.readRows(table.source, null)) inspection.take(table, block)
  }
  return inspection.findings()
}

const NAMES = `
  create table s.names (relation regclass primary key, relations regclass[], next regclass references s.names);
  insert into s.names values ('s.t'), ('s."A view"'), ('s.m'), ('s.m_a'), ('s.t_pkey'), ('s.q'), ('s.t_id_seq'), ('s.empty'), ('pg_class'), ('-'), (4711);
  insert into s.names values ('s."T b"', array['s."A view"', 's.m', 's.t_pkey']::regclass[], null), ('s.over_m', null, 's.m');
  create domain s.named as regclass not null;
  create type s.pair as (one regclass, other regtype);
  create table s.more (d s.named, p s.pair, f regproc, fp regprocedure, o regoper, op regoperator, t regtype, r regrole, n regnamespace,
    c regcollation, tc regconfig, td regdictionary);
  insert into s.more values ('s.over_m', '(s.m_a,s.m)', 's.f(integer)'::regprocedure, 's.f(text)', 's.===(text,text)'::regoperator, 's.===(integer,integer)',
    's."A view"', current_user::regrole, 's', 's.german', 's.texts', 's.words');
  insert into s.more values ('s.t', null, 's.of_view', 's.of_m()', '+(integer,integer)'::regoperator, 'pg_catalog.-(integer,integer)', 's.m[]', '-', 'pg_catalog',
    '"C"', 'english', 'simple'), ('-', '(-,-)', 'now', 'count()', '0', '0', 's.mood', '12345', '-', '-', '-', '-')`

it('values that name objects of whatever kind come back, and name the same', async () => {
  await using origin = await database(`${OBJECTS};${NAMES}`)
  await using copy = await database('')
  const { before, after, ...rest } = await roundTrip(origin.connection, copy.connection)
  expect(rest).toEqual({ findings: [], different: [] })
  expect({ ...after, database: null }).toEqual({ ...before, database: null })
  expect(await inspected(origin)).toEqual([])
  const rows = 'select *, f::regprocedure as f_of, o::regoperator as o_of from s.more order by t::text'
  expect(await copy.run(rows)).toEqual(await origin.run(rows))
  const filled = 'select (select sum(n) from s.m) as m, (select count(*) from s.over_m) as over_m'
  expect(await copy.run(filled)).toEqual([{ m: '3', over_m: '2' }])
})

it('a plan says which names the load would not find', async () => {
  await using origin =
    await database(`create table t (id integer primary key, b text); create view grouped as select id, b from t group by id;
    create table "N" (n regclass); insert into "N" values ('t'), ('t_pkey'), ('grouped'), ('pg_class'), (4711), (null)`)
  await origin.run(`insert into "N" select reltoastrelid from pg_class where relname = 't'`)
  const [finding, ...more] = await inspected(origin)
  expect(more).toEqual([])
  expect(finding).toMatchObject({ severity: 'blocks', kind: 'column', object: 'public.N.n' })
  expect(finding?.message).toMatch(
    /^2 values name what is not there when the rows come, .*: public\.grouped, pg_toast\.pg_toast_\d+$/,
  )
})
