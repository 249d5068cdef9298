/** Views of the tables of view-tables.ts: as people write them, and the query in T-SQL. */
type Views = readonly (readonly [written: string, query: string])[]

/** They show the same rows, whatever the rows are. */
export const VIEWS: Views = [
  [
    'create view v_columns as select id, name as who, "Two Words" from customers',
    `select [customers].[id], [customers].[name], [customers].[Two Words]
from [dbo].[customers]`,
  ],
  [
    'create view v_star as select * from orders',
    `select [orders].[id], [orders].[customer], [orders].[price], [orders].[tax], [orders].[amount], [orders].[day], [orders].[at], [orders].[seen], [orders].[weight], [orders].[ratio], [orders].[code], [orders].[big], [orders].[small], [orders].[key], [orders].[doc], [orders].[tags], [orders].[data], [orders].[tod]
from [dbo].[orders]`,
  ],
  [
    'create view v_joined as select o.id, c.name from orders o join customers c on c.id = o.customer where o.price > 5 and c.active',
    `select [o].[id], [c].[name]
from [dbo].[orders] as [o] join [dbo].[customers] as [c] on [c].[id] = [o].[customer]
where [o].[price] > 5 and [c].[active] = 1`,
  ],
  [
    'create view v_outer_joined as select o.id, c.name, l.label from orders o left join customers c on c.id = o.customer and not c.active right join shop.lines l on l.order_id = o.id',
    `select [o].[id], [c].[name], [l].[label]
from [dbo].[orders] as [o] left join [dbo].[customers] as [c] on [c].[id] = [o].[customer] and [c].[active] = 0 right join [shop].[lines] as [l] on [l].[order_id] = [o].[id]`,
  ],
  [
    'create view v_nested_join as select c.id, o.id as order_id from customers c left join (orders o join shop.lines l on l.order_id = o.id) on o.customer = c.id',
    `select [c].[id], [o].[id]
from [dbo].[customers] as [c] left join ([dbo].[orders] as [o] join [shop].[lines] as [l] on [l].[order_id] = [o].[id]) on [o].[customer] = [c].[id]`,
  ],
  [
    'create view v_full_joined as select a.id, b.id as other from customers a full join orders b on a.id = b.customer',
    `select [a].[id], [b].[id]
from [dbo].[customers] as [a] full join [dbo].[orders] as [b] on [a].[id] = [b].[customer]`,
  ],
  [
    'create view v_crossed as select c.city, o.code from customers c, orders o where c.city = o.code or c.city <> o.code',
    `select [c].[city], [o].[code]
from [dbo].[customers] as [c], [dbo].[orders] as [o]
where ([c].[city] = [o].[code] and datalength([c].[city]) = datalength([o].[code])) or (not ([c].[city] = [o].[code] and datalength([c].[city]) = datalength([o].[code])))`,
  ],
  [
    'create view v_using as select a.id as x, b.id as y from orders a join customers b using (id)',
    `select [a].[id], [b].[id]
from [dbo].[orders] as [a] join [dbo].[customers] as [b] on [a].[id] = [b].[id]`,
  ],
  [
    'create view v_text_join as select a.id, b.id as other from customers a join customers b on a.code = b.code',
    `select [a].[id], [b].[id]
from [dbo].[customers] as [a] join [dbo].[customers] as [b] on [a].[code] = [b].[code] and datalength([a].[code]) = datalength([b].[code])`,
  ],
  [
    'create view v_padded_join as select a.state, b.id from customers a join customers b on a.state = b.state',
    `select [a].[state], [b].[id]
from [dbo].[customers] as [a] join [dbo].[customers] as [b] on [a].[state] = [b].[state]`,
  ],
  [
    'create view v_renamed_columns as select c.k, c.n from customers c (k, n) where c.k > 1',
    `select [c].[id], [c].[name]
from [dbo].[customers] as [c]
where [c].[id] > 1`,
  ],
  [
    'create view v_distinct_text as select distinct code from orders',
    'select [rows].[c1] from (select distinct [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1])',
  ],
  [
    'create view v_distinct_more as select distinct city, active from customers',
    'select [rows].[c1], [rows].[c2] from (select distinct [customers].[city], datalength([customers].[city]), [customers].[active] from [dbo].[customers]) as [rows] ([c1], [k1], [c2])',
  ],
  [
    'create view v_distinct_plain as select distinct active, parent from customers',
    `select distinct [customers].[active], [customers].[parent]
from [dbo].[customers]`,
  ],
  [
    'create view v_distinct_padded as select distinct state from customers',
    `select distinct [customers].[state]
from [dbo].[customers]`,
  ],
  [
    "create view v_distinct_literal as select distinct 'x' as a, code from customers",
    "select [rows].[c1], [rows].[c2] from (select distinct N'x', [customers].[code], datalength([customers].[code]) from [dbo].[customers]) as [rows] ([c1], [c2], [k2])",
  ],
  [
    'create view v_grouped as select city, count(*) as n, count(distinct code) as codes, max(id) as last from customers group by city',
    `select [customers].[city], count_big(*), count_big(distinct [customers].[code] + N'.'), max([customers].[id])
from [dbo].[customers]
group by [customers].[city], datalength([customers].[city])`,
  ],
  [
    'create view v_grouped_by_key as select c.id, c.name, count(o.id) as n, sum(o.price) as total, sum(o.small) as smalls, sum(o.big % 1000) as bigs from customers c left join orders o on o.customer = c.id group by c.id',
    `select [c].[id], [c].[name], count_big([o].[id]), sum([o].[price]), sum(cast([o].[small] as bigint)), sum(cast([o].[big] % cast(1000 as bigint) as decimal(38,0)))
from [dbo].[customers] as [c] left join [dbo].[orders] as [o] on [o].[customer] = [c].[id]
group by [c].[id], [c].[name], datalength([c].[name])`,
  ],
  [
    'create view v_having as select o.code, o.price, count(*) from orders o group by o.code, o.price having sum(o.price) > 0',
    `select [o].[code], [o].[price], count_big(*)
from [dbo].[orders] as [o]
group by [o].[code], datalength([o].[code]), [o].[price]
having sum([o].[price]) > 0`,
  ],
  [
    'create view v_grouped_by_value as select extract(year from day) as y, extract(month from day)::int as m, count(*) from orders group by 1, 2',
    `select cast(datepart(year, [orders].[day]) as decimal(10,0)), datepart(month, [orders].[day]), count_big(*)
from [dbo].[orders]
group by cast(datepart(year, [orders].[day]) as decimal(10,0)), datepart(month, [orders].[day])`,
  ],
  [
    "create view v_grouped_by_month as select date_trunc('month', at) as month, sum(price) filter (where price > 0) as plus, count(*) filter (where code = 'a') as a from orders group by 1",
    `select cast(datefromparts(datepart(year, [orders].[at]), datepart(month, [orders].[at]), 1) as datetime2(6)), sum(case when [orders].[price] > 0 then [orders].[price] end), count_big(case when [orders].[code] = N'a' and datalength([orders].[code]) = datalength(N'a') then 1 end)
from [dbo].[orders]
group by cast(datefromparts(datepart(year, [orders].[at]), datepart(month, [orders].[at]), 1) as datetime2(6))`,
  ],
  [
    "create view v_grouped_by_case as select case when price > 5 then 'dear' else 'cheap' end as class, count(*) from orders group by 1",
    `select case when [orders].[price] > 5 then N'dear' else N'cheap' end, count_big(*)
from [dbo].[orders]
group by case when [orders].[price] > 5 then N'dear' else N'cheap' end, case when [orders].[price] > 5 then N'dear' else N'cheap' end collate Latin1_General_BIN2, datalength(case when [orders].[price] > 5 then N'dear' else N'cheap' end)`,
  ],
  [
    'create view v_parts_of_groups as select extract(year from day)::int as y, count(*) as n from orders group by extract(year from day) having extract(year from day) > 1',
    `select datepart(year, [orders].[day]), count_big(*)
from [dbo].[orders]
group by cast(datepart(year, [orders].[day]) as decimal(10,0)), datepart(year, [orders].[day])
having datepart(year, [orders].[day]) > 1`,
  ],
  [
    'create view v_other_case as select "O".id, (select count(*) from orders o where o.customer = "O".id) as n from customers "O"',
    `select [O].[id], (select count_big(*) from [dbo].[orders] as [o_65c74c15] where [o_65c74c15].[customer] = [O].[id])
from [dbo].[customers] as [O]`,
  ],
  [
    "create view v_shifted_days as select day + interval '1 month' as m, (day - interval '1 year 1 month')::date as d, extract(hour from day + interval '3 hours') as h from orders where day < '9000-01-01'",
    `select dateadd(month, 1, cast([orders].[day] as datetime2(6))), cast(dateadd(month, -13, cast([orders].[day] as datetime2(6))) as date), cast(datepart(hour, dateadd(hour, 3, cast([orders].[day] as datetime2(6)))) as decimal(10,0))
from [dbo].[orders]
where [orders].[day] < cast('9000-01-01' as date)`,
  ],
  [
    'create view v_lateral_of_two as select c.id, l.n from customers c, orders o, lateral (select c.id + o.id as n) l',
    `select [c].[id], [l].[n]
from [dbo].[customers] as [c] cross join [dbo].[orders] as [o] cross apply (select [c].[id] + [o].[id]) as [l] ([n])`,
  ],
  [
    "create view v_padded_literals as select 'ca'::char(4) || code as j, 'NY  '::bpchar::text as n from customers where state = 'NY  ' or state in (select 'CA'::bpchar from orders)",
    `select N'ca' + [customers].[code], N'NY'
from [dbo].[customers]
where [customers].[state] = N'NY  ' or [customers].[state] in (select N'CA' from [dbo].[orders])`,
  ],
  [
    'create view v_words_of_truth as select (not true)::text as f, 5::numeric(10,2)::text as d, id from customers where false <> (id > 1)',
    `select N'false', N'5.00', [customers].[id]
from [dbo].[customers]
where (1 = 0 and [customers].[id] <= 1) or (1 = 1 and [customers].[id] > 1)`,
  ],
  [
    'create view v_joined_combination as select x.id, o.code from ((select id from customers except select 3) union (select 99)) x join orders o on o.id = x.id',
    `select [x].[id], [o].[code]
from ((select [customers].[id] from [dbo].[customers] except select 3) union select 99) as [x] ([id]) join [dbo].[orders] as [o] on [o].[id] = [x].[id]`,
  ],
  [
    "create view v_made_texts as select distinct case when active then 'a' else 'b' end as word from customers",
    `select [rows].[c1] from (select distinct case when [customers].[active] = 1 then N'a' else N'b' end collate Latin1_General_BIN2, datalength(case when [customers].[active] = 1 then N'a' else N'b' end) from [dbo].[customers]) as [rows] ([c1], [k1])`,
  ],
  [
    'create view v_joined_made_texts as select w.word, c.id from v_made_texts w join customers c on c.code = w.word',
    `select [w].[word], [c].[id]
from [dbo].[v_made_texts] as [w] join [dbo].[customers] as [c] on [c].[code] = [w].[word] collate Latin1_General_BIN2 and datalength([c].[code]) = datalength([w].[word])`,
  ],
  [
    'create view v_key_within as select c.id, (select count(*) from orders o where o.code = c.code) as n from customers c group by c.id',
    `select [c].[id], (select count_big(*) from [dbo].[orders] as [o] where [o].[code] = [c].[code] and datalength([o].[code]) = datalength([c].[code]))
from [dbo].[customers] as [c]
group by [c].[id], [c].[code], datalength([c].[code])`,
  ],
  [
    'create view v_grouped_by_sum as select customer + 1 as n, count(*) from orders group by customer + 1 having customer + 1 > 1',
    `select [orders].[customer] + 1, count_big(*)
from [dbo].[orders]
group by ([orders].[customer] + 1)
having ([orders].[customer] + 1) > 1`,
  ],
  [
    "create view v_grouped_by_joined_text as select code || 'x' as u, count(*) from customers group by 1",
    `select [customers].[code] + N'x', count_big(*)
from [dbo].[customers]
group by ([customers].[code] + N'x'), datalength([customers].[code] + N'x')`,
  ],
  [
    'create view v_grouped_by_instant as select seen, count(*) from orders group by seen',
    `select [orders].[seen], count_big(*)
from [dbo].[orders]
group by [orders].[seen]`,
  ],
  [
    'create view v_grouped_by_uuid as select key, count(*) from orders group by key',
    `select [orders].[key], count_big(*)
from [dbo].[orders]
group by [orders].[key]`,
  ],
  [
    'create view v_grouped_by_enum as select mood, count(*) from customers group by mood',
    `select [customers].[mood], count_big(*)
from [dbo].[customers]
group by [customers].[mood], datalength([customers].[mood])`,
  ],
  [
    'create view v_truths as select customer, bool_or(price > 5) as dear, bool_and(price > 0) as plus from orders group by customer having count(*) > 1',
    `select [orders].[customer], cast(case when max(case when [orders].[price] > 5 then 1 when [orders].[price] <= 5 then 0 end) = 1 then 1 when max(case when [orders].[price] > 5 then 1 when [orders].[price] <= 5 then 0 end) <> 1 then 0 end as bit), cast(case when min(case when [orders].[price] > 0 then 1 when [orders].[price] <= 0 then 0 end) = 1 then 1 when min(case when [orders].[price] > 0 then 1 when [orders].[price] <= 0 then 0 end) <> 1 then 0 end as bit)
from [dbo].[orders]
group by [orders].[customer]
having count_big(*) > 1`,
  ],
  [
    'create view v_every as select every(active) as e from customers',
    `select cast(case when min(case when [customers].[active] = 1 then 1 when [customers].[active] <> 1 then 0 end) = 1 then 1 when min(case when [customers].[active] = 1 then 1 when [customers].[active] <> 1 then 0 end) <> 1 then 0 end as bit)
from [dbo].[customers]`,
  ],
  [
    "create view v_filters as select count(*) filter (where active) as a, count(distinct city) filter (where not active) as b, sum(id) filter (where code = 'a') as c from customers",
    `select count_big(case when [customers].[active] = 1 then 1 end), count_big(distinct case when [customers].[active] = 0 then [customers].[city] end + N'.'), sum(cast(case when [customers].[code] = N'a' and datalength([customers].[code]) = datalength(N'a') then [customers].[id] end as bigint))
from [dbo].[customers]`,
  ],
  [
    'create view v_counts as select count(distinct state) as s, count(distinct price) as p, count(distinct active) as a from customers c left join orders o on o.customer = c.id',
    `select count_big(distinct [c].[state]), count_big(distinct [o].[price]), count_big(distinct [c].[active])
from [dbo].[customers] as [c] left join [dbo].[orders] as [o] on [o].[customer] = [c].[id]`,
  ],
  [
    'create view v_extremes as select max(extract(year from day)) as y, min(day) as d, max(at) as t, max(seen) as s, min(tod) as m, max(ratio) as r, max(weight) as w from orders',
    `select max(cast(datepart(year, [orders].[day]) as decimal(10,0))), min([orders].[day]), max([orders].[at]), max([orders].[seen]), min([orders].[tod]), max([orders].[ratio]), max([orders].[weight])
from [dbo].[orders]`,
  ],
  [
    'create view v_sum_of_products as select sum(l.quantity * l.price) as s from shop.lines l',
    `select sum(cast([l].[quantity] as decimal(5,0)) * [l].[price])
from [shop].[lines] as [l]`,
  ],
  [
    'create view v_sum_of_any as select sum(amount) as s from orders where amount > 1',
    `select sum([orders].[amount])
from [dbo].[orders]
where [orders].[amount] > 1`,
  ],
  [
    'create view v_means as select customer, round(avg(price), 2) as mean, avg(small)::numeric(10,3) as small, round(avg(distinct id), 1) as ids, round(avg(id) filter (where price > 0)) as some from orders group by customer',
    `select [orders].[customer], cast(round(cast(sum(cast([orders].[price] as decimal(20,2))) as decimal(20,2)) / cast(nullif(count_big([orders].[price]), 0) as decimal(10,0)), 2) as decimal(20,2)), cast(round(cast(sum(cast([orders].[small] as decimal(18,3))) as decimal(18,3)) / cast(nullif(count_big([orders].[small]), 0) as decimal(10,0)), 3) as decimal(18,3)), cast(round(cast(sum(distinct cast([orders].[id] as decimal(21,1))) as decimal(21,1)) / cast(nullif(count_big(distinct [orders].[id]), 0) as decimal(10,0)), 1) as decimal(21,1)), cast(round(cast(sum(cast(case when [orders].[price] > 0 then [orders].[id] end as decimal(20,0))) as decimal(20,0)) / cast(nullif(count_big(case when [orders].[price] > 0 then [orders].[id] end), 0) as decimal(10,0)), 0) as decimal(20,0))
from [dbo].[orders]
group by [orders].[customer]`,
  ],
  [
    'create view v_mean_of_literals as select round(avg(v), 1) as r, round(avg(-v), 1) as s from (values (0.05), (0.06), (null), (0.04)) x (v)',
    `select cast(round(cast(sum(cast([x].[v] as decimal(12,2))) as decimal(12,2)) / cast(nullif(count_big([x].[v]), 0) as decimal(10,0)), 1) as decimal(11,1)), cast(round(cast(sum(cast(-[x].[v] as decimal(12,2))) as decimal(12,2)) / cast(nullif(count_big(-[x].[v]), 0) as decimal(10,0)), 1) as decimal(11,1))
from (select 0.05 union all select 0.06 union all select cast(null as decimal(2,2)) union all select 0.04) as [x] ([v])`,
  ],
  [
    'create view v_computed_sums as select customer, sum(price) - sum(tax) as net, coalesce(sum(price), 0) + 1 as more, sum(price) * 2 as twice from orders group by customer',
    `select [orders].[customer], cast(sum([orders].[price]) as decimal(20,2)) - cast(sum([orders].[tax]) as decimal(15,4)), cast(coalesce(sum([orders].[price]), 0.) as decimal(20,2)) + 1., cast(sum([orders].[price]) as decimal(20,2)) * 2.
from [dbo].[orders]
group by [orders].[customer]`,
  ],
  [
    "create view v_nulls as select null as a, null::integer as b, null::date as c, null::numeric(10,2) as d, '' as e from customers",
    `select cast(null as nvarchar(max)), cast(null as int), cast(null as date), cast(null as decimal(10,2)), N''
from [dbo].[customers]`,
  ],
  [
    'create view v_of_nulls as select a, count(*) from v_nulls group by a',
    `select [v_nulls].[a], count_big(*)
from [dbo].[v_nulls]
group by [v_nulls].[a], [v_nulls].[a] collate Latin1_General_BIN2, datalength([v_nulls].[a])`,
  ],
  [
    'create view v_in_text as select c.id from customers c where c.code in (select code from orders)',
    `select [c].[id]
from [dbo].[customers] as [c]
where [c].[code] + N'.' in (select [orders].[code] + N'.' from [dbo].[orders])`,
  ],
  [
    'create view v_not_in_text as select c.id from customers c where c.code not in (select code from orders where code is not null)',
    `select [c].[id]
from [dbo].[customers] as [c]
where not ([c].[code] + N'.' in (select [orders].[code] + N'.' from [dbo].[orders] where [orders].[code] is not null))`,
  ],
  [
    'create view v_not_in_null as select c.id from customers c where c.id not in (select customer from orders)',
    `select [c].[id]
from [dbo].[customers] as [c]
where not ([c].[id] in (select [orders].[customer] from [dbo].[orders]))`,
  ],
  [
    'create view v_all_of_query as select c.id from customers c where c.id <> all (select customer from orders where customer is not null)',
    `select [c].[id]
from [dbo].[customers] as [c]
where not ([c].[id] in (select [orders].[customer] from [dbo].[orders] where [orders].[customer] is not null))`,
  ],
  [
    'create view v_exists as select c.id from customers c where exists (select 1 from orders o where o.customer = c.id) or not exists (select from orders o where o.code = c.code)',
    `select [c].[id]
from [dbo].[customers] as [c]
where exists (select 1 from [dbo].[orders] as [o] where [o].[customer] = [c].[id]) or (not (exists (select 1 from [dbo].[orders] as [o] where [o].[code] = [c].[code] and datalength([o].[code]) = datalength([c].[code]))))`,
  ],
  [
    'create view v_conditions_as_values as select id, exists (select 1 from orders o where o.customer = c.id) as has, id in (select customer from orders) as is_in, active and id > 2 as flag from customers c',
    `select [c].[id], cast(case when exists (select 1 from [dbo].[orders] as [o] where [o].[customer] = [c].[id]) then 1 when not (exists (select 1 from [dbo].[orders] as [o] where [o].[customer] = [c].[id])) then 0 end as bit), cast(case when [c].[id] in (select [orders].[customer] from [dbo].[orders]) then 1 when not ([c].[id] in (select [orders].[customer] from [dbo].[orders])) then 0 end as bit), cast(case when [c].[active] = 1 and [c].[id] > 2 then 1 when not ([c].[active] = 1 and [c].[id] > 2) then 0 end as bit)
from [dbo].[customers] as [c]`,
  ],
  [
    'create view v_one_value as select id, (select max(line) from shop.lines l where l.order_id = o.id) as last, (select count(*) from shop.lines) as all_lines from orders o',
    `select [o].[id], (select max([l].[line]) from [shop].[lines] as [l] where [l].[order_id] = [o].[id]), (select count_big(*) from [shop].[lines])
from [dbo].[orders] as [o]`,
  ],
  [
    'create view v_grouped_query_within as select o.code, (select count(*) from customers c where c.code = o.code) as who, count(*) from orders o group by o.code',
    `select [o].[code], (select count_big(*) from [dbo].[customers] as [c] where [c].[code] = [o].[code] and datalength([c].[code]) = datalength([o].[code])), count_big(*)
from [dbo].[orders] as [o]
group by [o].[code], datalength([o].[code])`,
  ],
  [
    'create view v_lateral as select o.id, x.q from orders o cross join lateral (select sum(quantity) as q from shop.lines l where l.order_id = o.id) x',
    `select [o].[id], [x].[q]
from [dbo].[orders] as [o] cross apply (select sum(cast([l].[quantity] as bigint)) from [shop].[lines] as [l] where [l].[order_id] = [o].[id]) as [x] ([q])`,
  ],
  [
    'create view v_lateral_comma as select o.id, x.q from orders o, lateral (select sum(quantity) as q from shop.lines l where l.order_id = o.id) x',
    `select [o].[id], [x].[q]
from [dbo].[orders] as [o] cross apply (select sum(cast([l].[quantity] as bigint)) from [shop].[lines] as [l] where [l].[order_id] = [o].[id]) as [x] ([q])`,
  ],
  [
    'create view v_lateral_left as select o.id, x.q from orders o left join lateral (select quantity as q from shop.lines l where l.order_id = o.id) x on true',
    `select [o].[id], [x].[q]
from [dbo].[orders] as [o] outer apply (select [l].[quantity] from [shop].[lines] as [l] where [l].[order_id] = [o].[id]) as [x] ([q])`,
  ],
  [
    'create view v_derived as select * from (select code, count(*) as n from orders group by code) q where n > 1',
    `select [q].[code], [q].[n]
from (select [orders].[code], count_big(*) from [dbo].[orders] group by [orders].[code], datalength([orders].[code])) as [q] ([code], [n])
where [q].[n] > 1`,
  ],
  [
    'create view v_with_queries as with big as (select id, price from orders where price > 1), names (n, k) as (select name, id from customers) select big.id, names.n from big, names where names.k = big.id',
    `with [big] ([id], [price]) as (select [orders].[id], [orders].[price] from [dbo].[orders] where [orders].[price] > 1),
[names] ([n], [k]) as (select [customers].[name], [customers].[id] from [dbo].[customers])
select [big].[id], [names].[n]
from [big], [names]
where [names].[k] = [big].[id]`,
  ],
  [
    "create view v_rows_of_values as select v.a, v.b from (values (1, 'x'), (2, null)) v (a, b)",
    `select [v].[a], [v].[b]
from (select 1, N'x' union all select 2, cast(null as nvarchar(2))) as [v] ([a], [b])`,
  ],
  [
    'create view v_union_all as select code from customers union all select code from orders union all select label from shop.lines',
    `select [customers].[code]
from [dbo].[customers]
union all
select [orders].[code]
from [dbo].[orders]
union all
select [lines].[label]
from [shop].[lines]`,
  ],
  [
    'create view v_union_text as select code from customers union select code from orders',
    'select [rows].[c1] from (select [customers].[code], datalength([customers].[code]) from [dbo].[customers] union select [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1])',
  ],
  [
    "create view v_union_literals as select code, 'x' as kind from customers union select city, 'y ' from customers union select null, 'y'",
    "select [rows].[c1], [rows].[c2] from ((select [customers].[code], datalength([customers].[code]), N'x', datalength(N'x') from [dbo].[customers] union all select [customers].[city], datalength([customers].[city]), N'y ', datalength(N'y ') from [dbo].[customers]) union select cast(null as nvarchar(max)) collate Latin1_General_BIN2, datalength(cast(null as nvarchar(max))), N'y', datalength(N'y')) as [rows] ([c1], [k1], [c2], [k2])",
  ],
  [
    'create view v_union_numbers as select id, price from orders union select id, 0 from customers',
    `select [orders].[id], [orders].[price]
from [dbo].[orders]
union
select [customers].[id], 0.
from [dbo].[customers]`,
  ],
  [
    'create view v_union_of_one as select 1 as n union select 2 union select 1.5',
    `(select 1. union all select 2.)
union
select 1.5`,
  ],
  [
    'create view v_intersect as select code from customers intersect select code from orders',
    'select [rows].[c1] from (select [customers].[code], datalength([customers].[code]) from [dbo].[customers] intersect select [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1])',
  ],
  [
    'create view v_except as select city from customers except select code from orders',
    'select [rows].[c1] from (select [customers].[city], datalength([customers].[city]) from [dbo].[customers] except select [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1])',
  ],
  [
    'create view v_except_in_union as select code from customers union (select city from customers except select code from orders)',
    'select [rows].[c1] from (select [customers].[code], datalength([customers].[code]) from [dbo].[customers] union (select [rows].[c1], datalength([rows].[c1]) from (select [customers].[city], datalength([customers].[city]) from [dbo].[customers] except select [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1]))) as [rows] ([c1], [k1])',
  ],
  [
    'create view v_grouped_union as select code, count(*) from (select code from customers union select code from orders) u group by code',
    `select [u].[code], count_big(*)
from (select [rows].[c1] from (select [customers].[code], datalength([customers].[code]) from [dbo].[customers] union select [orders].[code], datalength([orders].[code]) from [dbo].[orders]) as [rows] ([c1], [k1])) as [u] ([code])
group by [u].[code], datalength([u].[code])`,
  ],
  [
    "create view v_choices as select id, case when active then 'yes' when not active then 'no' end as word, coalesce(name, 'none') as name, code || '-' || coalesce(city, '') as joined from customers",
    `select [customers].[id], case when [customers].[active] = 1 then N'yes' when [customers].[active] = 0 then N'no' else null end, coalesce([customers].[name], N'none'), ([customers].[code] + N'-') + coalesce([customers].[city], N'')
from [dbo].[customers]`,
  ],
  [
    "create view v_literals as select 5 as five, -7 as minus, 3000000000 as big, 1.50 as dec, 1.5e3::double precision as f, 'it''s' as quote, date '2020-01-31' as d, timestamp '2020-01-31 10:00:00' as t, '\\x01ff'::bytea as b, true as yes",
    "select 5, -7, cast(3000000000 as bigint), 1.50, 1500e0, N'it''s', cast('2020-01-31' as date), cast('2020-01-31 10:00:00' as datetime2(6)), 0x01ff, cast(1 as bit)",
  ],
  [
    'create view v_numbers as select id, price * 2 as twice, price + tax as more, id / 2 as half, id % 2 as rest, -price as minus, coalesce(price, 0) as c, price::int as i, abs(price) as a, round(price, 1) as r from orders',
    `select [orders].[id], [orders].[price] * 2., [orders].[price] + [orders].[tax], [orders].[id] / 2, [orders].[id] % 2, -[orders].[price], coalesce([orders].[price], 0.), cast(round(cast([orders].[price] as decimal(11,2)), 0) as int), abs([orders].[price]), cast(round(cast([orders].[price] as decimal(11,2)), 1) as decimal(10,1))
from [dbo].[orders]`,
  ],
  [
    'create view v_texts_of_values as select price::text as p, id::text as i, active::text as a, key::text as k, state::text as s from orders join customers using (id)',
    `select cast([orders].[price] as nvarchar(13)), cast([orders].[id] as nvarchar(11)), case [customers].[active] when 1 then N'true' when 0 then N'false' end, lower(cast([orders].[key] as nvarchar(36))), rtrim([customers].[state])
from [dbo].[orders] join [dbo].[customers] on [orders].[id] = [customers].[id]`,
  ],
  [
    "create view v_dates as select id, day + 30 as due, day - date '2020-01-01' as days, at - interval '2 hours' as early, at::date as on_day, extract(dow from day) as dow from orders where at > '0002-01-01'",
    `select [orders].[id], dateadd(day, 30, [orders].[day]), datediff(day, cast('2020-01-01' as date), [orders].[day]), dateadd(hour, -2, [orders].[at]), cast([orders].[at] as date), cast((datediff(day, datefromparts(1, 1, 1), [orders].[day]) + 1) % 7 as decimal(10,0))
from [dbo].[orders]
where [orders].[at] > cast('0002-01-01 00:00:00' as datetime2(6))`,
  ],
  [
    "create view v_utc as select seen at time zone 'UTC' as utc, date_trunc('day', at) as d from orders",
    `select cast(switchoffset([orders].[seen], 0) as datetime2(6)), cast(cast([orders].[at] as date) as datetime2(6))
from [dbo].[orders]`,
  ],
  [
    "create view v_likes as select id from customers where name like 'A%' and code is not null and mood = 'ok'",
    `select [customers].[id]
from [dbo].[customers]
where [customers].[name] like N'A%' and [customers].[code] is not null and ([customers].[mood] = N'ok' and datalength([customers].[mood]) = datalength(N'ok'))`,
  ],
  [
    "create view v_lists as select id from customers where state in ('CA', 'NY') and code <> all (array['a', 'b'])",
    `select [customers].[id]
from [dbo].[customers]
where ([customers].[state] = N'CA' or [customers].[state] = N'NY') and not (([customers].[code] = N'a' or [customers].[code] = N'b') and datalength([customers].[code]) = datalength(rtrim([customers].[code])))`,
  ],
  [
    "create view v_distinct_from as select id from customers where code is not distinct from city or code is distinct from 'a'",
    `select [customers].[id]
from [dbo].[customers]
where (case when ([customers].[code] = [customers].[city] and datalength([customers].[code]) = datalength([customers].[city])) or ([customers].[code] is null and [customers].[city] is null) then 1 else 0 end <> 0) or (case when [customers].[code] = N'a' and datalength([customers].[code]) = datalength(N'a') then 1 else 0 end = 0)`,
  ],
  [
    "create view v_ranges as select id from orders where price between -11 and 11 and day >= '2000-01-01' and at < '2021-01-01 00:00:00' and seen > '2000-01-01 00:00:00+00'",
    `select [orders].[id]
from [dbo].[orders]
where [orders].[price] >= cast(-11 as decimal(10,0)) and [orders].[price] <= 11 and [orders].[day] >= cast('2000-01-01' as date) and [orders].[at] < cast('2021-01-01 00:00:00' as datetime2(6)) and [orders].[seen] > cast('2000-01-01 00:00:00 +00:00' as datetimeoffset(6))`,
  ],
  [
    'create view v_opaque as select id, tags, doc, data, amount from orders where tags is not null',
    `select [orders].[id], [orders].[tags], [orders].[doc], [orders].[data], [orders].[amount]
from [dbo].[orders]
where [orders].[tags] is not null`,
  ],
  [
    'create view v_heir as select * from shop.birds',
    `select [birds].[id], [birds].[name], [birds].[wings]
from [shop].[birds]`,
  ],
  [
    "create view v_case_view as select id, case when active then 'on' else 'off' end as word from customers",
    `select [customers].[id], case when [customers].[active] = 1 then N'on' else N'off' end
from [dbo].[customers]`,
  ],
  [
    "create view v_of_case_view as select word, count(*) from v_case_view where word <> 'none' group by word",
    `select [v_case_view].[word], count_big(*)
from [dbo].[v_case_view]
where not ([v_case_view].[word] collate Latin1_General_BIN2 = N'none' and datalength([v_case_view].[word]) = datalength(N'none'))
group by [v_case_view].[word], [v_case_view].[word] collate Latin1_General_BIN2, datalength([v_case_view].[word])`,
  ],
  [
    "create view v_beside_case_view as select c.name || v.word as j, coalesce(c.name, v.word) as c, case when c.id > 1 then v.word else c.code end as w, concat(c.code, '-', v.word) as t from v_case_view v join customers c on c.id = v.id",
    `select [c].[name] + ([v].[word] collate Latin1_General_BIN2), coalesce([c].[name], [v].[word] collate Latin1_General_BIN2), case when [c].[id] > 1 then [v].[word] collate Latin1_General_BIN2 else [c].[code] end, concat([c].[code], N'-', [v].[word] collate Latin1_General_BIN2)
from [dbo].[v_case_view] as [v] join [dbo].[customers] as [c] on [c].[id] = [v].[id]`,
  ],
  [
    'create view v_odd_names as select "Two Words" as "Zwei ] Wörter", id as "ID", id + 1 as "?column?" from customers',
    `select [customers].[Two Words], [customers].[id], [customers].[id] + 1
from [dbo].[customers]`,
  ],
  [
    `create view v_of_odd_names as select v."Zwei ] Wörter", v."?column?" from v_odd_names v where v."Zwei ] Wörter" = 'x'`,
    `select [v]."Zwei ] Wörter", [v].[?column?]
from [dbo].[v_odd_names] as [v]
where [v]."Zwei ] Wörter" = N'x' and datalength([v]."Zwei ] Wörter") = datalength(N'x')`,
  ],
  [
    'create view v_of_text_query as select b.code, c.id from v_distinct_text b join customers c on c.code = b.code',
    `select [b].[code], [c].[id]
from [dbo].[v_distinct_text] as [b] join [dbo].[customers] as [c] on [c].[code] = [b].[code] and datalength([c].[code]) = datalength([b].[code])`,
  ],
  [
    'create view shop.first as select order_id, count(*) as n from shop.lines group by order_id',
    `select [lines].[order_id], count_big(*)
from [shop].[lines]
group by [lines].[order_id]`,
  ],
  [
    'create view shop.second as select v.order_id, v.n, o.code from shop.first v join orders o on o.id = v.order_id where v.n > 1',
    `select [v].[order_id], [v].[n], [o].[code]
from [shop].[first] as [v] join [dbo].[orders] as [o] on [o].[id] = [v].[order_id]
where [v].[n] > 1`,
  ],
  [
    'create view checked with (check_option = cascaded) as select id, name from customers where id > 3',
    `select [customers].[id], [customers].[name]
from [dbo].[customers]
where [customers].[id] > 3`,
  ],
]

/** The same, but in no order. */
export const ORDERED_VIEWS: Views = [
  [
    'create view ordered as select p.name as parent, c.name from customers c left join customers p on p.id = c.parent order by 1 nulls first, 2 desc',
    `select [p].[name], [c].[name]
from [dbo].[customers] as [c] left join [dbo].[customers] as [p] on [p].[id] = [c].[parent]`,
  ],
]

/** They show the same rows where texts are ASCII. */
export const ASCII_VIEWS: Views = [
  [
    'create view v_capitals as select upper(code) as u, count(*) from customers where id <> 6 group by upper(code)',
    `select upper([customers].[code]), count_big(*)
from [dbo].[customers]
where [customers].[id] <> 6
group by upper([customers].[code]), datalength(upper([customers].[code]))`,
  ],
  [
    "create view v_lengths as select id, lower(name) as low, length(name) as len, substr(code, 1, 2) as part, position('l' in name) as place from customers where id <> 6",
    `select [customers].[id], lower([customers].[name]), len([customers].[name] + N'.') - 1, substring([customers].[code], 1, 2), charindex(N'l', [customers].[name])
from [dbo].[customers]
where [customers].[id] <> 6`,
  ],
  [
    "create view v_any_case as select id from customers where name ilike 'al%'",
    `select [customers].[id]
from [dbo].[customers]
where lower([customers].[name]) like N'al%'`,
  ],
]

/** With the reason. */
export const LEFT_BEHIND: Views = [
  ['create view v_top as select id from orders order by id limit 3', 'it shows a part of its rows only'],
  ['create view v_distinct_on as select distinct on (code) code, id from orders', 'it has DISTINCT ON'],
  [
    'create view v_window_function as select id, row_number() over (order by id) from orders',
    'it has a window function',
  ],
  [
    'create view v_named_window as select sum(price) over w from orders window w as (partition by customer)',
    'it has a window function',
  ],
  [
    'create view v_average as select avg(price) from orders',
    'an average that is not rounded has as many digits as the source sees fit',
  ],
  [
    'create view v_mean_of_floats as select round(avg(ratio)) from orders',
    'an average of floats depends on the order of rows',
  ],
  ['create view v_sum_of_floats as select sum(weight) from orders', 'a sum of floats depends on the order of rows'],
  [
    'create view v_greatest_text as select max(name) from customers',
    'the least or greatest value of type text is asked for',
  ],
  ["create view v_joined_texts as select string_agg(name, ',') from customers", 'it calls the function string_agg'],
  [
    "create view v_ordered_aggregate as select string_agg(name, ',' order by id) from customers",
    'it calls the function string_agg',
  ],
  [
    "create view v_ordered_texts as select id from customers where name > 'a'",
    'texts are ordered by the rules of a collation',
  ],
  [
    "create view v_ordered_enum as select id from customers where mood > 'sad'",
    'texts are ordered by the rules of a collation',
  ],
  [
    'create view v_parent as select id from shop.animals',
    'shop.animals has the rows of tables that inherit from it, too',
  ],
  ['create view v_only as select id from only shop.animals', 'it has ONLY'],
  [
    'create view v_rollup as select customer, sum(price) from orders group by rollup (customer)',
    'it groups in more than one way',
  ],
  [
    'create view v_grouping_sets as select customer, sum(price) from orders group by grouping sets ((customer), ())',
    'it groups in more than one way',
  ],
  ['create view v_quotient as select id, price / 3 as third from orders', 'a decimal quotient has another scale'],
  [
    'create view v_condition_of_groups as select not (price > 5) as cheap, count(*) from orders group by price > 5',
    'it shows price of groups in other words than those that make them',
  ],
  [
    "create view v_days_between_moments as select (day + interval '1 day') - (day + interval '2 days') as d from orders",
    '- is not known between these types',
  ],
  [
    'create view v_digits_of_any as select amount::text as t from orders',
    'how many digits a decimal shows is not known',
  ],
  [
    'create view v_digits_of_choice as select c::text as t from (select coalesce(price, 0) as c from orders) x',
    'how many digits a decimal shows is not known',
  ],
  ["create view v_joined_truth as select concat(active, '-') as t from customers", 'a boolean is joined'],
  ["create view v_joined_padded as select concat(state, '-') as t from customers", 'a text is padded with blanks'],
  [
    'create view v_counted_bytes as select count(distinct data) from orders',
    'different values of type binary are counted',
  ],
  ['create view v_counted_json as select count(distinct doc) from orders', 'different values of type json are counted'],
  [
    'create view v_hundreds as select price::numeric(5,-2) as p from orders',
    'its text is not understood at "- 2 ) AS"',
  ],
  [
    'create view v_rows_of_nulls as select customer from shop.homes where place is null',
    'a row of values is NULL where each of them is',
  ],
  [
    'create view v_lateral_begins as select c.id from customers c, (lateral (select c.id as n) l left join orders o on o.id = l.n)',
    'a join begins with a lateral query',
  ],
  ['create view v_hash as select md5(name) from customers', 'it calls the function md5'],
  [
    "create view v_bytes as select id from orders where data = '\\x01'",
    'values of type binary compare by rules of their own',
  ],
  ['create view v_distinct_bytes as select distinct data from orders', 'rows are the same by values of type binary'],
  ["create view v_json as select id, doc ->> 'a' as a from orders", 'it has the operator ->>'],
  ['create view v_element as select id, tags[1] as a from orders', 'it takes elements of an array'],
  [
    'create view v_rows_of_function as select n from generate_series(1, 3) n',
    'it has the rows of the function generate_series',
  ],
  ['create view v_unnested as select unnest(tags) as t from orders', 'it calls the function unnest'],
  ['create view v_row_as_value as select o from orders o', 'it shows a whole row as one value'],
  ['create view v_sampled as select id from orders tablesample system (10)', 'it shows a sample of its rows'],
  ['create view v_locked as select id from orders for update', 'it locks its rows'],
  [
    'create view v_intersect_all as select code from orders intersect all select code from customers',
    'it has INTERSECT ALL',
  ],
  [
    'create view v_with_within as select * from (with a as (select id from orders) select id from a) b',
    'it has a query with a name within another',
  ],
  ['create view v_catalog as select relname from pg_class', 'pg_class is no table or view of the backup'],
  [
    'create view v_day_of_instant as select seen::date as d from orders',
    'the date of an instant depends on the session',
  ],
  ['create view v_texts_of_tags as select distinct tags from orders', 'how its texts compare is not known'],
  [
    'create view v_joined_rows as select id from customers where (id, parent) in (select id, customer from orders)',
    'it has rows of values',
  ],
  ['create view v_no_columns as select from orders', 'SQL Server has no view without columns'],
  ['create view v_of_lost as select * from v_average', 'it needs public.v_average, which is left out'],
  ['create materialized view kept as select id from customers', 'it keeps rows of its own (a materialized view)'],
  ['create recursive view counted (n) as select 1 union all select n + 1 from counted where n < 5', 'it is recursive'],
]
