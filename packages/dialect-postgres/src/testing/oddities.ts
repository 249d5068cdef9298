/**
 * A database with every built-in type that has values of its own, and with what PostgreSQL can do besides: a script for a
 * superuser of PostgreSQL 14 or newer. Names are awkward where a careless tool would stumble.
 */
export const ODDITIES = String.raw`
create schema odd;
create schema "Mixed Case";
comment on schema odd is 'It''s odd \ indeed';

create type odd.mood as enum ('sad', 'o''k', 'Größe', 'happy');
create type odd.pair as (n integer, t text, d numeric(6,2));
create type odd.nested as (p odd.pair, list integer[]);
create type odd.float_range as range (subtype = float8, subtype_diff = float8mi);
create domain odd.positive as integer default 1 not null constraint is_positive check (value > 0);
create domain odd.tiny as odd.positive check (value < 100);
create domain odd.code as varchar(8) collate "C" check (value ~ '^[A-Z]*$');
create collation odd.posix from "POSIX";
comment on type odd.mood is 'how it feels';
comment on domain odd.positive is 'more than nothing';

create function odd.double(n integer) returns integer language sql immutable as 'select n * 2';
create function odd.double(n numeric) returns numeric language sql immutable as $$ select n * 2 $$;
create function odd.is_fine(m odd.mood) returns boolean language plpgsql immutable as $$
begin
  return m <> 'sad';
end $$;
create function odd.mood_number(m odd.mood) returns integer language sql immutable as $$ select length(m::text) $$;
create procedure odd.nothing(inout n integer) language plpgsql as $$ begin n := n + 1; end $$;
create function odd.atomic(n integer) returns integer language sql immutable begin atomic select n + 1; end;
create aggregate odd.total (integer) (sfunc = int4pl, stype = integer, initcond = '0');
create function odd.final(integer, integer) returns integer language sql immutable as 'select $1';
create aggregate odd.moving (integer) (sfunc = int4pl, stype = integer, initcond = '0', finalfunc = odd.final, finalfunc_extra,
  finalfunc_modify = shareable, msfunc = int4pl, minvfunc = int4mi, mstype = integer, msspace = 16, minitcond = '1',
  mfinalfunc = odd.final, mfinalfunc_extra, mfinalfunc_modify = read_write);
create aggregate odd.ordered (order by integer) (sfunc = int4pl, stype = integer, initcond = '0', finalfunc = abs, finalfunc_modify = read_only);
create operator odd.### (leftarg = integer, rightarg = integer, function = int4pl);
create cast (odd.mood as integer) with function odd.mood_number(odd.mood);
comment on function odd.double(integer) is 'twice';
create function odd.touch() returns trigger language plpgsql as $$ begin return new; end $$;

create table odd.every_type (
  id bigint generated always as identity (start with 100 increment by 5 cache 3) primary key,
  a_bool boolean, a_int2 smallint, a_int4 integer not null default 7, a_int8 bigint,
  a_numeric numeric, a_numeric_15_4 numeric(15,4), a_numeric_60 numeric(60,30), a_numeric_small numeric(5,5),
  a_float4 real, a_float8 double precision, a_money money,
  a_text text, a_varchar varchar(20), a_char char(6), a_bpchar bpchar, a_quoted_char "char", a_name name,
  a_bytea bytea, a_date date, a_time time, a_time_3 time(3), a_timetz timetz, a_timestamp timestamp,
  a_timestamp_0 timestamp(0), a_timestamp_3 timestamp(3), a_timestamptz timestamptz, a_timestamptz_2 timestamptz(2),
  an_interval interval, an_interval_month interval year to month, a_uuid uuid, a_json json, a_jsonb jsonb,
  a_bit bit(5), a_varbit bit varying(12), a_point point, a_line line, a_lseg lseg, a_box box, a_path path,
  a_polygon polygon, a_circle circle, an_inet inet, a_cidr cidr, a_macaddr macaddr, a_macaddr8 macaddr8,
  a_tsvector tsvector, a_tsquery tsquery, an_oid oid, a_regclass regclass, a_regtype regtype, an_lsn pg_lsn,
  a_snapshot pg_snapshot, an_xid xid, a_tid tid, a_jsonpath jsonpath,
  an_int4range int4range, a_numrange numrange, a_tstzrange tstzrange, a_daterange daterange, a_multirange int4multirange,
  ints integer[], texts text[], numerics numeric(8,2)[], matrix integer[][], odd_bounds integer[], stamps timestamptz[],
  moods odd.mood[], pairs odd.pair[], bools boolean[], jsons jsonb[],
  a_mood odd.mood, a_pair odd.pair, a_nested odd.nested, a_domain odd.positive, a_tiny odd.tiny, a_code odd.code,
  a_float_range odd.float_range,
  "quoted "" name" text collate "C" default 'it''s' || E'\n', généré integer generated always as (odd.double(a_int2::integer)) stored
);
insert into odd.every_type overriding system value values
  (-9223372036854775808, true, -32768, -2147483648, -9223372036854775808,
   -123456789012345678901234567890.000000000100, -99999999999.9999, 0.000000000000000000000000000001, 0.00999,
   '-3.4028235e38', '-1.7976931348623157e308', '-92233720368547758.08',
   '', '', '', '', '', '', '', '4713-01-01 BC', '00:00', '00:00:00.001', '00:00:00+15:59', '4713-01-01 00:00:00 BC',
   '0001-01-01', '0044-03-15 12:00:00.123 BC', '4713-01-01 00:00:00+00 BC', '1969-12-31 23:59:59.99+00',
   '-178000000 years', '-3 years', '00000000-0000-0000-0000-000000000000', '{"b": 1, "a":   [1, 2], "b": 2}', '{"b": 1, "a": [1.10, null]}',
   B'00000', B'', '(-0.0,1e-300)', '{1,-1,0}', '[(0,0),(1,1)]', '(1,1),(0,0)', '[(0,0),(1,1)]',
   '((0,0),(1,1),(2,0))', '<(0,0),1.5>', '10.1.2.3', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05',
   'a:1A fat:2B,4C cat''s:5', 'fat & (rat | !cat)', 4294967295, 'pg_class', 'integer', '16/B374D848',
   '10:20:10,14,15', '4294967295', '(4294967295,65535)', '$.a[*] ? (@ > 1)',
   'empty', '[1.10,2.20)', '[2020-01-01 00:00:00+00,infinity)', '(,2020-01-01)', '{[1,3),[5,7)}',
   '{}', '{"",NULL,"a,b","q\"uote","back\\slash","NULL"}', '{1.10,-2.00}', '{{1,2},{3,4}}', '[-2:0]={1,2,3}', '{infinity,"2020-01-01 00:00:00.123456+00"}',
   '{sad,"o''k"}', '{"(1,\"a \"\"b\"\"\",1.50)",NULL}', '{t,f,NULL}', '{"{\"a\": 1}"}',
   'Größe', '(1,"comma, quote "" and \\",-1.50)', '("(,,)","{1,NULL}")', 1, 99, 'ABC',
   '[0.1,0.30000000000000004]', default),
  (1, false, 32767, 2147483647, 9223372036854775807, 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', '92233720368547758.07',
   'plain', 'twenty characters 20', 'pad', 'blank  ', 'x', 'name', '\x00ff5c27', 'infinity', '24:00', '23:59:59.999', '24:00:00-15:59', 'infinity',
   'infinity', '-infinity', 'infinity', '-infinity', '178000000 years 11 mons -3 days 04:05:06.789', '11 mons',
   'ffffffff-ffff-ffff-ffff-ffffffffffff', 'null', 'null', B'10101', B'111111111111', '(Infinity,NaN)', '{0,1,5}', '[(1,2),(3,4)]',
   '(Infinity,1),(0,0)', '((0,0),(1,1))', '((0,0),(1,1),(2,0))', '<(1e10,-1e10),0>', 'fe80::1/64', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff',
   'ff:ff:ff:ff:ff:ff:ff:ff', '', '''it''''s'':*AB', 0, 'odd.every_type', 'odd.mood', '0/0', '10:10:', '0', '(0,0)', 'strict $.a',
   '[1,10)', '(,)', 'empty', '[-infinity,infinity]', '{}', '{1,2,3}', '{😀,Ä}', '{NaN}', '{}', '[1:1][-2:-1]={{1,2}}', '{-infinity}',
   '{}', '{}', '{}', '{null}', 'happy', '(,,)', null, 2147483647, 1, '', '(,)', '😀'),
  (2, null, 0, 0, 0, 'Infinity', 0, 0, 0, 'Infinity', '-Infinity', 0,
   E'tab\tand\nline \\ end', 'Ä', 'Ä', null, E'\\303', 'Ä', null, '-infinity', '12:34:56.789012', '12:00', '12:00:00.123456-03:30', '-infinity',
   '-infinity', 'infinity', '294246-12-31 23:59:59.999999+00', '294246-12-31 23:59:59.99+00', '0', '0', null, '[]', '"\u00e9"', B'11111', B'1', '(1,2)', null, null, null, '[(0,0)]',
   '((0,0))', null, '::1', '0.0.0.0/0', null, null, 'x', null, null, null, null, null, null, null, null, null,
   null, null, null, null, null, '{1,NULL,3}', null, null, null, null, null, null, null, null, null,
   null, null, null, 5, 50, null, null, null);
insert into odd.every_type (a_int4, a_numeric, a_timestamp, a_date) values
  (1, '-Infinity', '1999-12-31 23:59:59.999999', '5874897-12-31'), (2, 0.10, '2000-01-01', '2000-02-29'), (3, 1e100, '1582-10-10', '1970-01-01'),
  (4, 1e-100, '1970-01-01 00:00:00.000001', '1969-12-31'), (5, 10000, '1969-12-31 23:59:59.999999', '1999-12-31'), (6, -0.00010000, null, null),
  (7, 100000000.5, '294276-12-31 23:59:59.999999', '4714-11-24 BC'), (8, 99999999.99999999, '4714-11-24 00:00:00 BC', null),
  (9, null, '294247-01-10 04:00:54.775807', null), (10, null, '294247-01-10 04:00:54.775808', null);
insert into odd.every_type (a_timestamp_0, a_timestamp_3, a_timestamptz, a_timestamptz_2) values
  ('294276-12-31 23:59:59', '294276-12-31 23:59:59.999', '294276-12-31 23:59:59.999999+00', '294276-12-31 23:59:59.99+00'),
  ('4714-11-24 00:00:00 BC', '4714-11-24 00:00:00 BC', '4714-11-24 00:00:00+00 BC', '4714-11-24 00:00:00+00 BC'),
  ('294247-01-10 04:00:54', '294247-01-10 04:00:54.775', '294247-01-10 04:00:54.775806+00', '294247-01-10 04:00:54.78+00');
comment on table odd.every_type is 'every type';
comment on column odd.every_type."quoted "" name" is 'awkward';

create table odd.no_columns ();
insert into odd.no_columns default values;
insert into odd.no_columns default values;

create sequence odd.counter as smallint start with 10 increment by -2 minvalue -100 maxvalue 20 cycle cache 4;
select nextval('odd.counter');
create sequence odd.untouched;
create sequence odd.set_and_unused;
select setval('odd.set_and_unused', 77, false);
create sequence odd.set_to_its_least start with 5 minvalue 3;
select setval('odd.set_to_its_least', 3, false);
comment on sequence odd.counter is 'down it goes';

create table odd.parents (
  id serial primary key,
  code odd.code not null,
  other integer default nextval('odd.counter'),
  tags text[] not null default '{}',
  place int4range default null,
  constraint codes unique (code) deferrable initially deferred,
  constraint place_apart exclude using gist (place with &&),
  constraint code_length check (length(code) < 9) no inherit
) with (fillfactor = 70);
create sequence odd.parents_extra_seq owned by odd.parents.other;
insert into odd.parents (code, place) values ('A', '[1,3)'), ('B', '[3,5)'), ('C', null);
create table odd.children (
  parent integer not null, "Number" integer, note text,
  primary key (parent, "Number") include (note),
  foreign key (parent) references odd.parents (id) match full on update cascade on delete set null deferrable
);
create table "Mixed Case"."Self" (id integer primary key, up integer references "Mixed Case"."Self", name text);
alter table "Mixed Case"."Self" alter column name set storage external, alter column name set statistics 500;
insert into "Mixed Case"."Self" values (1, null, 'root'), (2, 1, 'leaf');
insert into odd.children values (1, 1, 'x'), (1, 2, null);
alter table odd.children add constraint late check ("Number" < 2) not valid;

create index parents_upper on odd.parents (upper(code::text) desc nulls last, id) where id > 0;
create index parents_tags on odd.parents using gin (tags);
create unique index children_note on odd.children (note text_pattern_ops) include (parent) where note is not null;
create index "Self hash" on "Mixed Case"."Self" using hash (name);
create index brin_index on odd.every_type using brin (a_int4) with (pages_per_range = 16);
comment on index odd.parents_tags is 'of tags';
comment on constraint code_length on odd.parents is 'short';
alter table odd.children cluster on children_pkey;
alter table "Mixed Case"."Self" replica identity full;
create statistics odd.parents_stats (dependencies, ndistinct) on code, other from odd.parents;

create table odd.measures (day date not null, city text not null, value numeric(8,2) default 0, primary key (day, city))
  partition by range (day);
create table odd.measures_2020 partition of odd.measures for values from ('2020-01-01') to ('2021-01-01');
create table odd.measures_2021 (city text not null, value numeric(8,2), day date not null) partition by list (city);
alter table odd.measures attach partition odd.measures_2021 for values from ('2021-01-01') to ('2022-01-01');
create table odd."measures 2021 rome" partition of odd.measures_2021 for values in ('Rome');
create table odd.measures_2021_rest partition of odd.measures_2021 default;
create index measures_value on odd.measures (value);
create index only_2020 on odd.measures_2020 (city desc);
alter table odd.measures_2020 add constraint early check (value < 1000);
insert into odd.measures values ('2020-05-05', 'Rome', 1), ('2021-05-05', 'Rome', 2), ('2021-05-05', 'Oslo', 3);

create table odd.unproven (a integer, b integer) partition by list (a);
create table odd.unproven_0 partition of odd.unproven for values in (0);
insert into odd.unproven values (0, -1);
alter table odd.unproven add constraint above_0 check (b > 0) not valid;
create table odd.unproven_1 partition of odd.unproven for values in (1);
insert into odd.unproven values (1, 1);

create table odd.nested_parts (a integer, b integer) partition by list (a);
create table odd.nested_parts_1 partition of odd.nested_parts for values in (1) partition by list (b);
create table odd.nested_parts_1_2 partition of odd.nested_parts_1 (constraint both_have check (b > 0)) for values in (2);
alter table odd.nested_parts_1 add constraint both_have check (b > 0), add constraint comes_down check (a > 0);
insert into odd.nested_parts values (1, 2);

create table odd.base (id integer primary key, name text default 'base', check (id > 0));
create table odd.derived (extra text, name text default 'derived') inherits (odd.base);
insert into odd.base values (1, 'only base');
insert into odd.derived values (2, 'only derived', 'x');
create unlogged table odd.fleeting (id integer);
insert into odd.fleeting values (1);

create view odd.fine with (security_barrier) as select id, a_mood from odd.every_type where odd.is_fine(a_mood);
create materialized view odd.counted as select count(*) as n from odd.fine;
create unique index counted_n on odd.counted (n);
create view odd.a_view_of_views as select n, odd.double(n::integer) as twice from odd.counted;
create materialized view odd.empty as select 1 as one with no data;
create function odd.row_of(p odd.parents) returns text language sql stable as 'select p.code';
create view odd.with_row as select odd.row_of(p) as r from odd.parents p;
create view odd.checked as select id, code from odd.parents where id > 0 with local check option;
alter view odd.checked alter column code set default 'Z';
comment on view odd.fine is 'only the fine';
comment on column odd.fine.id is 'its number';

create trigger touch before insert or update of code on odd.parents for each row when (new.code is not null) execute function odd.touch();
create trigger "Quiet" after delete on odd.children execute function odd.touch();
alter table odd.children disable trigger "Quiet";
create trigger on_partitioned before insert on odd.measures for each row execute function odd.touch();
create rule no_delete as on delete to odd.base where old.id = 1 do instead nothing;
comment on trigger touch on odd.parents is 'touches';

create text search dictionary odd.plain (template = pg_catalog.simple, stopwords = 'english');
create text search configuration odd.words (copy = pg_catalog.simple);
alter text search configuration odd.words alter mapping for asciiword, word with odd.plain, simple;
create table odd.documents (id serial, body text, words tsvector generated always as (to_tsvector('odd.words', body)) stored);
insert into odd.documents (body) values ('the quick brown fox');

create table odd.cycling (id smallint generated by default as identity (start 32767 minvalue 1 maxvalue 32767 cycle), b bigint);
insert into odd.cycling (b) values (1), (2);
create table odd.with_options (a integer, b integer, constraint with_options_pkey primary key (a) with (fillfactor = 60),
  constraint one_b unique (b) with (fillfactor = 70, deduplicate_items = off) deferrable initially deferred);
create function odd.shouted(words text) returns odd.pair language sql immutable as $$ select (99, upper(words), 0)::odd.pair $$;
create cast (text as odd.pair) with function odd.shouted(text);
insert into odd.every_type (a_regclass, a_regtype, a_pair) values ('-', '-', (1, 'whispered', 2)), ('4294967295', '4294967295', null);
alter materialized view odd.counted cluster on counted_n;
alter function odd.touch() depends on extension plpgsql;
create table odd.typed of odd.pair (n with options not null, primary key (n));
create unlogged table odd.unlogged_serial (id serial);
create table odd.row_types (p odd.parents, cursor refcursor);
insert into odd.row_types values ((1, 'A', 2, '{x}', null), 'c');
create function odd.first_code() returns odd.code language sql stable as 'select code from odd.parents limit 1';
alter table odd.children add column code text default odd.first_code();
create table odd.toasted (t text) with (toast.autovacuum_enabled = off, autovacuum_enabled = off);
alter materialized view odd.counted alter column n set statistics 7;
alter table odd.measures_2020 disable trigger on_partitioned;
comment on table odd.measures_2020 is 'a part';
comment on column odd.measures_2020.city is 'where';
comment on index odd.codes is 'behind a key';
comment on index odd.parents_upper is 'of an expression';
comment on sequence odd.parents_id_seq is 'of a serial';

alter table odd.parents enable row level security;
create policy mine on odd.parents as restrictive for select using (code <> 'C');
create policy all_of_it on odd.parents with check (true);
analyze;
`
