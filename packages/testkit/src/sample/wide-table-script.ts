/** 18 columns of as many kinds, some with NULLs: what a table of a business looks like to a wire protocol. */
const COLUMNS: readonly (readonly [declaration: string, expression: string])[] = [
  ['id int not null primary key', 'i'],
  ['order_no bigint not null', '9000000000 + cast(i as bigint) * 7919'],
  ['line_no smallint not null', 'i % 30000 - 15000'],
  ['quantity tinyint null', 'nullif(i % 256, 13)'],
  ['returned bit not null', 'case when i % 17 = 0 then 1 else 0 end'],
  ['price decimal(18, 4) not null', 'cast(h as decimal(18, 4)) / 16'],
  ['total decimal(28, 6) null', 'case when i % 9 <> 4 then cast(h as decimal(28, 6)) * 12345.678901 end'],
  ['tax money not null', 'cast(h % 1000000 - 500000 as money) / 100'],
  ['weight float not null', 'cast(h as float) / 7'],
  ['rate real null', 'case when i % 5 <> 0 then cast(h % 1000 as real) / 1000 end'],
  ['ordered date not null', "dateadd(day, i % 9000, cast('2001-01-01' as date))"],
  [
    'shipped datetime null',
    "case when i % 8 <> 0 then dateadd(second, h % 100000000, cast('2020-01-01' as datetime)) end",
  ],
  [
    'changed datetime2(6) not null',
    "dateadd(microsecond, h % 1000000, dateadd(minute, i, cast('1999-12-31' as datetime2(6))))",
  ],
  ['reference uniqueidentifier not null', `cast('00000000-0000-4000-8000-' + ${padded('i', 12)} as uniqueidentifier)`],
  [
    'status char(10) not null',
    "case i % 4 when 0 then 'NEW' when 1 then 'PACKED' when 2 then 'SHIPPED' else 'RETURNED' end",
  ],
  ['clerk varchar(30) null', `case when i % 11 <> 0 then 'clerk no ' + ${padded('h % 1000', 4)} end`],
  ['customer nvarchar(60) not null', `N'Kundin Größe ' + ${padded('h', 10)} + N' ✓'`],
  ['comment nvarchar(200) null', `case when i % 3 = 0 then replicate(N'text of a comment, ', 1 + i % 6) end`],
]

function padded(expression: string, digits: number): string {
  return `right('${'0'.repeat(digits)}' + cast(${expression} as varchar(${digits})), ${digits})`
}

const CHUNK_ROWS = 100_000

/**
 * A T-SQL script of batches between lines of GO that makes a table of `rows` rows x 18 mixed columns, the same on every
 * server each time. Set by set, so that a million rows take seconds. `table` is written into the script as it is.
 */
export function wideTableScript(table: string, rows: number): string {
  const create = `create table ${table} (\n  ${COLUMNS.map(([declaration]) => declaration).join(',\n  ')}\n)`
  const chunks = Array.from({ length: Math.ceil(rows / CHUNK_ROWS) }, (_, chunk) => insertChunk(table, chunk, rows))
  return [create, ...chunks].join('\ngo\n')
}

/** `i` counts the rows; `h` scatters it over 0 … 2^31 - 2 by Lehmer's generator. */
function insertChunk(table: string, chunk: number, rows: number): string {
  return `with digits (d) as (select d from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) v (d)),
numbers (i) as (
  select ${chunk * CHUNK_ROWS} + a.d * 10000 + b.d * 1000 + c.d * 100 + e.d * 10 + f.d
  from digits a cross join digits b cross join digits c cross join digits e cross join digits f),
scattered (i, h) as (select i, cast((cast(i as bigint) + 1) * 48271 % 2147483647 as int) from numbers where i < ${rows})
insert into ${table}
select
  ${COLUMNS.map(([, expression]) => expression).join(',\n  ')}
from scattered`
}
