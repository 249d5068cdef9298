/**
 * What few databases have and only a superuser may make: a script for PostgreSQL 14 or newer. Its functions are the server's own, so
 * that nothing has to be installed.
 */
export const RARITIES = String.raw`
create schema rare;
create type rare.number;
create function rare.number_in(cstring) returns rare.number language internal immutable strict as 'int4in';
create function rare.number_out(rare.number) returns cstring language internal immutable strict as 'int4out';
create type rare.number (input = rare.number_in, output = rare.number_out, like = integer, category = 'N', default = '7', delimiter = ';');
create type rare.never_made;
create table rare.numbers (n rare.number default '1', list rare.number[], pair int4range);
insert into rare.numbers values ('5', '{1;2}', '[1,2)'), (null, null, null);
comment on type rare.number is 'made by functions';

create type rare.steps;
create function rare.canonical(rare.steps) returns rare.steps language internal immutable strict as 'int4range_canonical';
create type rare.steps as range (subtype = integer, canonical = rare.canonical);
create table rare.stepped (s rare.steps);
insert into rare.stepped values ('[1,5]'), ('empty');

create function rare.backwards(integer, integer) returns integer language sql immutable as 'select case when $1 < $2 then 1 when $1 > $2 then -1 else 0 end';
create operator family rare.backwards using btree;
create operator class rare.backwards for type integer using btree family rare.backwards as
  operator 1 > , operator 2 >= , operator 3 = , operator 4 <= , operator 5 < , function 1 rare.backwards(integer, integer);
create function rare.mixed(integer, bigint) returns integer language sql immutable as 'select rare.backwards($1, $2::integer)';
alter operator family rare.backwards using btree add operator 1 > (integer, bigint), operator 3 = (integer, bigint), function 1 (integer, bigint) rare.mixed(integer, bigint);
create operator class rare.hashed default for type rare.number using hash as storage rare.number;
create operator family rare.alone using gist;
create table rare.divided (id integer) partition by range (id rare.backwards);
create table rare.divided_low partition of rare.divided for values from (10) to (0);
insert into rare.divided values (5);
create index divided_backwards on rare.divided_low (id rare.backwards);
comment on operator class rare.backwards using btree is 'the other way round';
comment on operator family rare.alone using gist is 'nothing in it';

create function rare.like_any(text, text) returns boolean language sql immutable as 'select true';
create conversion rare.to_latin for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
comment on conversion rare.to_latin is 'as the server does';
create function rare.handler() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create trusted language plrare handler rare.handler;
comment on language plrare is 'plpgsql by another name';
create function rare.from_sql(internal) returns internal language internal immutable as 'prsd_headline';
create transform for rare.number language plrare (from sql with function rare.from_sql(internal));
create text search parser rare.words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);
create text search template rare.plain (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary rare.dictionary (template = rare.plain, stopwords = 'english');
create text search configuration rare.searching (parser = rare.words);
alter text search configuration rare.searching add mapping for asciiword with rare.dictionary;

create foreign data wrapper nowhere options (debug 'true');
create server "far away" type 'x' version '1.0' foreign data wrapper nowhere options (host 'h''h', password 'secret');
create foreign table rare.distant (id integer options (column_name 'ID') not null, t text collate "C" default 'x', check (id > 0))
  server "far away" options (table_name 'T');
create view rare.distant_view as select id from rare.distant;
comment on foreign table rare.distant is 'far';
comment on column rare.distant.id is 'its number';
comment on server "far away" is 'nobody there';
comment on foreign data wrapper nowhere is 'goes nowhere';

create table rare.published (id integer primary key, a text, b text);
create publication everything for all tables with (publish = 'insert, truncate');
create publication parts for table only rare.published with (publish_via_partition_root = true);
comment on publication parts is 'one table';

create function rare.watch() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger watcher on ddl_command_end when tag in ('CREATE SERVER', 'DROP SERVER') execute function rare.watch();
alter event trigger watcher disable;
comment on event trigger watcher is 'asleep';
create access method rare_heap type table handler heap_tableam_handler;
comment on access method rare_heap is 'a heap';
do $$ begin
  execute format('alter database %I set work_mem to ''7MB''', current_database());
  execute format('alter database %I set search_path to rare, "$user", public', current_database());
  execute format('alter database %I set datestyle to ''SQL, DMY''', current_database());
  execute format('alter role current_user in database %I set search_path to ''''', current_database());
  execute format('alter database %I set application_name to ''it''''s 100%% \ odd''', current_database());
end $$;
create materialized view rare.kept as select 1 as one;
create index kept_one on rare.kept (one);
comment on index rare.kept_one is 'of a materialized view';
create type rare.pair as (a integer, b text);
comment on column rare.pair.a is 'of a composite type';
`
