-- Falter & Tinte, a small shop for paper, pens and ink: the sample database of albackup.
-- For SQL Server 2017 and later, and for Babelfish. Run it in a new, empty database; batches end at GO.
-- All names, addresses and orders are invented. The same script gives the same rows every time.
set quoted_identifier on
set ansi_nulls on
set nocount on
go
create schema sales
go
create schema stock
go
create type stock.Sku from varchar(14) not null
go
create sequence stock.DocumentNumbers as bigint start with 1000 increment by 5 minvalue 1000 maxvalue 999999 cache 20
go

-- ---------------------------------------------------------------------------------------------------------- tables --

create table sales.Customers (
  customer_id int identity(1001, 3) not null constraint PK_Customers primary key,
  name nvarchar(80) not null,
  email varchar(120) not null constraint UQ_Customers_email unique,
  loyalty_card char(10) null constraint UQ_Customers_loyalty_card unique,
  born date null,
  since datetime2(0) not null constraint DF_Customers_since default (sysutcdatetime()),
  credit_limit money not null default (0),
  vip bit not null default ((0)),
  language char(2) not null constraint DF_Customers_language default ('de'),
  note nvarchar(max) null,
  constraint CK_Customers_credit_limit check (credit_limit >= 0 and credit_limit <= 100000),
  constraint CK_Customers_email check (email like '%@%')
)
go
create table sales.Addresses (
  customer_id int not null,
  address_no tinyint not null,
  street nvarchar(120) not null,
  city nvarchar(60) not null,
  postal_code varchar(10) null,
  country char(2) not null,
  latitude decimal(9, 6) null,
  longitude decimal(9, 6) null,
  constraint PK_Addresses primary key (customer_id, address_no),
  constraint FK_Addresses_Customers foreign key (customer_id) references sales.Customers (customer_id) on delete cascade,
  constraint CK_Addresses_country check (len(country) = 2)
)
go
create table stock.Categories (
  category_id smallint identity(10, 10) not null constraint PK_Categories primary key,
  parent_id smallint null constraint FK_Categories_parent references stock.Categories (category_id),
  name nvarchar(60) not null constraint UQ_Categories_name unique,
  position tinyint not null default ((0))
)
go
create table stock.Products (
  product_id int identity(500, 1) not null constraint PK_Products primary key,
  sku stock.Sku not null constraint UQ_Products_sku unique,
  category_id smallint not null constraint FK_Products_Categories references stock.Categories (category_id),
  name nvarchar(120) not null,
  [Größe] nvarchar(20) null,
  [Prägung] nvarchar(60) null,
  price money not null,
  cost smallmoney null,
  vat decimal(4, 2) not null constraint DF_Products_vat default (19.00),
  weight decimal(9, 3) null,
  launched date not null,
  discontinued bit not null default ((0)),
  price_with_vat as (price * (1 + vat / 100)) persisted,
  constraint CK_Products_price check (price > 0),
  constraint CK_Products_cost check (cost is null or cost < price)
)
go
create table sales.Orders (
  order_id bigint identity(9007199254740993, 7) not null constraint PK_Orders primary key,
  customer_id int not null constraint FK_Orders_Customers references sales.Customers (customer_id),
  address_no tinyint null,
  ordered_at datetimeoffset(3) not null,
  shipped_at datetime null,
  paid_on smalldatetime null,
  status char(1) not null constraint DF_Orders_status default ('N'),
  voucher uniqueidentifier null,
  comment nvarchar(400) null,
  constraint FK_Orders_Addresses foreign key (customer_id, address_no) references sales.Addresses (customer_id, address_no),
  constraint CK_Orders_status check (status in ('N', 'P', 'S', 'X'))
)
go
create table sales.[Order Lines] (
  order_id bigint not null,
  line_no smallint not null,
  product_id int not null,
  quantity int not null default ((1)),
  unit_price money not null,
  discount real not null constraint [DF_Order Lines_discount] default (0),
  line_total as (quantity * unit_price),
  constraint [PK_Order Lines] primary key (order_id, line_no desc),
  constraint [FK_Order Lines_Orders] foreign key (order_id) references sales.Orders (order_id) on delete cascade,
  constraint [FK_Order Lines_Products] foreign key (product_id) references stock.Products (product_id) on update no action,
  constraint [CK_Order Lines_quantity] check (quantity between 1 and 999)
)
go
create table stock.Movements (
  movement_id bigint identity(-1, -1) not null constraint PK_Movements primary key,
  document_no bigint not null default (next value for stock.DocumentNumbers),
  product_id int not null references stock.Products (product_id),
  moved_at datetime2(6) not null,
  quantity decimal(18, 4) not null,
  reason nvarchar(40) null
)
go
create table sales.Attachments (
  attachment_id uniqueidentifier not null constraint PK_Attachments primary key default (newid()),
  order_id bigint not null constraint FK_Attachments_Orders references sales.Orders (order_id) on delete cascade,
  file_name nvarchar(260) not null,
  content varbinary(max) null,
  plain_text nvarchar(max) null,
  checksum binary(4) null
)
go
create table dbo.[Every Type] (
  id int not null constraint [PK_Every Type] primary key,
  what varchar(20) not null,
  [bit] bit null,
  [tinyint] tinyint null,
  [smallint] smallint null,
  [int] int null,
  [bigint] bigint null,
  [decimal(5)] decimal(5) null,
  [decimal(18,4)] decimal(18, 4) null,
  [decimal(38,0)] decimal(38, 0) null,
  [numeric(38,38)] numeric(38, 38) null,
  [money] money null,
  [smallmoney] smallmoney null,
  [real] real null,
  [float] float null,
  [date] date null,
  [time(0)] time(0) null,
  [time(3)] time(3) null,
  [time(6)] time(6) null,
  [smalldatetime] smalldatetime null,
  [datetime] datetime null,
  [datetime2(0)] datetime2(0) null,
  [datetime2(3)] datetime2(3) null,
  [datetime2(6)] datetime2(6) null,
  [datetimeoffset(0)] datetimeoffset(0) null,
  [datetimeoffset(6)] datetimeoffset(6) null,
  [char(8)] char(8) null,
  [varchar(40)] varchar(40) null,
  [varchar(40) cyrillic] varchar(40) collate Cyrillic_General_CI_AS null,
  [varchar(40) japanese] varchar(40) collate Japanese_CI_AS null,
  [varchar(max)] varchar(max) null,
  [nchar(8)] nchar(8) null,
  [nvarchar(40)] nvarchar(40) null,
  [nvarchar(max)] nvarchar(max) null,
  [text] text null,
  [ntext] ntext null,
  [binary(4)] binary(4) null,
  [varbinary(40)] varbinary(40) null,
  [varbinary(max)] varbinary(max) null,
  [image] image null,
  [uniqueidentifier] uniqueidentifier null,
  [xml] xml null,
  [sql_variant] sql_variant null,
  [sysname] sysname null,
  [rowversion] rowversion
)
go
-- No primary key, and two rows that are alike.
create table dbo.[An "odd" table's Größe] (
  [a column with spaces] int null,
  [quote"d] nvarchar(20) null,
  [it's] nvarchar(20) null,
  [select] nvarchar(20) null,
  [é and ß] nvarchar(20) null
)
go
create table dbo."b]rackets and 😀" (
  "x]y" int not null,
  "😀" nvarchar(20) null,
  "名前" nvarchar(20) null
)
go
create table dbo.[Empty] (
  id int not null primary key,
  words nvarchar(20) null
)
go

-- ------------------------------------------------------------------------------------------------------------ rows --

insert into sales.Customers (name, email, loyalty_card, born, since, credit_limit, vip, language, note)
values
  (N'Ada Falter', 'ada@falter.example', 'FT00000001', '1987-03-14', '2019-04-01 09:00:00', 2500, 1, 'de', N'Erste Kundin. Nimmt immer die Tinte „Mitternacht“.'),
  (N'Björn Ångström', 'bjorn@angstrom.example', 'FT00000002', '1975-12-31', '2019-04-02 17:45:10', 800, 0, 'sv', null),
  (N'Chloé Dubois', 'chloe@dubois.example', 'FT00000003', '1992-02-29', '2019-05-23 12:00:00', 0, 0, 'fr', N''),
  (N'Dmitrij Волков', 'dmitrij@volkov.example', 'FT00000004', null, '2019-11-09 00:00:01', 150.5, 0, 'ru', N'Пишет письма от руки.'),
  (N'Eleni Παππά', 'eleni@pappa.example', 'FT00000005', '1968-07-20', '2020-01-01 00:00:00', 99.99, 0, 'el', N'ευχαριστώ'),
  (N'Farid العطار', 'farid@attar.example', 'FT00000006', '2001-01-01', '2020-02-29 23:59:59', 1200, 1, 'ar', N'يحب الورق السميك'),
  (N'Grete O''Mally-Schön', 'grete@omally.example', 'FT00000007', '1955-10-03', '2020-06-15 08:30:00', 0, 0, 'de', N'Sagt: "nie wieder Kugelschreiber"; \ und % und _ im Namen?'),
  (N'Hanako 田中', 'hanako@tanaka.example', 'FT00000008', '1990-05-05', '2020-10-10 10:10:10', 5000, 1, 'ja', N'万年筆の収集家 🖋'),
  (N'Ívar Þórsson', 'ivar@thorsson.example', 'FT00000009', '1983-06-17', '2021-03-28 02:30:00', 300, 0, 'is', null),
  (N'José Núñez', 'jose@nunez.example', 'FT00000010', '1979-08-08', '2021-04-01 14:00:00', 42, 0, 'es', N'¿Tinta verde?'),
  (N'Kim 서연', 'seoyeon@kim.example', 'FT00000011', '1998-11-11', '2021-07-07 07:07:07', 700, 0, 'ko', null),
  (N'Łucja Wiśniewska', 'lucja@wisniewska.example', 'FT00000012', '1971-01-31', '2021-12-24 18:00:00', 0, 0, 'pl', N'zażółć gęślą jaźń'),
  (N'Mbali Dlamini', 'mbali@dlamini.example', 'FT00000013', '1995-09-24', '2022-02-22 22:22:22', 640.25, 0, 'zu', null),
  (N'Noor de Vries', 'noor@devries.example', 'FT00000014', null, '2022-05-05 05:05:05', 0, 0, 'nl', N'two' + nchar(13) + nchar(10) + N'lines'),
  (N'Ömer Çelik', 'omer@celik.example', 'FT00000015', '1986-04-23', '2022-09-30 16:20:00', 310, 0, 'tr', N'ıİ şŞ ğĞ'),
  (N'Priya नायर', 'priya@nair.example', 'FT00000016', '1993-08-15', '2023-01-26 11:11:11', 1000, 1, 'hi', null),
  (N'Quentin Q.', 'q@q.example', null, '1900-01-01', '2023-03-03 03:03:03', 0, 0, 'en', N'No card, the oldest customer.'),
  (N'Ruth בן־דוד', 'ruth@bendavid.example', 'FT00000018', '1964-05-14', '2023-08-19 19:19:19', 55.55, 0, 'he', N'שלום'),
  (N'Søren Ærøskøbing', 'soren@aeroskobing.example', 'FT00000019', '1980-02-14', '2024-02-29 12:00:00', 0, 0, 'da', null),
  (N'Tereza Dvořáková', 'tereza@dvorakova.example', 'FT00000020', '1999-12-31', '2024-06-21 21:21:21', 20, 0, 'cs', N'Příliš žluťoučký kůň'),
  (N'Uyên Nguyễn', 'uyen@nguyen.example', 'FT00000021', '2003-09-02', '2024-11-11 11:11:11', 0, 0, 'vi', null),
  (N'王小明', 'xiaoming@wang.example', 'FT00000022', '1988-08-08', '2025-01-29 08:08:08', 8888.88, 1, 'zh', N'书法纸 📜'),
  (N'Xavi 👩‍🎨 Puig', 'xavi@puig.example', 'FT00000023', '1977-04-23', '2025-04-23 10:00:00', 0, 0, 'ca', N'An emoji of three code points in the name.'),
  (N'Zoë Zimmermann', 'zoe@zimmermann.example', 'FT00000024', '2005-05-25', '2026-02-03 04:05:06', 12.3456, 0, 'de', N'   blanks before and after   ')
go
insert into sales.Addresses (customer_id, address_no, street, city, postal_code, country, latitude, longitude)
values
  (1001, 1, N'Tintengasse 7', N'Leipzig', '04109', 'DE', 51.340333, 12.374750),
  (1001, 2, N'Am Wörthersee 1', N'Klagenfurt', '9020', 'AT', 46.623611, 14.305556),
  (1004, 1, N'Storgatan 12', N'Malmö', '211 34', 'SE', 55.605833, 13.035833),
  (1007, 1, N'3bis, rue de l''Encre', N'Besançon', '25000', 'FR', 47.243056, 6.021944),
  (1010, 1, N'ул. Чернильная, 5', N'Казань', '420000', 'RU', null, null),
  (1013, 1, N'Οδός Χαρτιού 9', N'Θεσσαλονίκη', '546 24', 'GR', 40.640278, 22.943889),
  (1016, 1, N'شارع الورق 15', N'عمّان', null, 'JO', 31.949722, 35.932778),
  (1019, 1, N'Hauptstraße 100', N'Köln', '50667', 'DE', 50.938056, 6.956944),
  (1022, 1, N'河原町通 3-2-1', N'京都', '604-8005', 'JP', 35.011667, 135.768333),
  (1022, 2, N'銀座 4-5-6', N'東京', '104-0061', 'JP', 35.671667, 139.765000),
  (1025, 1, N'Laugavegur 33', N'Reykjavík', '101', 'IS', 64.146667, -21.940000),
  (1028, 1, N'Calle de la Pluma 8', N'Logroño', '26001', 'ES', 42.465000, -2.445556),
  (1031, 1, N'종로 77', N'서울', '03157', 'KR', 37.566667, 126.978333),
  (1034, 1, N'ul. Atramentowa 2/4', N'Łódź', '90-001', 'PL', 51.776667, 19.454722),
  (1037, 1, N'12 Paper Street', N'eThekwini', '4001', 'ZA', -29.858333, 31.025000),
  (1040, 1, N'Inktpotstraat 1', N'''s-Hertogenbosch', '5211 AA', 'NL', null, null),
  (1043, 1, N'Mürekkep Sokağı 3', N'İzmir', '35210', 'TR', 38.412778, 27.138333),
  (1046, 1, N'नीली गली 21', N'കൊച്ചി', '682001', 'IN', 9.966667, 76.283333),
  (1052, 1, N'רחוב הנייר 6', N'ירושלים', '9100000', 'IL', 31.778889, 35.225556),
  (1055, 1, N'Blækvej 19', N'Aarhus', '8000', 'DK', 56.156389, 10.210833),
  (1058, 1, N'Inkoustová 11', N'České Budějovice', '370 01', 'CZ', 48.974722, 14.474722),
  (1061, 1, N'Phố Giấy 5', N'Hà Nội', '100000', 'VN', 21.028333, 105.854167),
  (1064, 1, N'纸坊路 8 号', N'成都', '610000', 'CN', 30.660000, 104.063333),
  (1067, 1, N'Carrer de la Tinta 4', N'Girona', '17001', 'ES', 41.984444, 2.821111),
  (1070, 1, N'Federweg 2b', N'Zürich', '8001', 'CH', 47.374444, 8.541111)
go
insert into stock.Categories (parent_id, name, position)
values
  (null, N'Papier', 1), (null, N'Tinte', 2), (null, N'Schreibgeräte', 3),
  (10, N'Notizbücher', 1), (10, N'Briefpapier', 2), (20, N'Farbtinte', 1),
  (20, N'Eisengallustinte', 2), (30, N'Füllfederhalter', 1), (30, N'Glasfedern', 2), (80, N'Ersatzfedern', 1)
go
insert into stock.Products (sku, category_id, name, [Größe], [Prägung], price, cost, vat, weight, launched, discontinued)
values
  ('PA-NB-A5-DOT', 40, N'Notizbuch „Nachtfalter“, gepunktet', N'A5', N'ノート', 14.90, 6.2, 19.00, 0.310, '2019-04-01', 0),
  ('PA-NB-A6-BLK', 40, N'Notizbuch „Motte“, blanko', N'A6', null, 9.90, 3.95, 19.00, 0.180, '2019-04-01', 0),
  ('PA-NB-B5-LIN', 40, N'Notizbuch „Admiral“, liniert', N'B5', null, 18.50, 8.8, 19.00, 0.455, '2020-09-15', 0),
  ('PA-LP-A4-100', 50, N'Briefpapier, 100 Blatt, Bütten', N'A4', N'便箋', 29.00, 15, 19.00, 1.250, '2019-06-30', 0),
  ('PA-LP-CRD-10', 50, N'Karten mit Umschlag, 10 Stück', N'A6', null, 12.00, null, 19.00, 0.220, '2022-11-01', 0),
  ('PA-WASHI-24', 50, N'Washi-Papier, 24 Muster', N'15×15 cm', N'和紙', 34.80, 21.5, 19.00, 0.400, '2021-03-03', 0),
  ('TI-FA-MITTN', 60, N'Tinte „Mitternacht“', N'50 ml', N'真夜中', 11.90, 3.1, 19.00, 0.145, '2019-04-01', 0),
  ('TI-FA-MOOS', 60, N'Tinte „Moos“', N'50 ml', null, 11.90, 3.1, 19.00, 0.145, '2019-04-01', 0),
  ('TI-FA-KIRSCH', 60, N'Tinte „Kirsche“ 🍒', N'50 ml', N'桜桃', 12.90, 3.4, 19.00, 0.145, '2023-05-01', 0),
  ('TI-FA-UNSICHT', 60, N'Unsichtbare Tinte', N'30 ml', null, 7.77, 1.25, 19.00, 0.090, '2024-04-01', 1),
  ('TI-EG-SCHWARZ', 70, N'Eisengallustinte, schwarz', N'30 ml', null, 16.40, 5.75, 19.00, 0.110, '2020-02-02', 0),
  ('TI-EG-BLAU', 70, N'Eisengallustinte, blauschwarz', N'30 ml', null, 16.40, 5.75, 19.00, 0.110, '2020-02-02', 0),
  ('SG-FF-KOLBEN', 80, N'Kolbenfüller „Zitronenfalter“', N'F', N'万年筆', 149.00, 82, 19.00, 0.022, '2019-10-01', 0),
  ('SG-FF-PATRON', 80, N'Patronenfüller „Bläuling“', N'M', null, 39.50, 17.25, 19.00, 0.019, '2019-10-01', 0),
  ('SG-FF-GOLD', 80, N'Füllfederhalter „Apollo“, Goldfeder 18 kt', N'B', null, 922.3372, null, 19.00, 0.031, '2025-12-06', 0),
  ('SG-GF-KLAR', 90, N'Glasfeder, klar', null, N'ガラスペン', 26.00, 11, 19.00, 0.017, '2021-08-08', 0),
  ('SG-GF-REGENB', 90, N'Glasfeder „Regenbogen“ 🌈', null, null, 31.00, 12.6, 19.00, 0.017, '2021-08-08', 0),
  ('SG-EF-F', 100, N'Ersatzfeder, Stahl', N'F', null, 8.00, 2, 19.00, 0.001, '2020-01-01', 0),
  ('SG-EF-M', 100, N'Ersatzfeder, Stahl', N'M', null, 8.00, 2, 19.00, 0.001, '2020-01-01', 0),
  ('BU-GESCHICHTE', 10, N'Buch: Eine kleine Geschichte der Tinte', N'gebunden', null, 24.00, 14, 7.00, 0.620, '2022-10-18', 0)
go
-- 120 orders, spread over customers, addresses, days and time zones by arithmetic, so that they are the same everywhere.
with digits (d) as (select d from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) v (d)),
numbers (i) as (select h.d * 100 + t.d * 10 + o.d from digits h cross join digits t cross join digits o)
insert into sales.Orders (customer_id, address_no, ordered_at, shipped_at, paid_on, status, voucher, comment)
select
  1001 + 3 * (i * 7 % 24),
  case when i * 7 % 24 = 16 then null when i % 5 = 0 and i * 7 % 24 in (0, 7) then 2 else 1 end,
  todatetimeoffset(
    dateadd(millisecond, i * 37 % 1000, dateadd(minute, i * 4219, cast('2025-01-02 08:15:00' as datetime2(3)))),
    (i % 25 - 11) * 60 + case when i % 4 = 0 then 30 else 0 end),
  case when i % 6 in (0, 5) then null else dateadd(second, i * 11, dateadd(hour, i * 71 + 20, cast('2025-01-03 06:00:00' as datetime))) end,
  case when i % 6 = 0 then null else dateadd(hour, i * 71 + 2, cast('2025-01-02 09:00:00' as smalldatetime)) end,
  case i % 6 when 0 then 'N' when 5 then case when i % 12 = 5 then 'X' else 'P' end else 'S' end,
  case when i % 10 = 3 then cast('5b0f00c0-ffee-4a11-8ba5-0000000' + right('00000' + cast(10000 + i as varchar(5)), 5) as uniqueidentifier) end,
  case i % 12 when 1 then N'Bitte als Geschenk einpacken 🎁' when 4 then N'' when 7 then N'Ring twice; the dog''s name is "Tinte".' end
from numbers
where i < 120
order by i
go
with digits (d) as (select d from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) v (d)),
numbers (i) as (select h.d * 100 + t.d * 10 + o.d from digits h cross join digits t cross join digits o)
insert into sales.[Order Lines] (order_id, line_no, product_id, quantity, unit_price, discount)
select
  9007199254740993 + 7 * cast(i as bigint), l.d + 1, p.product_id, 1 + (i + l.d * 3) % 4, p.price,
  case when (i + l.d) % 8 = 0 then 0.1 when (i + l.d) % 11 = 0 then 0.25 else 0 end
from numbers
cross join digits l
join stock.Products p on p.product_id = 500 + (i * 3 + l.d * 7) % 20
where i < 120 and l.d <= i % 4
go
with digits (d) as (select d from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) v (d)),
numbers (i) as (select h.d * 100 + t.d * 10 + o.d from digits h cross join digits t cross join digits o)
insert into stock.Movements (document_no, product_id, moved_at, quantity, reason)
select
  1005 + 5 * i, 500 + i * 13 % 20,
  dateadd(microsecond, i * 4321 % 1000000, dateadd(minute, i * 2531, cast('2025-01-01 00:00:00' as datetime2(6)))),
  case when i < 20 then 100 else cast((i * 31 % 40) - 25 as decimal(18, 4)) / 4 end,
  case when i < 20 then N'Anfangsbestand' when i % 9 = 0 then N'Bruch' when i % 7 = 0 then null else N'Lieferung ↔ Verkauf' end
from numbers
where i < 240
order by i
go
insert into stock.Movements (product_id, moved_at, quantity, reason) values (514, '2026-01-31 23:59:59.999999', -0.0001, N'')
go
insert into sales.Attachments (attachment_id, order_id, file_name, content, plain_text, checksum)
values
  ('00000000-0000-0000-0000-000000000001', 9007199254740993, N'empty.bin', 0x, N'', 0x00000000),
  ('00000000-0000-0000-0000-000000000002', 9007199254740993, N'nothing.txt', null, null, null),
  ('00112233-4455-6677-8899-aabbccddeeff', 9007199254741000, N'Gruß 😀.txt', 0x477275c39f20f09f9880, N'Gruß 😀', 0xdeadbeef),
  ('ffffffff-ffff-ffff-ffff-ffffffffffff', 9007199254741007, N'every byte.bin',
    0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,
    null, 0x000000ff),
  ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 9007199254741014, N'long letter.txt', null,
    replicate(cast(N'Liebe Ada, heute regnet es Tinte. 🦋 ' as nvarchar(max)), 6000), null),
  ('6f9619ff-8b86-d011-b42d-00c04fc96500', 9007199254741014, N'long scan.bin',
    cast(replicate(cast('Scan of a page, line by line. ' as varchar(max)), 9000) as varbinary(max)), null, null)
go
insert into dbo.[Every Type] (
  id, what, [bit], [tinyint], [smallint], [int], [bigint], [decimal(5)], [decimal(18,4)], [decimal(38,0)], [numeric(38,38)],
  [money], [smallmoney], [real], [float], [date], [time(0)], [time(3)], [time(6)], [smalldatetime], [datetime],
  [datetime2(0)], [datetime2(3)], [datetime2(6)], [datetimeoffset(0)], [datetimeoffset(6)],
  [char(8)], [varchar(40)], [varchar(40) cyrillic], [varchar(40) japanese], [varchar(max)], [nchar(8)], [nvarchar(40)], [nvarchar(max)],
  [text], [ntext], [binary(4)], [varbinary(40)], [varbinary(max)], [image], [uniqueidentifier], [xml], [sql_variant], [sysname])
values
  (1, 'least', 0, 0, -32768, -2147483648, -9223372036854775808, -99999, -99999999999999.9999,
    -99999999999999999999999999999999999999, -0.99999999999999999999999999999999999999,
    -922337203685477.5808, -214748.3648, -3.40e38, -1.79e308, '0001-01-01', '00:00:00', '00:00:00', '00:00:00',
    '1900-01-01', '1753-01-01', '0001-01-01', '0001-01-01', '0001-01-01', '0001-01-01 14:00:00 +14:00', '0001-01-01 14:00:00 +14:00',
    '', '', '', '', '', N'', N'', N'', '', N'', 0x00000000, 0x, 0x, 0x,
    '00000000-0000-0000-0000-000000000000', '<a/>', cast(cast(-1 as smallint) as sql_variant), N'a'),
  (2, 'greatest', 1, 255, 32767, 2147483647, 9223372036854775807, 99999, 99999999999999.9999,
    99999999999999999999999999999999999999, 0.99999999999999999999999999999999999999,
    922337203685477.5807, 214748.3647, 3.40e38, 1.79e308, '9999-12-31', '23:59:59', '23:59:59.999', '23:59:59.999999',
    '2079-06-06 23:59', '9999-12-31 23:59:59.997', '9999-12-31 23:59:59', '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999',
    '9999-12-31 09:59:59 -14:00', '9999-12-31 09:59:59.999999 -14:00',
    'ZZZZZZZZ', replicate('z', 40), replicate('z', 40), replicate('z', 40), replicate(cast('z' as varchar(max)), 9000),
    N'ÿÿÿÿÿÿÿÿ', replicate(N'ÿ', 40), replicate(cast(N'ÿ' as nvarchar(max)), 5000), 'long text', N'long text', 0xffffffff,
    0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 0xffff, 0xffff,
    'ffffffff-ffff-ffff-ffff-ffffffffffff', N'<größe einheit="mm">210 × 297 <!-- A4 --></größe>', cast(cast(1.50 as decimal(5, 2)) as sql_variant), N'zzz'),
  (3, 'awkward', 1, 128, -1, -1, 9007199254740993, 0, 0.0001, 12345678901234567890123456789012345678,
    0.00000000000000000000000000000000000001, -0.0001, 0.0001, 0.1, 0.1, '2024-02-29', '12:34:56', '12:34:56.789', '12:34:56.789012',
    '2026-03-29 02:30', '2026-03-29 02:30:00.003', '2026-03-29 02:30:00', '1969-12-31 23:59:59.999', '1969-12-31 23:59:59.999999',
    '2026-03-29 02:30:00 +01:00', '2026-10-25 02:30:00.123456 -03:30',
    'a b', N'Café €5 – „ja“ ''nein'' \N', N'Привет, мир', N'日本語テスト', 'tab' + char(9) + 'line' + char(10) + 'return' + char(13),
    N'名前', N'😀 and e' + nchar(769) + N' is not é', N'emoji 👩‍👩‍👧‍👦, ' + nchar(8203) + N'zero width', N'Ünïcode?', N'日本語', 0x0d0a0009,
    0x00ff00ff00, 0x5c303031, 0x00, '6f9619ff-8b86-d011-b42d-00c04fc964ff', N'<a b="&lt;&amp;&quot;">x</a>',
    cast(cast(N'Größe' as nvarchar(20)) as sql_variant), N'it''s'),
  (4, 'null', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
go
insert into dbo.[An "odd" table's Größe] ([a column with spaces], [quote"d], [it's], [select], [é and ß])
values
  (1, N'"', N'''', N'from', N'😀'),
  (2, N'""', N'''''', null, null),
  (2, N'""', N'''''', null, null)
go
insert into dbo."b]rackets and 😀" ("x]y", "😀", "名前") values (1, N'😀', N'名'), (2, N']', null)
go
-- A gap at the end of the identity: the last value given out is not the greatest one that is there.
insert into stock.Categories (parent_id, name) values (null, N'Gelöscht')
delete from stock.Categories where name = N'Gelöscht'
go

-- --------------------------------------------------------------------------------------------- indexes and objects --

create index IX_Customers_name on sales.Customers (name)
create index IX_Orders_ordered_at on sales.Orders (ordered_at desc, customer_id) include (status, shipped_at)
create unique index IX_Orders_customer_order on sales.Orders (customer_id, order_id desc)
create index IX_Movements_product on stock.Movements (product_id, moved_at) include (quantity)
create index [IX_Order Lines_product] on sales.[Order Lines] (product_id)
go
create view sales.OrderTotals as
select o.order_id, o.customer_id, o.ordered_at, count(*) as lines, sum(l.quantity * l.unit_price) as total
from sales.Orders o
join sales.[Order Lines] l on l.order_id = o.order_id
where o.status <> 'X'
group by o.order_id, o.customer_id, o.ordered_at
go
create function stock.OnHand (@product_id int) returns decimal(18, 4) as
begin
  return (select sum(quantity) from stock.Movements where product_id = @product_id)
end
go
create procedure sales.ShipOrder @order_id bigint, @shipped_at datetime as
begin
  set nocount on
  update sales.Orders set status = 'S', shipped_at = @shipped_at where order_id = @order_id and status = 'P'
end
go
create trigger stock.Movements_no_change on stock.Movements after update as
begin
  raiserror ('movements are never changed, only added', 16, 1)
  rollback transaction
end
go
exec sp_addextendedproperty 'MS_Description', N'Alles, was mit Kundinnen und Kunden zu tun hat', 'schema', 'sales'
exec sp_addextendedproperty 'MS_Description', N'Wer bei uns kauft', 'schema', 'sales', 'table', 'Customers'
exec sp_addextendedproperty 'MS_Description', N'Was wir wissen und nicht in Spalten passt', 'schema', 'sales', 'table', 'Customers', 'column', 'note'
exec sp_addextendedproperty 'MS_Description', N'Blattgröße, Federbreite oder Inhalt', 'schema', 'stock', 'table', 'Products', 'column', 'Größe'
exec sp_addextendedproperty 'MS_Description', N'One column of every type: least, greatest, awkward, null', 'schema', 'dbo', 'table', 'Every Type'
go
