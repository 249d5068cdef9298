import type { ColumnName } from './columns.ts'

/** How people write expressions in T-SQL's schemas, beside those that pairs.ts tries one by one, and the same in PostgreSQL's words. */
type Pairs = readonly (readonly [string, string])[]

/** The column it is for, T-SQL, PostgreSQL. */
export const DEFAULT_IDIOMS: readonly (readonly [ColumnName, string, string])[] = [
  ['DateTime', "('1/1/1900')", "'1900-01-01 00:00:00'::timestamp"],
  ['DateTime', "('01/01/1753')", "'1753-01-01 00:00:00'::timestamp"],
  ['DateTime', "('12/31/9999')", "'9999-12-31 00:00:00'::timestamp"],
  ['DateTime', "('31/12/9999')", "'9999-12-31 00:00:00'::timestamp"],
  ['DateTime', "('12/31/2020 11:59:59 PM')", "'2020-12-31 23:59:59'::timestamp"],
  ['DateTime', "('12/31/2020 12:30 PM')", "'2020-12-31 12:30:00'::timestamp"],
  ['DateTime', "('12/31/2020 0:05')", "'2020-12-31 00:05:00'::timestamp"],
  ['DateTime', "('1/1/1900 12:00:00 AM')", "'1900-01-01 00:00:00'::timestamp"],
  ['DateTime', "('1900-1-1')", "'1900-01-01 00:00:00'::timestamp"],
  ['DateTime', "('1753.01.01')", "'1753-01-01 00:00:00'::timestamp"],
  ['DateTime', "('1900/01/01')", "'1900-01-01 00:00:00'::timestamp"],
  ['DateTime', "('1900/01/31')", "'1900-01-31 00:00:00'::timestamp"],
  ['Date', "('1/1/1900')", "'1900-01-01'::date"],
  ['DateTime2', "('1900/01/01 00:00:00')", "'1900-01-01 00:00:00'::timestamp"],
  ['SmallDate', "('1/1/1900')", "'1900-01-01 00:00:00'::timestamp"],
  ['DateTime', "(N'')", "'1900-01-01 00:00:00'::timestamp"],
  ['Date', "(N'')", "'1900-01-01'::date"],
  ['Int', "('')", '0'],
  ['Int', "(' 5 ')", '5'],
  ['Bit', "('')", 'false'],
  ['Float', "('')", '0'],
  ['Money', "('')", '0'],
  ['Guid', "('{0E984725-C51C-4BF4-9960-E1C80E27ABA0}')", "'0e984725-c51c-4bf4-9960-e1c80e27aba0'::uuid"],
  ['Guid', '(0x00)', "'00000000-0000-0000-0000-000000000000'::uuid"],
  [
    'Guid',
    '(CONVERT([uniqueidentifier],0x00000000000000000000000000000000))',
    "'00000000-0000-0000-0000-000000000000'::uuid",
  ],
  ['Name', '(left(newid(),(8)))', 'left(upper(gen_random_uuid()::text), 8)'],
  ['Name', "(replace(CONVERT([varchar](36),newid()),'-',''))", "replace(upper(gen_random_uuid()::text), '-', '')"],
  ['Name', "(lower(replace(newid(),'-','')))", "lower(replace(upper(gen_random_uuid()::text), '-', '') collate \"C\")"],
  [
    'DateTime',
    '(dateadd(day,datediff(day,(0),getdate()),(0)))',
    "'1900-01-01 00:00:00'::timestamp + (statement_timestamp()::timestamp::date - '1900-01-01'::date) * interval '1 day'",
  ],
  [
    'Date',
    '(dateadd(month,datediff(month,(0),getdate()),(0)))',
    "('1900-01-01 00:00:00'::timestamp + ((extract(year from statement_timestamp()::timestamp)::integer * 12 + extract(month from statement_timestamp()::timestamp)::integer) - (extract(year from '1900-01-01 00:00:00'::timestamp)::integer * 12 + extract(month from '1900-01-01 00:00:00'::timestamp)::integer)) * interval '1 month')::date",
  ],
  [
    'Name',
    "('INV-'+CONVERT([char](8),getdate(),(112)))",
    "'INV-' || to_char(statement_timestamp()::timestamp, 'YYYYMMDD')",
  ],
  ['Name', '(CONVERT([varchar](7),getdate(),(126)))', "to_char(statement_timestamp()::timestamp, 'YYYY-MM')"],
  ['State', '(CONVERT([char](4),getdate(),(112)))', "to_char(statement_timestamp()::timestamp, 'YYYY')"],
  [
    'Int',
    '(CONVERT([int],CONVERT([varchar](8),getdate(),(112))))',
    "to_char(statement_timestamp()::timestamp, 'YYYYMMDD')::integer",
  ],
  [
    'Date',
    '(eomonth(getdate(),(1)))',
    "(date_trunc('month', statement_timestamp()::timestamp + interval '1 month') + interval '1 month -1 day')::date",
  ],
  ['Name', '(left(suser_sname(),(20)))', 'left(session_user::text, 20)'],
  ['Title', "(isnull(suser_sname(),N'?'))", "coalesce(session_user::text, '?')"],
  ['Name', '(lower(suser_sname()))', 'lower(session_user::text collate "C")'],
  ['Name', '((-0.10))', "'-0.10'"],
  ['Name', '(CONVERT([varchar](20),CONVERT([decimal](5,2),(1))))', "'1.00'"],
  ['Name', '(CONVERT([decimal](12,4),(1.5)))', "'1.5000'"],
  [
    'Name',
    "('X'+right('00000'+CONVERT([varchar](10),NEXT VALUE FOR [dbo].[Numbers]),(5)))",
    "'X' || right('00000' || regexp_replace(nextval('\"dbo\".\"Numbers\"')::text, '^.{11,}$', '*'), 5)",
  ],
  ['Name', "(space((3))+'x')", "'   ' || 'x'"],
  ['Name', "(char((65))+replicate('ab',(2)))", "'A' || 'abab'"],
  ['State', "(left('abcdef',(2)))", "left('abcdef', 2)"],
  ['Dec', '((6)/(0.25))', '(6 * 4::numeric)::numeric(10, 2)'],
  ['Name', '(app_name())', "current_setting('application_name')"],
  ['Title', "(isnull(app_name(),N''))", "coalesce(current_setting('application_name'), '')"],
  ['Name', '(db_name())', 'current_database()::text'],
  ['Name', '(left(app_name(),(40)))', "left(current_setting('application_name'), 40)"],
  [
    'Name',
    '(CONVERT([varchar](19),sysutcdatetime(),(120)))',
    "to_char((statement_timestamp() at time zone 'UTC'), 'YYYY-MM-DD HH24:MI:SS')",
  ],
  ['Name', '(CONVERT([varchar](8),sysdatetime(),(108)))', "to_char(statement_timestamp()::timestamp, 'HH24:MI:SS')"],
]

/** T-SQL, PostgreSQL. */
export const CHECK_IDIOMS: Pairs = [
  ["(patindex('%[^0-9]%',[Code])=(0))", '"Code" collate "C" !~ \'[^0-9]\''],
  ["(patindex('%[A-Z]%',[Code])>(0))", '"Code" collate "C" ~ \'[A-Z]\''],
  [
    '(datepart(hour,[Time])>=(8) AND datepart(hour,[Time])<(18))',
    'extract(hour from "Time")::integer >= 8 and extract(hour from "Time")::integer < 18',
  ],
  ['(datepart(second,[Time])=(59))', 'floor(extract(second from "Time"))::integer = 59'],
  ['(~[Bit]=(1))', '(not "Bit") = true'],
  ["([Int]<>'')", '"Int" <> 0'],
  ["([Date]<>'')", '"Date" <> \'1900-01-01\'::date'],
  ["([DateTime]<>'1/1/1900')", '"DateTime" <> \'1900-01-01 00:00:00\'::timestamp'],
  ["([Guid]<>'{00000000-0000-0000-0000-000000000000}')", '"Guid" <> \'00000000-0000-0000-0000-000000000000\'::uuid'],
  ['([Guid]<>CONVERT([uniqueidentifier],0x00))', '"Guid" <> \'00000000-0000-0000-0000-000000000000\'::uuid'],
  ['([DateTime]<=[DateTime]+[Tiny])', '"DateTime" <= ("DateTime" + "Tiny" * interval \'1 day\')'],
  [
    '([DateTime]<dateadd(day,datediff(day,(0),getdate())+(1),(0)))',
    "\"DateTime\" < ('1900-01-01 00:00:00'::timestamp + ((statement_timestamp()::timestamp::date - '1900-01-01'::date) + 1) * interval '1 day')",
  ],
  ["(charindex('B',[Code])>(0))", 'strpos("Code", \'B\') > 0'],
  ['(NOT ([Int]=(0) AND [Other]=(0)))', 'not ("Int" = 0 and "Other" = 0)'],
  [
    '(([Bit]=(1) AND [Date] IS NOT NULL) OR ([Bit]=(0) AND [Date] IS NULL))',
    '("Bit" = true and "Date" is not null) or ("Bit" = false and "Date" is null)',
  ],
  [
    '(case when [Int]>(0) then (1) else (0) end+case when [Other]>(0) then (1) else (0) end=(1))',
    '(case when "Int" > 0 then 1 else 0 end + case when "Other" > 0 then 1 else 0 end) = 1',
  ],
  ["([Code] like '%[%]%')", '"Code" collate "C" ~ \'[%]\''],
  ["([Code] not like '%[^a-z0-9]%')", '"Code" collate "C" !~ \'[^a-z0-9]\''],
  ['(isnull(len([Name]),(0))>(0))', 'coalesce(length(rtrim("Name", \' \')), 0) > 0'],
  ['([Money]>(-$19.9999))', '"Money" > (-19.9999)'],
  ['([Dec]*(100)=floor([Dec]*(100)))', '("Dec" * 100) = floor("Dec" * 100)'],
  [
    "(isnull([Date],'99991231')>=isnull([DateTime],'99991231'))",
    'coalesce("Date", \'9999-12-31\'::date)::timestamp >= coalesce("DateTime", \'9999-12-31 00:00:00\'::timestamp)',
  ],
  ['([Dec]/(100)<=(1))', '("Dec" * 0.01) <= 1'],
  ['([Int]/(10.0)>[Dec])', '("Int" * 0.1) > "Dec"'],
  ['(sign([Money])>=(0))', 'sign("Money") >= 0'],
  ['(([Bit]|[Bit])=(1))', '(("Bit"::integer | "Bit"::integer) <> 0) = true'],
]

/** Equal for texts of printable ASCII; not printed for others. */
export const ASCII_CHECK_IDIOMS: Pairs = [
  ["(charindex('ABC',[Name])>(0))", 'strpos(lower("Name" collate "C"), \'abc\') > 0'],
  ["(charindex('x',[Title])=(0))", 'strpos(lower("Title" collate "C"), \'x\') = 0'],
  ["(patindex('%@%',[Title])>=(1))", '"Title" collate "C" ~ \'@\''],
  ["(patindex('%[0-9]%',[State])>(0))", '"State"::text collate "C" ~ \'[0-9]\''],
  ["(patindex('%[a-z]%',[Name])<(1))", '"Name" collate "C" !~ \'[A-Za-z]\''],
  ["([Name] not like '%[^0-9-]%')", '"Name" collate "C" !~ E\'[^0-9\\\\-]\''],
  ["([Name] like '%_@_%._%')", '"Name" collate "C" ~ E\'.@..*\\\\..\''],
  ["(right([State],(2))='ca')", 'lower(rtrim(right(rpad("State"::text, 4), 2), \' \') collate "C") = \'ca\''],
  ["(substring([Name],(2),(100))<>'')", 'lower(rtrim(substring("Name", 2, 100), \' \') collate "C") <> \'\''],
]

/** T-SQL, PostgreSQL. */
export const COMPUTED_IDIOMS: Pairs = [
  [
    "(right('00000'+CONVERT([varchar](5),[Int]),(5)))",
    "right('00000' || regexp_replace(\"Int\"::text, '^.{6,}$', '*'), 5)",
  ],
  [
    "('SO'+right('000000'+CONVERT([varchar](10),[Int]),(6)))",
    "'SO' || right('000000' || regexp_replace(\"Int\"::text, '^.{11,}$', '*'), 6)",
  ],
  [
    "(right(replicate('0',(8))+CONVERT([varchar](8),[Other]),(8)))",
    "right('00000000' || regexp_replace(\"Other\"::text, '^.{9,}$', '*'), 8)",
  ],
  [
    "(CONVERT([varchar](4),year([Date]))+'-'+right('0'+CONVERT([varchar](2),month([Date])),(2)))",
    "(regexp_replace(extract(year from \"Date\")::integer::text, '^.{5,}$', '*') || '-') || right('0' || regexp_replace(extract(month from \"Date\")::integer::text, '^.{3,}$', '*'), 2)",
  ],
  [
    "(CONVERT([varchar](10),[Int])+':'+CONVERT([varchar](10),[Other]))",
    "(regexp_replace(\"Int\"::text, '^.{11,}$', '*') || ':') || regexp_replace(\"Other\"::text, '^.{11,}$', '*')",
  ],
  ["(CONVERT([nvarchar](5),[Small])+N'!')", '"Small"::text || \'!\''],
  [
    "(isnull(N'SO'+CONVERT([nvarchar](23),[Int]),N'*** ERROR ***'))",
    "coalesce('SO' || \"Int\"::text, '*** ERROR ***')",
  ],
  ["(isnull([Name]+' '+[Code],''))", 'coalesce(("Name" || \' \') || "Code", \'\')'],
  ["(isnull([Title],N'')+isnull(N' - '+[Title],N''))", "coalesce(\"Title\", '') || coalesce(' - ' || \"Title\", '')"],
  ["(isnull(case when [Int]>(0) then [Code] end,'none'))", 'coalesce(case when "Int" > 0 then "Code" end, \'none\')'],
  [
    "(isnull(nullif([Code],''),'n/a'))",
    'coalesce(case when rtrim("Code", \' \') collate "C" = \'\' then null else "Code" end, \'n/a\')',
  ],
  ["(isnull(CONVERT([varchar](10),[Int]),'n/a'))", "coalesce(regexp_replace(\"Int\"::text, '^.{11,}$', '*'), 'n/a')"],
  ["(isnull(coalesce([Code],[Name]),'x'))", 'coalesce(coalesce("Code", "Name"), \'x\')'],
  [
    '(eomonth([Date],(1)))',
    "(date_trunc('month', (\"Date\" + interval '1 month')::date::timestamp) + interval '1 month -1 day')::date",
  ],
  [
    '(eomonth([DateTime],(-1)))',
    "(date_trunc('month', \"DateTime\" + interval '-1 month') + interval '1 month -1 day')::date",
  ],
  [
    '(dateadd(day,datediff(day,(0),[DateTime]),(0)))',
    "'1900-01-01 00:00:00'::timestamp + (\"DateTime\"::date - '1900-01-01'::date) * interval '1 day'",
  ],
  [
    '(dateadd(month,datediff(month,(0),[DateTime]),(0)))',
    "'1900-01-01 00:00:00'::timestamp + ((extract(year from \"DateTime\")::integer * 12 + extract(month from \"DateTime\")::integer) - (extract(year from '1900-01-01 00:00:00'::timestamp)::integer * 12 + extract(month from '1900-01-01 00:00:00'::timestamp)::integer)) * interval '1 month'",
  ],
  [
    '(dateadd(month,datediff(month,(0),[Date])+(1),(-1)))',
    "'1899-12-31 00:00:00'::timestamp + (((extract(year from \"Date\")::integer * 12 + extract(month from \"Date\")::integer) - (extract(year from '1900-01-01 00:00:00'::timestamp)::integer * 12 + extract(month from '1900-01-01 00:00:00'::timestamp)::integer)) + 1) * interval '1 month'",
  ],
  [
    '(dateadd(year,datediff(year,(0),[Date]),(0)))',
    "'1900-01-01 00:00:00'::timestamp + (extract(year from \"Date\")::integer - extract(year from '1900-01-01 00:00:00'::timestamp)::integer) * interval '1 year'",
  ],
  [
    '(dateadd(hour,datediff(hour,(0),[DateTime]),(0)))',
    "'1900-01-01 00:00:00'::timestamp + (extract(epoch from date_trunc('hour', \"DateTime\") - date_trunc('hour', '1900-01-01 00:00:00'::timestamp)) / 3600)::integer * interval '1 hour'",
  ],
  [
    '(CONVERT([date],dateadd(day,datediff(day,(0),[DateTime]),(0))))',
    "('1900-01-01 00:00:00'::timestamp + (\"DateTime\"::date - '1900-01-01'::date) * interval '1 day')::date",
  ],
  ['(~[Bit])', 'not "Bit"'],
  ['([DateTime]+[Int])', '"DateTime" + "Int" * interval \'1 day\''],
  ['([DateTime]-[Tiny]%(2))', '"DateTime" - ("Tiny" % 2) * interval \'1 day\''],
  ['(space((3))+[Code])', '\'   \' || "Code"'],
  ['([Name]+char((10))+[Code])', '("Name" || \'\n\') || "Code"'],
  ['([Title]+nchar((9)))', '"Title" || \'\t\''],
  ["(replicate('ab',(3))+[Code])", '\'ababab\' || "Code"'],
  ['(lower(CONVERT([varchar](36),[Guid])))', 'lower(upper("Guid"::text) collate "C")'],
  [
    "(lower(replace(CONVERT([varchar](36),[Guid]),'-','')))",
    'lower(replace(upper("Guid"::text), \'-\', \'\') collate "C")',
  ],
  ['(left(CONVERT([char](36),[Guid]),(8)))', 'left(upper("Guid"::text), 8)'],
  [
    '(CONVERT([int],CONVERT([varchar](8),[Date],(112))))',
    '(lpad(extract(year from "Date")::text, 4, \'0\') || lpad(extract(month from "Date")::text, 2, \'0\') || lpad(extract(day from "Date")::text, 2, \'0\'))::integer',
  ],
  [
    '(CONVERT([int],CONVERT([char](6),[DateTime],(112))))',
    '(lpad(extract(year from "DateTime")::text, 4, \'0\') || lpad(extract(month from "DateTime")::text, 2, \'0\'))::integer',
  ],
  [
    '(CONVERT([int],substring(CONVERT([varchar](8),[Date],(112)),(7),[Tiny]%(3))))',
    '(\'0\' || substring((lpad(extract(year from "Date")::text, 4, \'0\') || lpad(extract(month from "Date")::text, 2, \'0\') || lpad(extract(day from "Date")::text, 2, \'0\')), 7, "Tiny" % 3))::integer',
  ],
  [
    '(CONVERT([varchar](6),[Date],(112)))',
    '(lpad(extract(year from "Date")::text, 4, \'0\') || lpad(extract(month from "Date")::text, 2, \'0\'))',
  ],
  [
    '(CONVERT([varchar](7),[Date],(120)))',
    "(lpad(extract(year from \"Date\")::text, 4, '0') || '-' || lpad(extract(month from \"Date\")::text, 2, '0'))",
  ],
  [
    '(CONVERT([char](10),[Date],(126)))',
    "(lpad(extract(year from \"Date\")::text, 4, '0') || '-' || lpad(extract(month from \"Date\")::text, 2, '0') || '-' || lpad(extract(day from \"Date\")::text, 2, '0'))",
  ],
  [
    '(CONVERT([varchar](10),[DateTime],(126)))',
    "(lpad(extract(year from \"DateTime\")::text, 4, '0') || '-' || lpad(extract(month from \"DateTime\")::text, 2, '0') || '-' || lpad(extract(day from \"DateTime\")::text, 2, '0'))",
  ],
  [
    '(CONVERT([varchar](19),[DateTime],(126)))',
    "(lpad(extract(year from \"DateTime\")::text, 4, '0') || '-' || lpad(extract(month from \"DateTime\")::text, 2, '0') || '-' || lpad(extract(day from \"DateTime\")::text, 2, '0') || 'T' || lpad(extract(hour from \"DateTime\")::text, 2, '0') || ':' || lpad(extract(minute from \"DateTime\")::text, 2, '0') || ':' || lpad(floor(extract(second from \"DateTime\"))::text, 2, '0'))",
  ],
  [
    '(CONVERT([varchar](10),[DateTime2],(120)))',
    "(lpad(extract(year from \"DateTime2\")::text, 4, '0') || '-' || lpad(extract(month from \"DateTime2\")::text, 2, '0') || '-' || lpad(extract(day from \"DateTime2\")::text, 2, '0'))",
  ],
  [
    "(CONVERT([char](8),[DateTime],(112))+'-'+[Code])",
    '((lpad(extract(year from "DateTime")::text, 4, \'0\') || lpad(extract(month from "DateTime")::text, 2, \'0\') || lpad(extract(day from "DateTime")::text, 2, \'0\')) || \'-\') || "Code"',
  ],
  ['(CONVERT([varchar](20),isnull([Dec],(0))))', 'coalesce("Dec", 0)::numeric(10, 2)::text'],
  [
    '(CONVERT([varchar](20),case when [Int]=(1) then (1) else (2.5) end))',
    'case when "Int" = 1 then 1 else 2.5 end::numeric(2, 1)::text',
  ],
  ['(CONVERT([varchar](20),[Dec]+(1)))', '("Dec" + 1)::numeric(11, 2)::text'],
  ['(CONVERT([varchar](41),abs([Dec])))', 'abs("Dec")::numeric(38, 2)::text'],
  ["(concat([Dec]*(2),''))", "coalesce((\"Dec\" * 2)::numeric(12, 2)::text, '') || ''"],
  ['(CONVERT([varchar](8),[Dec]))', '"Dec"::text'],
  ['(CONVERT([nvarchar](20),[Big]*(10)))', '("Big" * 10)::text'],
  ['(isnull([Int],[Other])*(2))', 'coalesce("Int", "Other") * 2'],
  [
    "(case when charindex('@',[Code])>(0) then left([Code],charindex('@',[Code])-(1)) else [Code] end)",
    'case when strpos("Code", \'@\') > 0 then substring("Code", 1, strpos("Code", \'@\') - 1) else "Code" end',
  ],
  ["(substring([Code],charindex('-',[Code])+(1),(20)))", 'substring("Code", strpos("Code", \'-\') + 1, 20)'],
  [
    "(ltrim(rtrim(isnull([Code],'')+' '+isnull([Name],''))))",
    "ltrim(rtrim((coalesce(\"Code\", '') || ' ') || coalesce(\"Name\", ''), ' '), ' ')",
  ],
  [
    '(year([Date])*(10000)+month([Date])*(100)+day([Date]))',
    '((extract(year from "Date")::integer * 10000) + (extract(month from "Date")::integer * 100)) + extract(day from "Date")::integer',
  ],
  [
    '(datefromparts(year([Date]),month([Date]),(1)))',
    'make_date(extract(year from "Date")::integer, extract(month from "Date")::integer, 1)',
  ],
  [
    '(dateadd(day,(-day([Date]))+(1),[Date]))',
    '("Date" + ((-extract(day from "Date")::integer) + 1) * interval \'1 day\')::date',
  ],
  ['([Dec]*((1.0)+[Dec]*(0.01)))', '"Dec" * (1.0 + ("Dec" * 0.01))'],
  ['(CONVERT([decimal](12,2),[Dec]*(1.19)))', '("Dec" * 1.19)::numeric(12, 2)'],
  ["(iif([Bit]=(1),'Y','N'))", "case when \"Bit\" = true then 'Y' else 'N' end"],
  ['([Dec]/(100))', '"Dec" * 0.01'],
  ['([Dec]/(-4))', '"Dec" * (-0.25)'],
  ['([Dec]/(2.5))', '"Dec" * 0.4'],
  ['([Dec]/(0.25))', '"Dec" * 4'],
  ['(([Dec]*[Int])/(100))', '("Dec" * "Int") * 0.01'],
  ['([Dec]*((100)-[Dec])/(100))', '("Dec" * (100 - "Dec")) * 0.01'],
  ['([Dec]-[Dec]/(10))', '"Dec" - ("Dec" * 0.1)'],
  ['(CONVERT([decimal](10,2),[Dec]*(19)/(100)))', '(("Dec" * 19) * 0.01)::numeric(10, 2)'],
  ['(CONVERT([decimal](18,2),[Int])/(100))', '"Int"::numeric(18, 2) * 0.01'],
  ['(CONVERT([int],[Dec]/(100)))', 'trunc("Dec" * 0.01)::integer'],
  ['(CONVERT([int],[Dec]*[Dec]))', 'trunc("Dec" * "Dec")::integer'],
  ['(CONVERT([varchar](30),[Dec]*[Dec]))', '("Dec" * "Dec")::numeric(21, 4)::text'],
  ['(sign([Dec]))', 'sign("Dec")'],
  ['(sign([Big]))', 'sign("Big")::bigint'],
  ['(sign([Small])*[Int])', 'sign("Small"::integer)::integer * "Int"'],
  ['(sign([Float]))', 'sign("Float")'],
  ['([Bit]&[Bit])', '("Bit"::integer & "Bit"::integer) <> 0'],
]

/** Equal for texts of printable ASCII; not printed for others. */
export const ASCII_COMPUTED_IDIOMS: Pairs = [
  ['([State]+[Code])', 'rpad("State"::text, 4) || "Code"'],
  ["([State]+'-'+[Name])", '(rpad("State"::text, 4) || \'-\') || "Name"'],
  ["(isnull([State]+'-','')+[Code])", 'coalesce(rpad("State"::text, 4) || \'-\', \'\') || "Code"'],
  [
    "(isnull(nullif([Name],''),'n/a'))",
    'coalesce(case when lower(rtrim("Name", \' \') collate "C") = \'\' then null else "Name" end, \'n/a\')',
  ],
  [
    "(case when [Name] like 'm%' then 'Male' when [Name] like 'f%' then 'Female' else 'Other' end)",
    "case when \"Name\" collate \"C\" ~ '^[Mm]' then 'Male' when \"Name\" collate \"C\" ~ '^[Ff]' then 'Female' else 'Other' end",
  ],
  [
    '(upper(left([Code],(1)))+lower(substring([Code],(2),(20))))',
    'upper(left("Code", 1) collate "C") || lower(substring("Code", 2, 20) collate "C")',
  ],
]

/** T-SQL, PostgreSQL. */
export const FILTER_IDIOMS: Pairs = [
  ['(~[Bit]=(1))', '(not "Bit") = true'],
  ["([Code] IS NOT NULL AND [Code]<>'')", '"Code" is not null and rtrim("Code", \' \') collate "C" <> \'\''],
  ["([Date]>='1/1/2000')", '"Date" >= \'2000-01-01\'::date'],
  ["([DateTime]>='2020-01-01T00:00:00.000')", '"DateTime" >= \'2020-01-01 00:00:00\'::timestamp'],
  ["(patindex('%[0-9]%',[Code])>(0))", '"Code" collate "C" ~ \'[0-9]\''],
]
