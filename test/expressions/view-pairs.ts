/** Views of the tables of view-tables.ts: T-SQL as SQL Server's catalog keeps it, and the query in PostgreSQL's words. */
type Views = readonly (readonly [string, string])[]

/** They show the same rows, whatever the rows are. */
export const VIEWS: Views = [
  [
    "create view dbo.V_PaddedNull as select OrderID, isnull(CustomerID, 'NO') as Customer from Orders",
    `select "Orders"."OrderID", coalesce("Orders"."CustomerID", 'NO   ')
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_Columns as select OrderID, Freight as [Fracht], Tax "Steuer", Day from dbo.Orders',
    `select "Orders"."OrderID", "Orders"."Freight", "Orders"."Tax", "Orders"."Day"
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_Star as select * from Orders',
    `select "Orders"."OrderID", "Orders"."CustomerID", "Orders"."Freight", "Orders"."Tax", "Orders"."Ordered", "Orders"."Day", "Orders"."Weight"
from "dbo"."Orders"`,
  ],
  [
    'create view V_Where as select OrderID from dbo.Orders where Freight > 0 and Tax is not null',
    `select "Orders"."OrderID"
from "dbo"."Orders"
where "Orders"."Freight" > 0 and "Orders"."Tax" is not null`,
  ],
  [
    'create view dbo.V_Names (A, [b c], "d""e") with schemabinding as select OrderID, Tax, Freight from dbo.Orders',
    `select "Orders"."OrderID", "Orders"."Tax", "Orders"."Freight"
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Old as select nummer = OrderID, 'Fracht' = Freight, Tax as 'Steuer' from orders where freight between -5 and 20",
    `select "Orders"."OrderID", "Orders"."Freight", "Orders"."Tax"
from "dbo"."Orders"
where "Orders"."Freight" >= (-5) and "Orders"."Freight" <= 20`,
  ],
  [
    "create view dbo.V_Literals as select 1 as One, -1 as Minus, 1.50 as Dec, 'text' as Text, N'été' as Été, null as Nothing, 3000000000 as Big from Orders where OrderID = 1",
    `select 1, -1, 1.50::numeric(3, 2), 'text', 'été', null::integer, 3000000000::numeric(10, 0)
from "dbo"."Orders"
where "Orders"."OrderID" = 1`,
  ],
  ['create view dbo.V_Empty as select 1 as One', 'select 1'],
  [
    'create view dbo.V_Bits as select CustomerID, Active from Customers where Active = 1 or Active is null',
    `select "Customers"."CustomerID", "Customers"."Active"
from "dbo"."Customers"
where "Customers"."Active" = true or "Customers"."Active" is null`,
  ],
  [
    'create view dbo.V_Arithmetic as select OrderID, OrderID * 2 - 1 as Twice, Freight + 1 as More, -Tax as Minus, OrderID % 3 as Rest, OrderID / 2 as Half from Orders',
    `select "Orders"."OrderID", ("Orders"."OrderID" * 2) - 1, "Orders"."Freight" + 1, -"Orders"."Tax", "Orders"."OrderID" % 3, "Orders"."OrderID" / 2
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Case as select OrderID, case when Freight > 5 then 'dear' when Freight is null then 'free' else 'cheap' end as Class, isnull(Tax, 0) as Tax, coalesce(Freight, Tax, 0) as Any1 from Orders",
    `select "Orders"."OrderID", case when "Orders"."Freight" > 5 then 'dear' when "Orders"."Freight" is null then 'free' else 'cheap' end, coalesce("Orders"."Tax", 0), coalesce("Orders"."Freight", "Orders"."Tax"::numeric(19, 4), 0)
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Dates as select OrderID, year(Ordered) as Y, month(Day) as M, dateadd(day, 30, Day) as Due, datediff(day, Day, '19980101') as Days, convert(date, Ordered) as OnDay from Orders",
    `select "Orders"."OrderID", extract(year from "Orders"."Ordered")::integer, extract(month from "Orders"."Day")::integer, ("Orders"."Day" + interval '30 days')::date, '1998-01-01'::date - "Orders"."Day", "Orders"."Ordered"::date
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Between as select OrderID from Orders where Ordered between '19970101' and '19971231'",
    `select "Orders"."OrderID"
from "dbo"."Orders"
where "Orders"."Ordered" >= '1997-01-01 00:00:00'::timestamp and "Orders"."Ordered" <= '1997-12-31 00:00:00'::timestamp`,
  ],
  [
    'create view dbo.V_Comma as select o.OrderID, d.ProductID from Orders o, [Order Details] d where o.OrderID = d.OrderID',
    `select "o"."OrderID", "d"."ProductID"
from "dbo"."Orders" as "o", "dbo"."Order Details" as "d"
where "o"."OrderID" = "d"."OrderID"`,
  ],
  [
    'create view dbo.V_Left as select o.OrderID, d.Quantity from Orders o left outer join "Order Details" d on o.OrderID = d.OrderID and d.Quantity > 0',
    `select "o"."OrderID", "d"."Quantity"
from "dbo"."Orders" as "o" left join "dbo"."Order Details" as "d" on "o"."OrderID" = "d"."OrderID" and "d"."Quantity" > 0`,
  ],
  [
    'create view dbo.V_Right as select o.OrderID, d.ProductID from [Order Details] d right join Orders o on d.OrderID = o.OrderID where d.ProductID is null',
    `select "o"."OrderID", "d"."ProductID"
from "dbo"."Order Details" as "d" right join "dbo"."Orders" as "o" on "d"."OrderID" = "o"."OrderID"
where "d"."ProductID" is null`,
  ],
  [
    'create view dbo.V_Full as select o.OrderID, d.OrderID as Other from Orders o full outer join [Order Details] d on o.OrderID = d.OrderID',
    `select "o"."OrderID", "d"."OrderID"
from "dbo"."Orders" as "o" full join "dbo"."Order Details" as "d" on "o"."OrderID" = "d"."OrderID"`,
  ],
  [
    'create view dbo.V_Cross as select o.OrderID, r.Nr from Orders o cross join sales.Regions r',
    `select "o"."OrderID", "r"."Nr"
from "dbo"."Orders" as "o" cross join "sales"."Regions" as "r"`,
  ],
  [
    'create view dbo.V_NestedWithout as select o.OrderID, d.ProductID, r.Nr from Orders o left join [Order Details] d join sales.Regions r on r.Nr = d.ProductID on d.OrderID = o.OrderID',
    `select "o"."OrderID", "d"."ProductID", "r"."Nr"
from "dbo"."Orders" as "o" left join ("dbo"."Order Details" as "d" join "sales"."Regions" as "r" on "r"."Nr" = "d"."ProductID") on "d"."OrderID" = "o"."OrderID"`,
  ],
  [
    'create view dbo.V_NoTable as select dbo.Orders.OrderID, Orders.Freight from dbo.Orders',
    `select "Orders"."OrderID", "Orders"."Freight"
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Like as select CustomerID from Customers where Code like '[a-c]%'",
    `select "Customers"."CustomerID"
from "dbo"."Customers"
where "Customers"."Code" collate "C" ~ '^[a-c]'`,
  ],
  [
    "create view dbo.V_CodeWhere as select CustomerID from Customers where Code = 'a'",
    `select "Customers"."CustomerID"
from "dbo"."Customers"
where rtrim("Customers"."Code", ' ') collate "C" = 'a'`,
  ],
  [
    "create view dbo.V_Concat as select CustomerID, Name + N'!' as Loud from Customers",
    `select "Customers"."CustomerID", "Customers"."Name" || '!'
from "dbo"."Customers"`,
  ],
  [
    'create view dbo.V_Distinct as select distinct Day, Tax from Orders',
    `select distinct "Orders"."Day", "Orders"."Tax"
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_DistinctCode as select distinct Code from Customers',
    `select distinct on (rtrim("Customers"."Code", ' ') collate "C") "Customers"."Code"
from "dbo"."Customers"`,
  ],
  [
    'create view dbo.V_Count as select count(*) as N, count(Freight) as F, count_big(*) as B, count(distinct Tax) as T from Orders',
    `select count(*)::integer, count("Orders"."Freight")::integer, count(*), count(distinct "Orders"."Tax")::integer
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_Group as select Tax, count(*) as N, sum(Freight) as Freight, min(Ordered) as First, max(Day) as Last from Orders group by Tax',
    `select "Orders"."Tax", count(*)::integer, sum("Orders"."Freight"), min("Orders"."Ordered"), max("Orders"."Day")
from "dbo"."Orders"
group by "Orders"."Tax"`,
  ],
  [
    'create view dbo.V_GroupCode as select Code, max(Active + 0) as Any1 from Customers group by Code',
    `select min("Customers"."Code"), max("Customers"."Active"::integer + 0)
from "dbo"."Customers"
group by rtrim("Customers"."Code", ' ') collate "C"`,
  ],
  [
    'create view dbo.V_GroupByExpression as select year(Day) as Y, sum(OrderID) as Ids from Orders group by year(Day) having count(*) > 1',
    `select extract(year from "Orders"."Day")::integer, sum("Orders"."OrderID")::integer
from "dbo"."Orders"
group by extract(year from "Orders"."Day")::integer
having count(*)::integer > 1`,
  ],
  [
    'create view dbo.V_Sums as select sum(Quantity) as Q, sum(Big) as B, sum(Price) as P, sum(distinct Quantity) as D, avg(Quantity) as A, avg(Big) as AB, avg(OrderID) as AO from [Order Details]',
    `select sum("Order Details"."Quantity")::integer, sum("Order Details"."Big")::bigint, sum("Order Details"."Price"), sum(distinct "Order Details"."Quantity")::integer, div(sum("Order Details"."Quantity"), count("Order Details"."Quantity"))::integer, div(sum("Order Details"."Big"), count("Order Details"."Big"))::bigint, div(sum("Order Details"."OrderID"), count("Order Details"."OrderID"))::integer
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_HavingAll as select sum(Tax) as Tax from Orders having sum(Tax) > 0',
    `select sum("Orders"."Tax")
from "dbo"."Orders"
having sum("Orders"."Tax") > 0`,
  ],
  [
    'create view dbo.V_Exists as select OrderID from Orders o where exists (select * from [Order Details] d where d.OrderID = o.OrderID and d.Quantity > 0)',
    `select "o"."OrderID"
from "dbo"."Orders" as "o"
where exists (select 1 from "dbo"."Order Details" as "d" where "d"."OrderID" = "o"."OrderID" and "d"."Quantity" > 0)`,
  ],
  [
    'create view dbo.V_NotExists as select OrderID from Orders o where not exists (select 1 from [Order Details] where OrderID = o.OrderID)',
    `select "o"."OrderID"
from "dbo"."Orders" as "o"
where not (exists (select 1 from "dbo"."Order Details" where "Order Details"."OrderID" = "o"."OrderID"))`,
  ],
  [
    'create view dbo.V_In as select OrderID from Orders where OrderID in (select OrderID from [Order Details] where Quantity is not null)',
    `select "Orders"."OrderID"
from "dbo"."Orders"
where "Orders"."OrderID" in (select "Order Details"."OrderID" from "dbo"."Order Details" where "Order Details"."Quantity" is not null)`,
  ],
  [
    'create view dbo.V_NotIn as select OrderID from Orders where OrderID not in (select ProductID from [Order Details] union select Quantity from [Order Details] where Quantity > 0)',
    `select "Orders"."OrderID"
from "dbo"."Orders"
where not ("Orders"."OrderID" in (select "Order Details"."ProductID" from "dbo"."Order Details" union select "Order Details"."Quantity" from "dbo"."Order Details" where "Order Details"."Quantity" > 0))`,
  ],
  [
    'create view dbo.V_NotInNull as select OrderID from Orders where OrderID not in (select Quantity from [Order Details])',
    `select "Orders"."OrderID"
from "dbo"."Orders"
where not ("Orders"."OrderID" in (select "Order Details"."Quantity" from "dbo"."Order Details"))`,
  ],
  [
    'create view dbo.V_Scalar as select OrderID, (select max(Quantity) from [Order Details] d where d.OrderID = o.OrderID) as Most from Orders o',
    `select "o"."OrderID", (select max("d"."Quantity") from "dbo"."Order Details" as "d" where "d"."OrderID" = "o"."OrderID")
from "dbo"."Orders" as "o"`,
  ],
  [
    'create view dbo.V_ScalarWhere as select OrderID from Orders where Freight > (select min(Freight) from Orders)',
    `select "Orders"."OrderID"
from "dbo"."Orders"
where "Orders"."Freight" > (select min("Orders"."Freight") from "dbo"."Orders")`,
  ],
  [
    'create view dbo.V_Derived as select x.Tax, x.N from (select Tax, count(*) as N from Orders group by Tax) as x where x.N > 1',
    `select "x"."Tax", "x"."N"
from (select "Orders"."Tax", count(*)::integer from "dbo"."Orders" group by "Orders"."Tax") as "x" ("Tax", "N")
where "x"."N" > 1`,
  ],
  [
    'create view dbo.V_DerivedNames as select a, b from (select OrderID, Freight from Orders where Tax > 0) x (a, b)',
    `select "x"."a", "x"."b"
from (select "Orders"."OrderID", "Orders"."Freight" from "dbo"."Orders" where "Orders"."Tax" > 0) as "x" ("a", "b")`,
  ],
  [
    "create view dbo.V_DerivedOuter as select x.OrderID from (select o.OrderID, c.Name from Orders o left join Customers c on c.Code = 'a') x",
    `select "x"."OrderID"
from (select "o"."OrderID", "c"."Name" from "dbo"."Orders" as "o" left join "dbo"."Customers" as "c" on rtrim("c"."Code", ' ') collate "C" = 'a') as "x" ("OrderID", "Name")`,
  ],
  [
    'create view dbo.V_With as with totals as (select OrderID, sum(Price) as Total from [Order Details] group by OrderID), large (Nr) as (select OrderID from totals where Total > 1) select o.OrderID, t.Total from Orders o join totals t on t.OrderID = o.OrderID where o.OrderID in (select Nr from large)',
    `with "totals" ("OrderID", "Total") as (select "Order Details"."OrderID", sum("Order Details"."Price") from "dbo"."Order Details" group by "Order Details"."OrderID"),
"large" ("Nr") as (select "totals"."OrderID" from "totals" where "totals"."Total" > 1)
select "o"."OrderID", "t"."Total"
from "dbo"."Orders" as "o" join "totals" as "t" on "t"."OrderID" = "o"."OrderID"
where "o"."OrderID" in (select "large"."Nr" from "large")`,
  ],
  [
    'create view dbo.V_UnionAll as select OrderID, Freight from Orders union all select OrderID, Price from [Order Details]',
    `select "Orders"."OrderID", "Orders"."Freight"
from "dbo"."Orders"
union all
select "Order Details"."OrderID", "Order Details"."Price"
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_Union as select OrderID as Nr, Tax from Orders union select ProductID, 0 from [Order Details]',
    `select "Orders"."OrderID", "Orders"."Tax"
from "dbo"."Orders"
union
select "Order Details"."ProductID", 0::numeric(10, 2)
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_UnionThree as select OrderID from Orders union select ProductID from [Order Details] union select Nr from sales.Regions',
    `(select "Orders"."OrderID" from "dbo"."Orders" union all select "Order Details"."ProductID" from "dbo"."Order Details")
union
select "Regions"."Nr"
from "sales"."Regions"`,
  ],
  [
    'create view dbo.V_Except as select OrderID from Orders except select OrderID from [Order Details] where Quantity > 0',
    `select "Orders"."OrderID"
from "dbo"."Orders"
except
select "Order Details"."OrderID"
from "dbo"."Order Details"
where "Order Details"."Quantity" > 0`,
  ],
  [
    'create view dbo.V_Intersect as select OrderID from Orders intersect select OrderID from [Order Details]',
    `select "Orders"."OrderID"
from "dbo"."Orders"
intersect
select "Order Details"."OrderID"
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_Mixed as select OrderID from Orders except (select ProductID from [Order Details] union all select 5) ',
    `select "Orders"."OrderID"
from "dbo"."Orders"
except
(select "Order Details"."ProductID" from "dbo"."Order Details" union all select 5)`,
  ],
  [
    'create view dbo.V_Nolock as select o.OrderID from Orders o with (nolock) join [Order Details] d (nolock) on d.OrderID = o.OrderID',
    `select "o"."OrderID"
from "dbo"."Orders" as "o" join "dbo"."Order Details" as "d" on "d"."OrderID" = "o"."OrderID"`,
  ],
  [
    'create view dbo.V_Ordered as select top 100 percent OrderID, Freight from Orders order by Freight desc',
    `select "Orders"."OrderID", "Orders"."Freight"
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_Checked as select OrderID, Tax from Orders where Tax > 0 with check option',
    `select "Orders"."OrderID", "Orders"."Tax"
from "dbo"."Orders"
where "Orders"."Tax" > 0`,
  ],
  [
    'create view dbo.V_OfView as select v.Tax, v.N from dbo.V_Group v where v.N > 1',
    `select "v"."Tax", "v"."N"
from "dbo"."V_Group" as "v"
where "v"."N" > 1`,
  ],
  [
    'create view sales.V_OwnSchema as select Nr, [größe] from regions',
    `select "Regions"."Nr", "Regions"."Größe"
from "sales"."Regions"`,
  ],
  [
    'create view sales.V_FallsToDbo as select OrderID from Orders',
    `select "Orders"."OrderID"
from "dbo"."Orders"`,
  ],
  [
    "create view dbo.V_Offsets as select OrderID, Picked from [Order Details] where Picked > '2020-01-01T00:00:00+00:00'",
    `select "Order Details"."OrderID", "Order Details"."Picked", "Order Details"."Picked__offset"
from "dbo"."Order Details"
where "Order Details"."Picked" > '2020-01-01 00:00:00+00:00'::timestamptz`,
  ],
  [
    'create view dbo.V_OfOffsets as select Picked, OrderID from V_Offsets',
    `select "V_Offsets"."Picked", "V_Offsets"."Picked__offset", "V_Offsets"."OrderID"
from "dbo"."V_Offsets"`,
  ],
  [
    'create view dbo.V_Bytes as select OrderID, Raw, Id from [Order Details]',
    `select "Order Details"."OrderID", "Order Details"."Raw", "Order Details"."Id"
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_Iif as select OrderID, iif(Freight > 0, 1, 0) as Positive, abs(Freight) as Size from Orders',
    `select "Orders"."OrderID", case when "Orders"."Freight" > 0 then 1 else 0 end, abs("Orders"."Freight")
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_CaseCount as select sum(case when Freight > 0 then 1 else 0 end) as Positive, sum(case when Tax is null then Freight else Tax end) as Total from Orders',
    `select sum(case when "Orders"."Freight" > 0 then 1 else 0 end)::integer, sum(case when "Orders"."Tax" is null then "Orders"."Freight" else "Orders"."Tax"::numeric(19, 4) end)
from "dbo"."Orders"`,
  ],
  [
    `create view dbo.V_Comments /* /* nested */ */ as -- why
select /* all */ OrderID -- the key
from Orders;`,
    `select "Orders"."OrderID"
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_EqualBits as select c.CustomerID, d.CustomerID as Other from Customers c join Customers d on c.Active = d.Active',
    `select "c"."CustomerID", "d"."CustomerID"
from "dbo"."Customers" as "c" join "dbo"."Customers" as "d" on "c"."Active" = "d"."Active"`,
  ],
  [
    'create view dbo.V_DistinctAgg as select distinct count(*) as N from Orders group by Tax',
    `select distinct count(*)::integer
from "dbo"."Orders"
group by "Orders"."Tax"`,
  ],
  [
    "create view dbo.V_Values as select o.OrderID, v.Name from Orders o join (values (1, 'one'), (2, null), (3, 'three')) v (n, Name) on v.n = o.OrderID",
    `select "o"."OrderID", "v"."Name"
from "dbo"."Orders" as "o" join (select 1, 'one' union all select 2, null::text union all select 3, 'three') as "v" ("n", "Name") on "v"."n" = "o"."OrderID"`,
  ],
  [
    'create view dbo.V_UnionKeys as select CustomerID from Customers union all select CustomerID from Orders',
    `select "Customers"."CustomerID"
from "dbo"."Customers"
union all
select "Orders"."CustomerID"
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_UnionBytes as select Raw, null as Nothing from [Order Details] union all select Raw, OrderID from [Order Details]',
    `select "Order Details"."Raw", null::integer
from "dbo"."Order Details"
union all
select "Order Details"."Raw", "Order Details"."OrderID"
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_UnionChain as select 1 as N union all select OrderID from Orders union all select 2.5',
    `select 1::numeric(11, 1)
union all
select "Orders"."OrderID"::numeric(11, 1)
from "dbo"."Orders"
union all
select 2.5::numeric(11, 1)`,
  ],
  [
    'create view dbo.V_FullDerived as select a.OrderID, b.Nr from (select OrderID, Tax from Orders where Tax > 0) a full join (select distinct Nr from sales.Regions) b on a.OrderID = b.Nr and a.OrderID = b.Nr',
    `select "a"."OrderID", "b"."Nr"
from (select "Orders"."OrderID", "Orders"."Tax" from "dbo"."Orders" where "Orders"."Tax" > 0) as "a" ("OrderID", "Tax") full join (select distinct "Regions"."Nr" from "sales"."Regions") as "b" ("Nr") on "a"."OrderID" = "b"."Nr" and "a"."OrderID" = "b"."Nr"`,
  ],
  [
    "create view dbo.V_DistinctLabel as select distinct case when Freight > 5 then 'dear' else 'cheap' end as Class from Orders",
    `select distinct on (lower(rtrim(case when "Orders"."Freight" > 5 then 'dear' else 'cheap' end, ' ') collate "C")) case when "Orders"."Freight" > 5 then 'dear' else 'cheap' end
from "dbo"."Orders"`,
  ],
  [
    'create view dbo.V_Months as select convert(char(6), Ordered, 112) as Month, convert(varchar(16), Ordered, 120) as At, count(*) as N from Orders group by convert(char(6), Ordered, 112), convert(varchar(16), Ordered, 120)',
    `select min(to_char("Orders"."Ordered", 'YYYYMM')), min(to_char("Orders"."Ordered", 'YYYY-MM-DD HH24:MI')), count(*)::integer
from "dbo"."Orders"
group by lower(rtrim(to_char("Orders"."Ordered", 'YYYYMM'), ' ') collate "C"), lower(rtrim(to_char("Orders"."Ordered", 'YYYY-MM-DD HH24:MI'), ' ') collate "C")`,
  ],
  [
    "create view dbo.V_January as select OrderID, convert(varchar(10), Day, 104) as Tag from Orders where convert(varchar(7), Ordered, 120) = '1997-01'",
    `select "Orders"."OrderID", to_char("Orders"."Day"::timestamp, 'DD.MM.YYYY')
from "dbo"."Orders"
where lower(rtrim(to_char("Orders"."Ordered", 'YYYY-MM'), ' ') collate "C") = '1997-01'`,
  ],
  [
    'create view dbo.V_Apply as select o.OrderID, x.n from Orders o cross apply (select count(*) as n from [Order Details] d where d.OrderID = o.OrderID) x',
    `select "o"."OrderID", "x"."n"
from "dbo"."Orders" as "o" cross join lateral (select count(*)::integer from "dbo"."Order Details" as "d" where "d"."OrderID" = "o"."OrderID") as "x" ("n")`,
  ],
  [
    'create view dbo.V_OuterApply as select o.OrderID, x.ProductID, y.Double1 from Orders o outer apply (select d.ProductID from [Order Details] d where d.OrderID = o.OrderID and d.Quantity > 0) x cross apply (values (x.ProductID * 2), (0)) y (Double1)',
    `select "o"."OrderID", "x"."ProductID", "y"."Double1"
from "dbo"."Orders" as "o" left join lateral (select "d"."ProductID" from "dbo"."Order Details" as "d" where "d"."OrderID" = "o"."OrderID" and "d"."Quantity" > 0) as "x" ("ProductID") on true cross join lateral (select "x"."ProductID" * 2 union all select 0) as "y" ("Double1")`,
  ],
  [
    'create view dbo.V_GroupOffset as select OrderID, Picked, count(*) as N from [Order Details] group by Picked, OrderID',
    `select "Order Details"."OrderID", "Order Details"."Picked", min("Order Details"."Picked__offset"), count(*)::integer
from "dbo"."Order Details"
group by "Order Details"."Picked", "Order Details"."OrderID"`,
  ],
  [
    'create view dbo.V_DistinctOffset as select distinct Picked, OrderID from [Order Details]',
    `select distinct on ("Order Details"."Picked", "Order Details"."OrderID") "Order Details"."Picked", "Order Details"."Picked__offset", "Order Details"."OrderID"
from "dbo"."Order Details"`,
  ],
  [
    'create view dbo.V_CountOffset as select count(distinct Picked) as N from [Order Details]',
    `select count(distinct "Order Details"."Picked")::integer
from "dbo"."Order Details"`,
  ],
]

/** They show the same rows for texts of printable ASCII. */
export const ASCII_VIEWS: Views = [
  [
    'create view dbo.V_StarOfOne as select o.*, c.City from Orders o join Customers c on o.CustomerID = c.CustomerID',
    `select "o"."OrderID", "o"."CustomerID", "o"."Freight", "o"."Tax", "o"."Ordered", "o"."Day", "o"."Weight", "c"."City"
from "dbo"."Orders" as "o" join "dbo"."Customers" as "c" on lower(rtrim("o"."CustomerID"::text, ' ') collate "C") = lower(rtrim("c"."CustomerID"::text, ' ') collate "C")`,
  ],
  [
    'create view dbo.V_Join as select o.OrderID, c.Name, c.City from Customers as c inner join Orders as o on c.CustomerID = o.CustomerID',
    `select "o"."OrderID", "c"."Name", "c"."City"
from "dbo"."Customers" as "c" join "dbo"."Orders" as "o" on lower(rtrim("c"."CustomerID"::text, ' ') collate "C") = lower(rtrim("o"."CustomerID"::text, ' ') collate "C")`,
  ],
  [
    'create view dbo.V_Nested as select c.Name, d.ProductID from Customers c left join (Orders o join [Order Details] d on o.OrderID = d.OrderID) on c.CustomerID = o.CustomerID',
    `select "c"."Name", "d"."ProductID"
from "dbo"."Customers" as "c" left join ("dbo"."Orders" as "o" join "dbo"."Order Details" as "d" on "o"."OrderID" = "d"."OrderID") on lower(rtrim("c"."CustomerID"::text, ' ') collate "C") = lower(rtrim("o"."CustomerID"::text, ' ') collate "C")`,
  ],
  [
    'create view dbo.V_Self as select c.CustomerID, p.CustomerID as ParentID from Customers c left join Customers p on c.Parent = p.CustomerID',
    `select "c"."CustomerID", "p"."CustomerID"
from "dbo"."Customers" as "c" left join "dbo"."Customers" as "p" on lower(rtrim("c"."Parent"::text, ' ') collate "C") = lower(rtrim("p"."CustomerID"::text, ' ') collate "C")`,
  ],
  [
    'create view dbo.V_Unlike as select c.CustomerID, r.Nr from Customers c join sales.Regions r on c.City = r.City',
    `select "c"."CustomerID", "r"."Nr"
from "dbo"."Customers" as "c" join "sales"."Regions" as "r" on lower(rtrim("c"."City", ' ') collate "C") = lower(rtrim("r"."City", ' ') collate "C")`,
  ],
  [
    "create view dbo.V_TextWhere as select CustomerID from Customers where City = 'berlin'",
    `select "Customers"."CustomerID"
from "dbo"."Customers"
where lower(rtrim("Customers"."City", ' ') collate "C") = 'berlin'`,
  ],
  [
    'create view dbo.V_DistinctText as select distinct City, Active from Customers',
    `select distinct on (lower(rtrim("Customers"."City", ' ') collate "C"), "Customers"."Active") "Customers"."City", "Customers"."Active"
from "dbo"."Customers"`,
  ],
  [
    'create view dbo.V_CountText as select count(distinct City) as Cities from Customers',
    `select count(distinct lower(rtrim("Customers"."City", ' ') collate "C"))::integer
from "dbo"."Customers"`,
  ],
  [
    'create view dbo.V_GroupText as select City, count(*) as N from Customers group by City',
    `select min("Customers"."City"), count(*)::integer
from "dbo"."Customers"
group by lower(rtrim("Customers"."City", ' ') collate "C")`,
  ],
  [
    'create view dbo.V_InText as select CustomerID from Customers where City in (select City from sales.Regions)',
    `select "Customers"."CustomerID"
from "dbo"."Customers"
where lower(rtrim("Customers"."City", ' ') collate "C") in (select lower(rtrim("Regions"."City", ' ') collate "C") from "sales"."Regions")`,
  ],
  [
    "create view dbo.V_UnionText as select City, Name, 'Customers' as Relationship from Customers union select City, [Größe], 'Regions' from sales.Regions",
    `select distinct on (lower(rtrim("rows"."c1", ' ') collate "C"), lower(rtrim("rows"."c2", ' ') collate "C"), lower(rtrim("rows"."c3", ' ') collate "C")) "rows"."c1", "rows"."c2", "rows"."c3" from (select "Customers"."City", "Customers"."Name", 'Customers' from "dbo"."Customers" union all select "Regions"."City", "Regions"."Größe", 'Regions' from "sales"."Regions") as "rows" ("c1", "c2", "c3")`,
  ],
  [
    'create view dbo.V_OfTextView as select Relationship, count(*) as N from V_UnionText group by Relationship',
    `select min("V_UnionText"."Relationship"), count(*)::integer
from "dbo"."V_UnionText"
group by lower(rtrim("V_UnionText"."Relationship", ' ') collate "C")`,
  ],
  [
    "create view dbo.V_GroupLabel as select case when City = 'berlin' then 'there' when Freight > 5 then 'dear' else 'cheap' end as Class, count(*) as N from Orders o left join Customers c on c.CustomerID = o.CustomerID group by case when City = 'berlin' then 'there' when Freight > 5 then 'dear' else 'cheap' end",
    `select min(case when lower(rtrim("c"."City", ' ') collate "C") = 'berlin' then 'there' when "o"."Freight" > 5 then 'dear' else 'cheap' end), count(*)::integer
from "dbo"."Orders" as "o" left join "dbo"."Customers" as "c" on lower(rtrim("c"."CustomerID"::text, ' ') collate "C") = lower(rtrim("o"."CustomerID"::text, ' ') collate "C")
group by lower(rtrim(case when lower(rtrim("c"."City", ' ') collate "C") = 'berlin' then 'there' when "o"."Freight" > 5 then 'dear' else 'cheap' end, ' ') collate "C")`,
  ],
  [
    'create view dbo.V_UnionKeysOnce as select CustomerID from Customers union select CustomerID from Orders',
    `select distinct on (lower(rtrim("rows"."c1"::text, ' ') collate "C")) "rows"."c1" from (select "Customers"."CustomerID" from "dbo"."Customers" union all select "Orders"."CustomerID" from "dbo"."Orders") as "rows" ("c1")`,
  ],
  [
    "create view dbo.V_Padded as select CustomerID + 'x' as X from Customers",
    `select rpad("Customers"."CustomerID"::text, 5) || 'x'
from "dbo"."Customers"`,
  ],
]

/** They are left behind, with the reason. */
export const LEFT_BEHIND: Views = [
  [
    'create view dbo.V_GroupedWithin as select City, (select count(*) from sales.Regions r where r.City = c.City) as N from Customers c group by City',
    'a query within it names a text by which its rows are grouped',
  ],
  [
    'create view dbo.V_GroupedWithout as select City from Customers c group by City having exists (select 1 from sales.Regions r where r.City = c.City)',
    'a query within it names a text by which its rows are grouped',
  ],
  [
    "create view dbo.V_GroupTwice as select City, Active, count(*) as N from Customers group by City, Active having max(Name + '') is null or count(*) > 0",
    'the least or greatest value of type text is asked for',
  ],
  [
    'create view dbo.V_Average as select avg(Freight) as Freight from Orders',
    'an average of money is rounded by rules of its own',
  ],
  ['create view dbo.V_AverageDecimal as select avg(Tax) as Tax from Orders', 'an average is rounded'],
  ['create view dbo.V_SumReal as select sum(Weight) as W from Orders', 'a sum of floats depends on the order of rows'],
  ['create view dbo.V_Top as select top 10 OrderID from Orders order by OrderID', 'it shows the TOP of its rows only'],
  [
    'create view dbo.V_TopTies as select top (5) with ties OrderID from Orders order by Tax',
    'it shows the TOP of its rows only',
  ],
  [
    'create view dbo.V_Offset as select OrderID from Orders order by OrderID offset 0 rows',
    'it shows a part of its rows in an order',
  ],
  [
    'create view dbo.V_Window as select OrderID, row_number() over (order by Freight) as N from Orders',
    'it has a window function',
  ],
  [
    'create view dbo.V_SumOver as select OrderID, sum(Freight) over (partition by Tax) as N from Orders',
    'it has a window function',
  ],
  [
    'create view dbo.V_Pivot as select * from (select OrderID, ProductID, Quantity from [Order Details]) s pivot (sum(Quantity) for ProductID in ([1], [2])) p',
    'it has PIVOT',
  ],
  [
    'create view dbo.V_Xml as select (select OrderID from Orders for xml auto) as X',
    'it has FOR XML, FOR JSON or FOR SYSTEM_TIME',
  ],
  [
    'create view dbo.V_Rollup as select Tax, count(*) as N from Orders group by rollup(Tax)',
    'it groups in more than one way',
  ],
  [
    'create view dbo.V_WithRollup as select Tax, count(*) as N from Orders group by Tax with rollup',
    'it groups in more than one way',
  ],
  [
    'create view dbo.V_Sets as select Tax, count(*) as N from Orders group by grouping sets ((Tax), ())',
    'it groups in more than one way',
  ],
  ['create view dbo.V_Function as select dbo.Twice(OrderID) as T from Orders', 'it calls the function dbo.Twice'],
  ['create view dbo.V_TableFunction as select * from dbo.Some(1) s', 'it has the table function dbo.Some'],
  ['create view dbo.V_OtherDatabase as select OrderID from other.dbo.Orders', 'it names another database'],
  ['create view dbo.V_OtherDefault as select OrderID from other..Orders', 'it names another database'],
  ['create view dbo.V_OtherServer as select OrderID from srv.other.dbo.Orders', 'it names another database'],
  ['create view dbo.V_Unknown as select OrderID from Nowhere', 'Nowhere is no table or view of the database'],
  ['create view dbo.V_UnknownColumn as select Nope from Orders', 'its column Nope is not known'],
  [
    'create view dbo.V_Ambiguous as select OrderID from Orders o join [Order Details] d on o.OrderID = d.OrderID',
    'its column OrderID may be of more than one table',
  ],
  ['create view dbo.V_System as select name from sys.objects', 'sys.objects is no table or view of the database'],
  ['create view dbo.V_Sample as select OrderID from Orders tablesample (10 percent)', 'it has TABLESAMPLE'],
  ['create view dbo.V_Hint as select OrderID from Orders with (readpast)', 'it has the table hint READPAST'],
  [
    'create view dbo.V_Recursive as with r as (select CustomerID from Customers where Parent is null union all select c.CustomerID from Customers c join r on c.Parent = r.CustomerID) select CustomerID from r',
    'its query r is recursive',
  ],
  [
    'create view dbo.V_Collate as select CustomerID from Customers order by Name collate Latin1_General_BIN2',
    'it shows a part of its rows in an order',
  ],
  [
    "create view dbo.V_CollateWhere as select CustomerID from Customers where Name collate Latin1_General_BIN2 = 'a'",
    'it has COLLATE',
  ],
  [
    "create view dbo.V_StringAgg as select string_agg(City, ',') as Cities from Customers",
    'its function STRING_AGG is not known',
  ],
  [
    'create view dbo.V_MinText as select min(City) as City from Customers',
    'the least or greatest value of type text is asked for',
  ],
  [
    "create view dbo.V_OrderText as select CustomerID from Customers where City > 'B'",
    'texts are ordered by the rules of a collation',
  ],
  [
    'create view dbo.V_IntersectText as select City from Customers intersect select City from sales.Regions',
    'texts are compared by a collation of the source',
  ],
  [
    'create view dbo.V_UnionBytesOnce as select Raw from [Order Details] union select Raw from [Order Details]',
    'rows are the same by values of type binary',
  ],
  [
    'create view dbo.V_DistinctBytes as select distinct Raw from [Order Details]',
    'rows are the same by values of type binary',
  ],
  [
    'create view dbo.V_ApplyFunction as select o.OrderID from Orders o cross apply dbo.Some(o.OrderID) x',
    'it applies a function',
  ],
  [
    'create view dbo.V_MinOffset as select min(Picked) as P from [Order Details]',
    'the offset of its value has no column',
  ],
  ['create view dbo.V_OfLost as select W from V_SumReal', 'it needs dbo.V_SumReal, which is left out'],
  [
    'create view dbo.V_FullUnequal as select o.OrderID from Orders o full join [Order Details] d on o.OrderID > d.OrderID',
    'a full join is by more than equal columns of tables',
  ],
  ['create view dbo.V_Style as select convert(varchar(10), Freight, 1) as D from Orders', 'a conversion has style 1'],
  ['create view dbo.V_Quotient as select Freight / 3 as Third from Orders', 'a quotient of money is rounded'],
  [
    'create view dbo.V_Variable as select @x as X from Orders',
    'its text is too long, or no query that a view can have',
  ],
  [
    'create view dbo.V_MixedCollations as select c.CustomerID from Customers c join Customers d on c.City = d.Code',
    'the texts have different collations',
  ],
  [
    'create view dbo.V_FullLiteral as select o.OrderID from Orders o full join (select distinct 4 as n from sales.Regions) r on o.OrderID = r.n',
    'a full join is by more than equal columns of tables',
  ],
  [
    'create view dbo.V_UnionOffset as select Picked from [Order Details] union select Picked from [Order Details]',
    'the offset of its value has no column',
  ],
]
