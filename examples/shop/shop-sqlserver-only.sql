-- What SQL Server has and Babelfish does not: run it after shop.sql, on SQL Server 2019 and later.
set quoted_identifier on
set ansi_nulls on
set nocount on
go
create unique index IX_Customers_card on sales.Customers (loyalty_card) where loyalty_card is not null
create index IX_Products_current on stock.Products (category_id, price desc) include (name) where discontinued = 0 and price < 100
go
create table dbo.[More Types] (
  id int not null constraint [PK_More Types] primary key,
  [time(7)] time(7) null,
  [datetime2(7)] datetime2(7) null,
  [datetimeoffset(7)] datetimeoffset(7) null,
  [varchar utf8] varchar(40) collate Latin1_General_100_CI_AS_SC_UTF8 null,
  [hierarchyid] hierarchyid null,
  [geometry] geometry null,
  [geography] geography null,
  [sparse] nvarchar(40) sparse null,
  [guid] uniqueidentifier rowguidcol not null constraint [DF_More Types_guid] default (newsequentialid())
)
go
insert into dbo.[More Types] (id, [time(7)], [datetime2(7)], [datetimeoffset(7)], [varchar utf8], [hierarchyid], [geometry], [geography], [sparse], [guid])
values
  (1, '00:00:00.0000001', '0001-01-01 00:00:00.0000000', '0001-01-01 14:00:00.0000000 +14:00', N'', '/', 'POINT EMPTY', 'POINT EMPTY', N'', '00000000-0000-0000-0000-000000000001'),
  (2, '23:59:59.9999999', '9999-12-31 23:59:59.9999999', '9999-12-31 09:59:59.9999999 -14:00', N'😀 名前', '/1/2.5/-3/',
    geometry::STGeomFromText('POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))', 25832),
    geography::Point(51.340333, 12.374750, 4326), N'sometimes', '00000000-0000-0000-0000-000000000002'),
  (3, null, null, null, null, null, null, null, null, '00000000-0000-0000-0000-000000000003')
go
-- A lone half of a surrogate pair, and a NUL character.
insert into dbo.[Every Type] (id, what, [nvarchar(40)], [nvarchar(max)])
values (5, 'not unicode', N'a' + nchar(0xD83D) + N'b', N'nul' + nchar(0) + N'here')
go
-- An order line whose product is gone: the constraint is not trusted, and a check of referential integrity finds one row.
alter table sales.[Order Lines] nocheck constraint [FK_Order Lines_Products]
insert into sales.[Order Lines] (order_id, line_no, product_id, quantity, unit_price) values (9007199254740993, 99, 1, 1, 1)
alter table sales.[Order Lines] check constraint [FK_Order Lines_Products]
go
create synonym dbo.Clients for sales.Customers
go
