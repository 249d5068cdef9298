import type { RestorePlan, SchemaModel } from '@albackup/core'
import { isPlainLane } from '@albackup/testkit/postgres-server'
import { expect, it } from 'vitest'
import { postgres } from './index.ts'
import { QUIET, type TestSource, usePostgresSource } from './testing/test-source.ts'

const database = usePostgresSource()

const TABLES = `
  create table t (id integer primary key, a integer, b text);
  create table parted (id integer, v text) partition by list (id);
  create table parted_1 partition of parted for values in (1);
  create table parted_2 partition of parted for values in (2);
  insert into t values (1, 2, 'x'); insert into parted values (1, 'x'), (2, 'y')`

/** Restores the tables of a backup of the script over a target; gives the plan and what the restore met. */
async function restoreOver(
  copy: TestSource,
  script: string,
  wanted: (model: SchemaModel) => SchemaModel = tablesAlone,
) {
  await using origin = await database(script)
  await using source = await origin.open()
  await using target = await postgres.openTarget!(postgres.parseConnection(copy.connection), QUIET)
  const plan = await target.plan(wanted(await source.reflect()), {})
  await target.dropExisting(plan)
  const met = []
  for (const part of ['tables', 'keys', 'references', 'values', 'objects'] as const)
    met.push(...(await target.createSchema(plan, part)))
  return { replaced: words(plan), met }
}

function words({ replaced = [] }: RestorePlan): readonly string[] {
  return replaced
    .map(({ severity, kind, object, message }) => `${severity} ${kind} ${object} ${message.replace(GOES, '')}`.trim())
    .toSorted()
}

const GOES = 'is in the target and not in the backup, and goes with what is replaced'

/** As with --include. */
function tablesAlone(model: SchemaModel): SchemaModel {
  const objects = (model.objects ?? []).filter(({ table, onRequest }) => table !== undefined && onRequest !== true)
  return { ...model, modules: model.modules.filter(({ on }) => on !== undefined), objects }
}

const MEMBERSHIPS = `select p.pubname as publication, r.prrelid::regclass::text as table, pg_get_expr(r.prqual, r.prrelid) as filter,
  (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a where a.attrelid = r.prrelid and a.attnum = any (r.prattrs::int2[])) as columns
  from pg_publication_rel r join pg_publication p on p.oid = r.prpubid order by 1, 2`

/** Some of the columns and rows of a table can be published from PostgreSQL 15 on. */
async function publishing(skip: (old: boolean, why: string) => void, script: string): Promise<TestSource> {
  const copy = await database(TABLES)
  const [server] = await copy.run(`select current_setting('server_version_num')::int < 150000 as old`)
  const isOld = server?.old === true
  if (isOld) await copy[Symbol.asyncDispose]()
  skip(isOld, 'the server is too old')
  await copy.run(script)
  return copy
}

it('puts a table back into the publications that it was a member of, with its columns and rows', async ({ skip }) => {
  await using copy = await publishing(
    skip,
    `create publication whole for table t, parted_1; create publication empty;
    create publication part for table t (id, b) where (a > 1 and lower(b) <> '')`,
  )
  const before = await copy.run(MEMBERSHIPS)
  expect(before).toHaveLength(3)
  expect(await restoreOver(copy, TABLES)).toEqual({ replaced: [], met: [] })
  expect(await copy.run(MEMBERSHIPS)).toEqual(before)
})

it('names beforehand where a table cannot come back to a publication', async ({ skip }) => {
  await using copy = await publishing(
    skip,
    `alter table t add c integer; create table parted_3 partition of parted for values in (3);
    create publication columns for table t (id, c); create publication rows for table t where (c > 1); create publication parts for table parted_3`,
  )
  const { replaced, met } = await restoreOver(copy, TABLES)
  expect(met).toEqual([])
  expect(replaced).toEqual([
    'lost column public.t.c',
    'lost partition public.parted_3',
    'lost publication columns public.t does not come back to it: the backup does not have its column c, which the publication names',
    'lost publication parts public.parted_3 does not come back to it: the backup does not have that partition',
    'lost publication rows public.t does not come back to it: the backup does not have its column c, which the publication names',
  ])
  expect(await copy.run(MEMBERSHIPS)).toEqual([])
})

const FURTHER = `
  create function f() returns trigger language plpgsql as 'begin return new; end';
  create table child_of_t (id integer);
  create trigger tr before insert on t for each row execute function f();
  create rule r as on delete to t do instead nothing;
  create policy p on t using (true); alter table t enable row level security;
  create statistics st on id, a from t;
  create index ix on t (a); create index ex on t (lower(b)); create index px on parted_1 (v);
  alter table t add constraint ck check (a > 0), add constraint uq unique (b), add constraint fk foreign key (a) references u (id);
  alter table t replica identity full; alter table t set (fillfactor = 70); alter table t alter column b set statistics 7;
  alter table t alter column b set default 'new';
  comment on table t is 'a'; comment on column t.a is 'b'; comment on index ix is 'c'; comment on index ex is 'c'; comment on trigger tr on t is 'd'; comment on policy p on t is 'e';
  comment on rule r on t is 'f'; comment on statistics st is 'g'; comment on constraint ck on t is 'h'; comment on table parted_1 is 'i'; comment on index t_pkey is 'j'`

const OTHERS = 'create table u (id integer primary key); insert into u values (2)'

it('a publication that the backup has, too, gets what it had besides, and the proof expects that', async ({ skip }) => {
  const published = `${TABLES}; create publication shared for table t`
  await using copy = await publishing(skip, 'create publication shared for table parted, t where (a > 0)')
  await using origin = await database(published)
  await using source = await origin.open()
  await using target = await postgres.openTarget!(postgres.parseConnection(copy.connection), QUIET)
  const plan = await target.plan(await source.reflect(), {})
  expect(words(plan)).toEqual([
    'lost publication shared has public.t as the backup says, and no more as in: alter publication shared add table only public.t where ((a > 0))',
  ])
  expect(plan.makes?.objects?.find(({ kind }) => kind === 'publication')?.statements.slice(1)).toEqual([
    'alter publication shared add table only public.parted',
    'alter publication shared add table only public.t',
  ])
})

it('names everything else of a replaced table that the backup does not have', async () => {
  await using copy = await database(`${OTHERS}; ${TABLES}; ${FURTHER}`)
  expect(await restoreOver(copy, TABLES)).toEqual({
    met: [],
    replaced: [
      'lost check public.t.ck',
      'lost comment index public.ex',
      'lost comment index public.t_pkey',
      'lost comment policy p on public.t',
      'lost comment public.t',
      'lost comment public.t.a',
      'lost comment public.t.ix',
      'lost comment rule r on public.t',
      'lost comment statistics object public.st',
      'lost comment table constraint ck on public.t',
      'lost comment table public.parted_1',
      'lost comment trigger tr on public.t',
      'lost default public.t.b',
      'lost foreign key public.t.fk',
      'lost index public.ex',
      'lost index public.px',
      'lost index public.t.ix',
      'lost policy p on public.t',
      'lost row security public.t',
      'lost rule r on public.t',
      'lost setting public.t alter column "b" set statistics 7:',
      'lost setting public.t fillfactor=70:',
      'lost setting public.t replica identity full:',
      'lost statistics public.st',
      'lost trigger public.t.tr',
      'lost unique key public.t.uq',
    ],
  })
})

it('says nothing of what the backup brings back, comments of all kinds included', async () => {
  const script = `${OTHERS}; ${TABLES}; ${FURTHER}`
  await using copy = await database(script)
  const comments = `select count(*) from pg_description where objoid >= 16384`
  const before = await copy.run(comments)
  expect(await restoreOver(copy, script)).toEqual({ replaced: [], met: [] })
  expect(await copy.run(comments)).toEqual(before)
})

it.skipIf(isPlainLane())('leaves a replaced table with its owner and to whom it was granted', async () => {
  const granted = `
    alter table t add n serial; create role h1_owner; create role h1_reader; grant create on schema public to h1_owner;
    alter table t owner to h1_owner; grant select on t to public; grant select (id), update (a, b) on t to h1_reader with grant option;
    grant usage on sequence t_n_seq to h1_reader; grant all on parted_1 to h1_reader; revoke delete on t from h1_owner`
  const tables = TABLES.replace('b text)', 'b text, n serial)')
  await using copy = await database(`${TABLES}; ${granted}`)
  const rights = `select c.relname, c.relowner::regrole::text as owner, c.relacl::text as acl, (select array_agg(a.attname || a.attacl::text order by a.attname)
    from pg_attribute a where a.attrelid = c.oid and a.attacl is not null) as columns from pg_class c where relname in ('t', 't_n_seq', 'parted_1') order by 1`
  const before = await copy.run(rights)
  expect(before.map(({ owner }) => owner)).toEqual(['postgres', 'h1_owner', 'h1_owner'])
  const { replaced, met } = await restoreOver(copy, tables.replace("values (1, 2, 'x')", "values (1, 2, 'x', 1)"))
  expect({ replaced, met }).toEqual({ replaced: [], met: [] })
  expect(await copy.run(rights)).toEqual(before)
})

it('foretells what would keep a table from being dropped', async () => {
  await using copy =
    await database(`${TABLES}; create view v as select id from t; create view w as select id from v; create table heir () inherits (t);
    create table refers (t_id integer references t); create function rows_of() returns setof t language sql as 'select * from t';
    create table other (id integer); create policy p on other using (exists (select from t)); create table of_rows (r t[])`)
  await expect(restoreOver(copy, TABLES)).rejects.toThrow(/something else needs them/)
  await using origin = await database(TABLES)
  await using source = await origin.open()
  await using target = await postgres.openTarget!(postgres.parseConnection(copy.connection), QUIET)
  expect(
    words(await target.plan(await source.reflect(), {})).map((line) =>
      line.replace(/ needs what the restore drops.*/, ''),
    ),
  ).toEqual([
    'blocks function public.rows_of()',
    'blocks policy p on public.other',
    'blocks table column public.of_rows.r',
    'blocks table constraint refers_t_id_fkey on public.refers',
    'blocks table public.heir',
    'blocks view public.v',
  ])
})

it('replaces views and the functions that read what is replaced, and says what goes with them', async () => {
  const views = `${TABLES}; create view v as select id, a from t; create materialized view m as select id from v;
    create function first() returns integer begin atomic select min(id) from m; end; create view w as select first() as f`
  const whole = (model: SchemaModel) => ({
    ...model,
    objects: (model.objects ?? []).filter(({ onRequest }) => onRequest !== true),
  })
  await using copy =
    await database(`${views}; create role h1_looker; grant select (id) on v to h1_looker; grant select on m to h1_looker;
    revoke all on function first() from public; create index m_id on m (id); create rule r as on delete to v do instead nothing;
    comment on view v is 'a'; comment on column m.id is 'b'; alter view w alter column f set default 7`)
  const rights = `select relname, relacl::text from pg_class where relacl is not null and relnamespace = 'public'::regnamespace
    union all select attname, attacl::text from pg_attribute where attacl is not null and attrelid >= 16384
    union all select proname, proacl::text from pg_proc where proacl is not null and oid >= 16384 order by 1`
  const before = await copy.run(rights)
  expect(before).toHaveLength(3)
  expect(await restoreOver(copy, views, whole)).toEqual({
    met: [],
    replaced: [
      'lost comment materialized view column public.m.id',
      'lost comment view public.v',
      'lost default public.w.f',
      'lost index public.m_id',
      'lost rule r on public.v',
    ],
  })
  expect(await copy.run(rights)).toEqual(before)
})

it('replaces tables and the functions that need one another', async () => {
  const script = `create table t (id integer primary key, a integer);
    create function has(t) returns boolean language sql immutable as 'select $1.id > 0';
    create function counted() returns bigint begin atomic select count(*) from t; end;
    create function twice() returns bigint stable begin atomic select 2 * counted(); end;
    create policy p on t using (id < counted()); create rule r as on insert to t where new.id > twice() do instead nothing;
    create table u (id integer default twice() check (id < twice()), b bigint); alter table u alter column b set default counted();
    create view v as select counted() as n; create index has_id on t (has(t.*))`
  const whole = (model: SchemaModel) => ({
    ...model,
    objects: (model.objects ?? []).filter(({ onRequest }) => onRequest !== true),
  })
  await using copy = await database(script)
  await using before = await copy.open()
  const model = await before.reflect()
  expect(await restoreOver(copy, script, whole)).toEqual({ met: [], replaced: [] })
  await using after = await copy.open()
  expect({ ...(await after.reflect()), database: null }).toEqual({ ...model, database: null })
})

it('ties a replaced table to those that stay, and says where there is none', async () => {
  const script = `create table t (id integer primary key); create table u (id integer primary key, t integer references t);
    insert into t values (1), (2); insert into u values (1, 1), (2, 2)`
  const alone = (model: SchemaModel) => ({
    ...tablesAlone(model),
    tables: model.tables.filter(({ name }) => name === 'u'),
  })
  await using copy = await database(script)
  expect(await restoreOver(copy, script, alone)).toEqual({ replaced: [], met: [] })
  const key = `select conname, convalidated from pg_constraint where contype = 'f' and conparentid = 0`
  expect(await copy.run(key)).toEqual([{ conname: 'u_t_fkey', convalidated: true }])
  await using empty = await database('')
  await using origin = await database(script)
  await using source = await origin.open()
  await using target = await postgres.openTarget!(postgres.parseConnection(empty.connection), QUIET)
  const { findings } = await target.plan(alone(await source.reflect()), {})
  expect(findings.map(({ severity, object, message }) => `${severity} ${object} ${message}`)).toEqual([
    'lost public.u.u_t_fkey is left out, public.t is neither in the backup nor in the target',
  ])
})
