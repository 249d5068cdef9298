/** Tables with NULLs, empty texts, blanks at the end, other case, duplicates, negatives and extremes; a view is of them. */
export const VIEW_TABLES = `
create schema shop;
create type mood as enum ('sad', 'ok', 'happy');
create table customers (
  id integer primary key, name text, code varchar(20), city text, state char(4), active boolean, parent integer, mood mood, "Two Words" text
);
create table orders (
  id integer primary key, customer integer, price numeric(10,2), tax numeric(5,4), amount numeric, day date, at timestamp, seen timestamptz,
  weight real, ratio double precision, code varchar(20), big bigint, small smallint, key uuid, doc jsonb, tags text[], data bytea, tod time
);
create type shop.place as (street text, number integer);
create table shop.homes (customer integer primary key, place shop.place);
create table shop.lines (order_id integer, line integer, quantity smallint, label text, price numeric(10,2), primary key (order_id, line));
create table shop.animals (id integer primary key, name text);
create table shop.birds (wings integer) inherits (shop.animals);
insert into customers values
  (1, 'Alfred', 'a', 'Berlin', 'CA', true, null, 'ok', 'x'),
  (2, 'alfred', 'A', 'Berlin ', 'ca', false, 1, 'sad', 'X'),
  (3, 'Alfred ', 'a ', 'berlin', 'NY', null, 1, 'happy', 'x '),
  (4, '', '', '', '', true, 3, null, ''),
  (5, null, null, null, null, false, 99, 'ok', null),
  (6, 'été 😀', 'straße', 'Zürich', 'WXYZ', true, null, 'sad', 'ß'),
  (7, 'Alfred', 'b', 'Berlin', 'CA', true, 1, 'ok', 'x'),
  (8, ' ', '  ', ' ', 'N', true, 4, 'ok', ' ');
insert into orders values
  (1, 1, 10.50, 0.1900, 1.5, '2020-02-29', '2020-02-29 12:34:56.789012', '2020-02-29 12:34:56+02', 1.5, 2.25, 'a', 9007199254740993, 1,
    '0e984725-c51c-4bf4-9960-e1c80e27aba0', '{"a": 1}', '{a,b}', '\\x01', '08:00'),
  (2, 1, -10.50, 0, 2, '2020-02-01', '2020-01-01 00:00:00', '2020-02-29 10:34:56+00', -0.25, 0, 'a ', -9223372036854775808, -1,
    '0e984725-c51c-4bf4-9960-e1c80e27aba1', '[]', '{}', '\\x', '23:59:59.999999'),
  (3, 2, 0.00, 0.0700, -3.25, '1999-12-31', null, null, 0, 1e300, 'A', 9223372036854775807, 32767, null, null, null, null, null),
  (4, 3, 99999999.99, 9.9999, null, null, '0001-01-01 00:00:00', '1970-01-01 00:00:00+00', null, null, null, null, null,
    'ffffffff-ffff-ffff-ffff-ffffffffffff', '1', '{NULL}', '\\x00', '00:00'),
  (5, null, null, null, 0, '9998-12-31', '2020-02-29 12:34:56.789012', '2020-02-29 12:34:56+02', 16777216, -1e-300, '', 0, -32768,
    '00000000-0000-0000-0000-000000000000', '{}', '{x}', '\\xffff', '12:00'),
  (6, 99, 5.00, 0.1900, 7, '2020-02-29', '2021-03-04 05:06:07', '9999-12-31 23:59:59.999999+00', 2.5, 0.5, 'b', 7, 7,
    '0e984725-c51c-4bf4-9960-e1c80e27aba0', 'null', '{a}', '\\x61', '12:00'),
  (7, 1, 10.50, 0.1900, 1.5, '2020-03-01', '2020-03-01 00:00:00', '2020-03-01 00:00:00+00', 1.5, 2.25, 'a', 5, 1, null, null, null, null, '06:30');
insert into shop.lines values
  (1, 1, 5, 'first', 1.25), (1, 2, -3, 'FIRST', 2.00), (1, 3, null, 'first ', null), (2, 1, 32767, '', 99999999.99),
  (3, 1, 0, null, -0.01), (3, 2, 5, 'été', 1.25), (6, 1, 5, 'first', 1.25), (7, 1, 12, 'last', 3.00);
insert into shop.homes values (1, ('Main', 1)), (2, ('Main', null)), (3, (null, null)), (4, null);
insert into shop.animals values (1, 'ant');
insert into shop.birds values (2, 'owl', 2);
`
