/**
 * The tables that are measured, made on the server by statements alone, so that a million rows take seconds. Every value
 * follows from the row's number: two runs measure the same rows.
 */
export interface BenchTable {
  readonly name: string
  readonly rows: number
  readonly create: string
  /** Inserts the rows numbered `n` of `bench.numbers` from @first to @last, both included. */
  readonly insert: string
}

/** 18 columns of the types that business data is made of. */
export function mixedTable(rows: number): BenchTable {
  return {
    name: 'mixed',
    rows,
    create: `create table bench.mixed (
  order_key bigint not null, part_key int not null, supplier_key int null, line_number smallint not null,
  quantity decimal(15,2) not null, price money not null, discount decimal(9,4) null, tax float not null,
  return_flag char(1) not null, line_status varchar(10) null, ship_date date not null, commit_date datetime not null,
  receipt_date datetime2(7) null, instructions nvarchar(25) null, ship_mode varchar(20) not null, remark nvarchar(60) null,
  row_id uniqueidentifier not null, is_open bit not null)`,
    insert: `insert into bench.mixed select
  cast(n as bigint) * 4294967311, n % 200003, case when n % 17 = 0 then null else n % 10007 end, n % 7 + 1,
  cast(n % 5000 as decimal(15,2)) / 100, cast(n % 9999999 as money) / 100, case when n % 11 = 0 then null else cast(n % 10000 as decimal(9,4)) / 10000 end, n * 0.0625,
  char(65 + n % 26), case when n % 3 = 0 then null else 'status ' + cast(n % 90 as varchar(10)) end,
  dateadd(day, n % 3000, cast('2015-01-01' as date)), dateadd(second, n % 86400, dateadd(day, n % 3000, cast('2015-01-01' as datetime))),
  case when n % 13 = 0 then null else dateadd(microsecond, n % 1000000, cast('2020-02-29 12:34:56' as datetime2(7))) end,
  N'instruction ' + cast(n % 50 as nvarchar(10)), 'mode ' + cast(n % 9 as varchar(10)),
  case when n % 5 = 0 then null else N'remark on row ' + cast(n as nvarchar(12)) + N' für Größe' end,
  cast('0f8fad5b-d9cb-469f-a165-' + right('00000000000' + cast(n as varchar(12)), 12) as uniqueidentifier), n % 2
from bench.numbers where n between @first and @last`,
  }
}

/** Long text and binary values: 64 KiB of each a row. */
export function lobTable(rows: number): BenchTable {
  return {
    name: 'lob',
    rows,
    create: 'create table bench.lob (id int not null, body nvarchar(max) null, content varbinary(max) null)',
    insert: `insert into bench.lob select n, replicate(cast(N'lorem ipsum dolor sit amet ' + cast(n as nvarchar(10)) as nvarchar(max)), 1000),
  cast(replicate(cast('0123456789abcdef' as varchar(max)), 4096) as varbinary(max))
from bench.numbers where n between @first and @last`,
  }
}

/** 120 columns of which nine in ten are NULL. */
export function wideTable(rows: number): BenchTable {
  const types = ['int', 'decimal(12,3)', 'nvarchar(20)', 'datetime2(3)', 'bit', 'varchar(12)']
  const values = [
    'n',
    'cast(n as decimal(12,3)) / 1000',
    "N'wide ' + cast(n as nvarchar(12))",
    "dateadd(second, n, cast('2021-01-01' as datetime2(3)))",
    'n % 2',
    "'w' + cast(n % 999 as varchar(10))",
  ]
  const columns = Array.from({ length: 120 }, (_, i) => `c${i} ${types[i % types.length]} null`)
  const cells = Array.from(
    { length: 120 },
    (_, i) => `case when (n + ${i}) % 10 = 0 then ${values[i % values.length]} end`,
  )
  return {
    name: 'wide',
    rows,
    create: `create table bench.wide (${columns.join(', ')})`,
    insert: `insert into bench.wide select ${cells.join(',\n  ')} from bench.numbers where n between @first and @last`,
  }
}
