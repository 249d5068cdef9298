import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Backup,
  dump,
  type Finding,
  openBackup,
  type RestorePlan,
  restore,
  type Target,
  verifyTarget,
} from '@albackup/core'
import { postgres } from '@albackup/dialect-postgres'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALTERED_MODEL, schemaBackup } from './altered-model.ts'

const CONTEXT = { signal: new AbortController().signal, warn() {}, debug() {} }
const REQUEST = { backup: schemaBackup(ALTERED_MODEL), policy: {}, context: CONTEXT, onEvent: () => {} }
const CHOICES = { allowRestore: false, checkRI: false, prove: false, failOnLoss: false }

const CREDIT =
  'alter table sales.customers drop constraint ck_customers_credit, add constraint ck_customers_credit check'
const CUSTOMER =
  'alter table sales.orders drop constraint fk_orders_customer, add constraint fk_orders_customer foreign key (customer)'
const NAME = 'drop index sales.ix_customers_name; create index ix_customers_name on sales.customers'
const COMMENT = "; comment on index sales.ix_customers_name is 'For the search.'"
const TWICE = 'alter table sales.customers drop twice; alter table sales.customers add twice numeric(10, 2)'

const TOUCH = 'create function sales.touch() returns trigger language plpgsql as $$begin return new; end$$;'

/** What the tables of the plan have beyond it. */
const ADDITIONS: readonly (readonly [script: string, ...sentences: string[]])[] = [
  [
    "alter table sales.customers add more text default 'x'",
    'table sales.customers: column more is in the target and not in the plan',
  ],
  [
    'alter table sales.orders add more integer generated always as identity',
    'table sales.orders: column more is in the target and not in the plan',
  ],
  [
    'alter table sales.orders alter customer set not null, alter customer add generated always as identity',
    'table sales.orders: column customer is not nullable in the target and nullable in the plan',
    'table sales.orders: identity customer is in the target and not in the plan',
  ],
  [
    'create index more on sales.customers (name)',
    'table sales.customers: index more is in the target and not in the plan',
  ],
  [
    'create unique index more on sales.customers (rank)',
    'table sales.customers: index more is in the target and not in the plan',
  ],
  ['create index more on sales.customers (lower(name))', 'index sales.more is in the target and not in the plan'],
  [
    'alter table sales.customers add constraint more unique (rank)',
    'table sales.customers: unique key more is in the target and not in the plan',
  ],
  [
    'alter table sales.customers add constraint more check (rank <> 3)',
    'table sales.customers: check more is in the target and not in the plan',
  ],
  [
    'alter table sales.orders add constraint more foreign key (adviser) references sales.orders (id)',
    'table sales.orders: foreign key more is in the target and not in the plan',
  ],
  [
    'alter table sales.orders add constraint more exclude using btree (adviser with =)',
    'exclusion constraint more on sales.orders is in the target and not in the plan',
  ],
  [
    `${TOUCH} create trigger more before update on sales.orders for each row execute function sales.touch()`,
    'trigger sales.more on sales.orders is in the target and not in the plan',
  ],
  [
    `${TOUCH} create trigger more before update on sales.orders for each row execute function sales.touch();
      alter table sales.orders disable trigger more`,
    'trigger sales.more on sales.orders is in the target and not in the plan',
  ],
  [
    `${TOUCH} create constraint trigger more after insert on sales.orders deferrable for each row execute function sales.touch()`,
    'trigger sales.more on sales.orders is in the target and not in the plan',
  ],
  [
    'create rule more as on delete to sales.orders do instead nothing',
    'rule more on sales.orders is in the target and not in the plan',
  ],
  [
    'create policy more on sales.orders using (id > 0)',
    'policy more on sales.orders is in the target and not in the plan',
  ],
  [
    'alter table sales.orders force row level security',
    'table sales.orders has force row security yes in the target and none in the plan',
  ],
  [
    'alter table sales.orders replica identity full',
    'table sales.orders has settings ["replica identity full"] in the target and none in the plan',
  ],
  [
    'alter table sales.orders replica identity using index pk_orders',
    'index setting sales.pk_orders is in the target and not in the plan',
  ],
  [
    'alter table sales.orders cluster on pk_orders',
    'index setting sales.pk_orders is in the target and not in the plan',
  ],
  [
    'create statistics sales.more on id, customer from sales.orders',
    'statistics sales.more is in the target and not in the plan',
  ],
  [
    'create table sales.parent (id integer not null); alter table sales.orders inherit sales.parent',
    'table sales.orders has inherits [{"name":"parent","schema":"sales"}] in the target and none in the plan',
  ],
  [
    'create table sales.child () inherits (sales.orders)',
    'table sales.orders has heirs [{"name":"child","schema":"sales"}] in the target and none in the plan',
  ],
  [
    'alter table sales.orders alter constraint fk_orders_customer not enforced',
    'table sales.orders: foreign key fk_orders_customer is not trusted in the target and trusted in the plan',
    'table sales.orders: foreign key fk_orders_customer has not enforced yes in the target and none in the plan',
  ],
  [
    `${CREDIT} (credit >= 0) not enforced`,
    'table sales.customers: check ck_customers_credit is not trusted in the target and trusted in the plan',
    'table sales.customers: check ck_customers_credit has not enforced yes in the target and none in the plan',
  ],
  [
    `${CREDIT} (credit >= 0) no inherit`,
    'table sales.customers: check ck_customers_credit has no inherit yes in the target and none in the plan',
  ],
  [
    'alter table sales.customers alter name set compression pglz',
    `table sales.customers has settings ["alter column \\"name\\" set compression pglz"] in the target and none in the plan`,
  ],
  [
    'alter table sales.customers add constraint more not null since',
    'table sales.customers: column since is not nullable in the target and nullable in the plan',
  ],
]

/** What was done by hand, and what the proof says of it. */
const ALTERATIONS: readonly (readonly [script: string, ...sentences: string[]])[] = [
  [
    'alter table sales.customers alter name type varchar(81)',
    'table sales.customers: column name is character varying(81) in the target and varchar(80) in the plan',
  ],
  [
    'alter table sales.customers alter rank type integer',
    'table sales.customers: column rank is integer in the target and smallint in the plan',
  ],
  [
    'alter table sales.customers alter name drop not null',
    'table sales.customers: column name is nullable in the target and not nullable in the plan',
  ],
  [
    'alter table sales.customers alter since set not null',
    'table sales.customers: column since is not nullable in the target and nullable in the plan',
  ],
  [
    'alter table sales.customers alter rank drop default',
    'table sales.customers: column rank has no default in the target and 1 in the plan',
  ],
  [
    'alter table sales.customers alter rank set default 2',
    'table sales.customers: column rank has default 2 in the target and 1 in the plan',
  ],
  [
    "alter table sales.customers alter name set default ''",
    "table sales.customers: column name has default ''::character varying in the target and none in the plan",
  ],
  [
    "alter table sales.customers alter since set default '2020-02-28'",
    "table sales.customers: column since has default '2020-02-28'::date in the target and '2020-02-29'::date in the plan",
  ],
  [
    'alter table sales.orders alter id set default 1',
    'table sales.orders: column id has default 1 in the target and nextval(\'"sales"."numbers"\')::integer in the plan',
  ],
  [
    'alter table sales.customers alter id drop identity',
    'table sales.customers: column id has no identity in the target and (1001,3) in the plan',
  ],
  [
    'alter table sales.customers alter id set increment by 7',
    'table sales.customers: column id has identity (1001,7) in the target and (1001,3) in the plan',
  ],
  [
    'alter table sales.customers alter twice drop expression',
    'table sales.customers: column twice has no computed value in the target and "credit" + "credit" in the plan',
  ],
  [
    `${TWICE} generated always as (credit * 3) stored`,
    'table sales.customers: column twice has computed value (credit * (3)::numeric) in the target and "credit" + "credit" in the plan',
  ],
  [TWICE.split(';')[0]!, 'table sales.customers: column twice is not in the target'],
  [
    `${CREDIT} (credit >= 1)`,
    'table sales.customers: check ck_customers_credit has condition (credit >= (1)::numeric) in the target and "credit" >= 0 in the plan',
  ],
  [
    `${CREDIT} (credit >= 0) not valid`,
    'table sales.customers: check ck_customers_credit is not trusted in the target and trusted in the plan',
  ],
  [
    'alter table sales.customers validate constraint ck_customers_old',
    'table sales.customers: check ck_customers_old is trusted in the target and not trusted in the plan',
  ],
  [
    'alter table sales.customers drop constraint ck_customers_old',
    'table sales.customers: check ck_customers_old is not in the target',
  ],
  [
    'alter table sales.customers drop constraint customers_rank_range',
    'table sales.customers: check customers_rank_range is not in the target',
  ],
  [
    `${CUSTOMER} references sales.customers on delete cascade not valid`,
    'table sales.orders: foreign key fk_orders_customer is not trusted in the target and trusted in the plan',
  ],
  [
    `${CUSTOMER} references sales.customers`,
    'table sales.orders: foreign key fk_orders_customer has delete action no action in the target and cascade in the plan',
  ],
  [
    `${CUSTOMER} references sales.orders on delete cascade`,
    'table sales.orders: foreign key fk_orders_customer has reference sales.orders (id) in the target and sales.customers (id) in the plan',
  ],
  [
    'alter table sales.orders validate constraint fk_orders_adviser',
    'table sales.orders: foreign key fk_orders_adviser is trusted in the target and not trusted in the plan',
  ],
  [
    'alter table sales.orders drop constraint fk_orders_adviser',
    'table sales.orders: foreign key fk_orders_adviser is not in the target',
  ],
  [
    'alter table sales.customers drop constraint uq_customers_email',
    'table sales.customers: unique key uq_customers_email is not in the target',
  ],
  [
    'alter table sales.orders drop constraint pk_orders, add constraint pk_orders primary key (adviser, id)',
    'table sales.orders: column adviser is not nullable in the target and nullable in the plan',
    'table sales.orders: primary key pk_orders has columns (adviser, id) in the target and (id) in the plan',
  ],
  [
    `${NAME} (name, since) include (email, credit) where credit > 0${COMMENT}`,
    'table sales.customers: index ix_customers_name has columns (name, since) in the target and (name, since desc) in the plan',
  ],
  [
    `${NAME} (name, since desc) include (email) where credit > 0${COMMENT}`,
    'table sales.customers: index ix_customers_name has included columns (email) in the target and (credit, email) in the plan',
  ],
  [
    `${NAME} (name, since desc) include (email, credit)${COMMENT}`,
    'table sales.customers: index ix_customers_name has no filter in the target and "credit" > 0 in the plan',
  ],
  [
    `${NAME} (name, since desc) include (email, credit) where credit > 1${COMMENT}`,
    'table sales.customers: index ix_customers_name has filter (credit > (1)::numeric) in the target and "credit" > 0 in the plan',
  ],
  [
    `${NAME.replace('create', 'create unique')} (name, since desc) include (email, credit) where credit > 0${COMMENT}`,
    'table sales.customers: index ix_customers_name is unique in the target and not unique in the plan',
  ],
  [
    'alter sequence sales.numbers increment by 6',
    'sequence sales.numbers has increment 6 in the target and 5 in the plan',
  ],
  ['alter sequence sales.numbers cycle', 'sequence sales.numbers is cycling in the target and not cycling in the plan'],
  [
    'alter table sales.orders alter id drop default; drop sequence sales.numbers',
    'table sales.orders: column id has no default in the target and nextval(\'"sales"."numbers"\')::integer in the plan',
    'sequence sales.numbers is not in the target',
  ],
  [
    "comment on table sales.customers is 'Who sells.'",
    'table sales.customers has comment "Who sells." in the target and "Who buys." in the plan',
  ],
  [
    'comment on column sales.customers.name is null',
    'table sales.customers: column name has no comment in the target and "As on the letters." in the plan',
  ],
  [
    "comment on column sales.orders.id is 'more'",
    'table sales.orders: column id has comment "more" in the target and none in the plan',
  ],
  [
    "comment on table sales.orders is 'more'",
    'table sales.orders has comment "more" in the target and none in the plan',
  ],
  [
    'alter table sales.customers alter name type varchar(80) collate "C"',
    'table sales.customers: column name has collation pg_catalog."C" in the target and none in the plan',
  ],
  [
    'alter table sales.customers set (fillfactor = 70), set (autovacuum_enabled = off)',
    'table sales.customers has options ["fillfactor=70","autovacuum_enabled=off"] in the target and none in the plan',
  ],
  [
    'alter table sales.customers alter name set storage external, alter name set statistics 7',
    `table sales.customers has settings ["alter column \\"name\\" set storage external","alter column \\"name\\" set statistics 7"] in the target and none in the plan`,
  ],
  ['alter table sales.orders set unlogged', 'table sales.orders has unlogged yes in the target and none in the plan'],
  [
    'alter table sales.orders enable row level security',
    'table sales.orders has row security yes in the target and none in the plan',
  ],
  [
    'alter index sales.ix_customers_name set (fillfactor = 60)',
    'table sales.customers: index ix_customers_name has options ["fillfactor=60"] in the target and none in the plan',
  ],
  [
    'alter index sales.pk_orders set (fillfactor = 60)',
    'table sales.orders: primary key pk_orders has options ["fillfactor=60"] in the target and none in the plan',
  ],
  [
    'alter table sales.customers drop constraint uq_customers_email, add constraint uq_customers_email unique nulls not distinct (email)',
    'table sales.customers: unique key uq_customers_email has nulls not distinct yes in the target and none in the plan',
  ],
  [
    'alter table sales.customers alter id set generated always',
    'table sales.customers: identity id has kind always in the target and by default in the plan',
  ],
  [
    'alter table sales.customers alter id set cycle',
    'table sales.customers: identity id has cycle yes in the target and none in the plan',
  ],
  [
    'alter table sales.customers alter id set maxvalue 5000',
    'table sales.customers: identity id has maximum 5000 in the target and 2147483647 in the plan',
  ],
  [
    'alter table sales.orders disable trigger all',
    'table sales.orders: foreign key fk_orders_customer is disabled in the target and enabled in the plan',
    'table sales.orders: foreign key fk_orders_adviser is disabled in the target and enabled in the plan',
  ],
  [
    "comment on constraint ck_customers_credit on sales.customers is 'more'",
    'comment table constraint ck_customers_credit on sales.customers is in the target and not in the plan',
  ],
  [
    `${CUSTOMER} references sales.customers on delete cascade deferrable`,
    'table sales.orders: foreign key fk_orders_customer has deferring deferrable in the target and none in the plan',
  ],
  [
    `${CUSTOMER} references sales.customers on delete cascade on update restrict`,
    'table sales.orders: foreign key fk_orders_customer has restrict update in the target and none in the plan',
  ],
  [
    'alter table sales.customers drop constraint uq_customers_email, add constraint uq_customers_email unique (email) initially deferred',
    'table sales.customers: unique key uq_customers_email has deferring initially deferred in the target and none in the plan',
  ],
  ['comment on schema sales is null', 'schema sales has no comment in the target and "What is sold." in the plan'],
  ...ADDITIONS,
]

/** The same in other words, and more than the backup has. */
const UNALTERED: readonly string[] = [
  `${CREDIT} (not credit < 0::numeric)`,
  "alter table sales.customers alter since set default date '2020-02-29'",
  'alter table sales.orders rename constraint fk_orders_customer to customer; alter index sales.ix_customers_name rename to name',
  'create table sales.more (customer integer references sales.customers); create view sales.most as select 1 as one',
]

function connection({ host, port, user, password }: PostgresServer, database: string) {
  return postgres.parseConnection({ host, port, user, password, database })
}

async function run({ host, port, user, password }: PostgresServer, database: string, script: string): Promise<void> {
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  try {
    await client.query(script)
  } finally {
    await client.end()
  }
}

let copies = 0

/** What the proof says of a copy that the script has altered. */
async function said(
  server: PostgresServer,
  template: string,
  script: string,
  backup: Backup = REQUEST.backup,
): Promise<readonly string[]> {
  const database = `altered_${++copies}`
  await run(server, 'postgres', `create database ${database} template ${template}`)
  await run(server, database, script)
  await using target = await postgres.openTarget!(connection(server, database), CONTEXT)
  const { proven, missing, notCompared } = await verifyTarget({ ...REQUEST, backup, target, onRequest: true })
  expect(proven).toBe(missing?.length === 0)
  return [...(missing ?? []).map(({ sentence }) => sentence), ...notCompared]
}

describe('a schema of SQL Server, restored into PostgreSQL', () => {
  let server: PostgresServer
  let template: string
  beforeAll(async () => {
    server = await startPostgres()
    template = await server.createDatabase()
    await using target = await postgres.openTarget!(connection(server, template), CONTEXT)
    const { findings } = await restore({ ...REQUEST, ...CHOICES, target })
    expect(findings.filter(({ severity }) => severity === 'lost')).toEqual([])
  }, 60_000)
  afterAll(() => server?.[Symbol.asyncDispose]())

  it('is proven, every part of it', async () => {
    expect(await said(server, template, '')).toEqual([])
  })

  it('is proven where a key keeps texts of any case apart by an index of its own, which is named when it is gone', async () => {
    const comparison = { by: 'characters', caseSensitive: false, ignoresTrailingBlanks: false } as const
    const [customers, ...rest] = ALTERED_MODEL.tables
    const columns = customers!.columns.map((column) =>
      column.logical.kind === 'text' ? { ...column, logical: { ...column.logical, comparison } } : column,
    )
    const backup = schemaBackup({ ...ALTERED_MODEL, tables: [{ ...customers!, columns }, ...rest] })
    const request = { ...REQUEST, backup, policy: { text: { ignoreCase: 'lower' } } }
    const database = await server.createDatabase()
    await using target = await postgres.openTarget!(connection(server, database), CONTEXT)
    await restore({ ...request, ...CHOICES, target })
    const found = async () => {
      const { missing, notCompared } = await verifyTarget({ ...request, target })
      return [...(missing ?? []).map(({ sentence }) => sentence), ...notCompared]
    }
    expect(await found()).toEqual([])
    await run(server, database, 'drop index sales.uq_customers_email_lower')
    expect(await found()).toEqual(['index "sales"."uq_customers_email_lower" is not in the target'])
  })

  it.each(ALTERATIONS)('is not proven after: %s', async (script, ...sentences) => {
    expect(await said(server, template, script)).toEqual(sentences)
  })

  it('is named by the restore itself where it is altered meanwhile, whatever the plan says of the part', async () => {
    const database = await server.createDatabase()
    await using target = await postgres.openTarget!(connection(server, database), CONTEXT)
    const meddled: Target = Object.assign(Object.create(target) as Target, {
      async plan(...order: Parameters<Target['plan']>): Promise<RestorePlan> {
        const plan = await target.plan(...order)
        const said = { severity: 'info', kind: 'check', message: 'is carried' } as const
        return { ...plan, findings: [...plan.findings, { ...said, object: 'sales.customers.ck_customers_credit' }] }
      },
      async createSchema(...order: Parameters<Target['createSchema']>): Promise<readonly Finding[]> {
        if (order[1] === 'objects') {
          await run(server, database, 'alter table sales.customers drop constraint ck_customers_credit')
        }
        return target.createSchema(...order)
      },
    })
    const leftBehind = [{ kind: 'ledger', name: '[sales].[customers]', reason: 'it cannot be made again' }]
    const backup = schemaBackup({ ...ALTERED_MODEL, leftBehind })
    const { missing, findings } = await restore({ ...REQUEST, ...CHOICES, backup, target: meddled, prove: true })
    expect(missing?.map(({ sentence }) => sentence)).toEqual([
      'table sales.customers: check ck_customers_credit is not in the target',
    ])
    expect(findings.at(-1)).toEqual({
      severity: 'lost',
      kind: 'ledger',
      object: '[sales].[customers]',
      message: 'is not in the backup: it cannot be made again',
    })
  })

  it('is told by the restore itself where a part could not be compared', async () => {
    await using target = await postgres.openTarget!(connection(server, await server.createDatabase()), CONTEXT)
    const silent: Target = Object.assign(Object.create(target) as Target, {
      compareTexts: async (pairs: readonly unknown[]) => pairs.map(() => null),
    })
    const { missing, notCompared } = await restore({ ...REQUEST, ...CHOICES, target: silent, prove: true })
    expect([missing, notCompared?.length]).toEqual([[], expect.any(Number)])
    expect(notCompared?.[0]).toMatch(/cannot be told$/)
  })

  it.each(UNALTERED)('is proven after: %s', async (script) => {
    expect(await said(server, template, script)).toEqual([])
  })
})

const OWN = `
  create schema shop;
  create domain shop.price as numeric(10, 2) check (value >= 0);
  create type shop.state as enum ('new', 'paid');
  create table shop.things (id serial primary key, name varchar(40) not null check (name in ('a', 'b') or name like 'c%'),
    price shop.price default 1, note varchar(9), state shop.state default 'new', lower_name text generated always as (lower(name)) stored);
  create index things_price on shop.things (price);
  create index things_lower on shop.things (lower(name), price desc) where price > 1;
  alter table shop.things add constraint things_name unique (name) with (fillfactor = 80) deferrable initially deferred;
  create view shop.dear as select id, name from shop.things where price > 100 and name = any (array['a', 'b']);
  create function shop.twice(integer) returns integer language sql immutable as 'select 2 * $1';
  create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger touched before update on shop.things for each row execute function shop.touch();
  alter table shop.things enable row level security;
  create policy everyone on shop.things using (price > 0);
  comment on view shop.dear is 'What is dear.'`

const OWN_ALTERATIONS: typeof ALTERATIONS = [
  [
    'alter table shop.things alter note type varchar(50)',
    'table shop.things: column note is character varying(50) in the target and character varying(9) in the plan',
  ],
  [
    "alter table shop.things alter state set default 'paid'",
    "table shop.things: column state has default 'paid'::shop.state in the target and 'new'::shop.state in the plan",
  ],
  [
    'alter domain shop.price drop constraint price_check',
    'type shop.price has no checks in the target and ["price_check CHECK ((VALUE >= (0)::numeric))"] in the plan',
  ],
  ['alter domain shop.price set default 7', 'type shop.price has default 7 in the target and none in the plan'],
  ['alter view shop.dear set (security_barrier)', 'view shop.dear has another text in the target than in the plan'],
  ["alter type shop.state add value 'sent'", 'type shop.state has another text in the target than in the plan'],
  [
    'create or replace view shop.dear as select id, name from shop.things where price > 200',
    'view shop.dear has another text in the target than in the plan',
  ],
  [
    "comment on function shop.twice(integer) is 'more'",
    'comment function shop.twice(integer) is in the target and not in the plan',
  ],
  [
    "comment on constraint things_name on shop.things is 'more'",
    'comment table constraint things_name on shop.things is in the target and not in the plan',
  ],
  [
    "comment on trigger touched on shop.things is 'more'",
    'comment trigger touched on shop.things is in the target and not in the plan',
  ],
  ["comment on type shop.state is 'more'", 'comment type shop.state is in the target and not in the plan'],
  [
    "comment on index shop.things_price is 'more'",
    'table shop.things: index things_price has comment "more" in the target and none in the plan',
  ],
  [
    'alter table shop.things set (fillfactor = 70)',
    'table shop.things has options ["fillfactor=70"] in the target and none in the plan',
  ],
  [
    'alter table shop.things alter note type varchar(9) collate "C"',
    'table shop.things: column note has collation pg_catalog."C" in the target and none in the plan',
  ],
  [
    'alter index shop.things_name reset (fillfactor)',
    'table shop.things: unique key things_name has definition UNIQUE (name) DEFERRABLE INITIALLY DEFERRED in the target and UNIQUE (name) WITH (fillfactor=80) DEFERRABLE INITIALLY DEFERRED in the plan',
    'table shop.things: unique key things_name has no options in the target and ["fillfactor=80"] in the plan',
  ],
  ['drop view shop.dear', 'comment view shop.dear is not in the target', 'view shop.dear is not in the target'],
  [
    "create or replace function shop.twice(integer) returns integer language sql immutable as 'select 3 * $1'",
    'function shop.twice(integer) has another text in the target than in the plan',
  ],
  ['drop trigger touched on shop.things', 'trigger shop.touched on shop.things is not in the target'],
  [
    'alter table shop.things disable trigger touched',
    'trigger shop.touched on shop.things is disabled in the target and enabled in the plan',
  ],
  [
    'alter table shop.things disable row level security',
    'row security shop.things is not in the target',
    'table shop.things has no row security in the target and yes in the plan',
  ],
  [
    'alter policy everyone on shop.things using (true)',
    'policy everyone on shop.things has another text in the target than in the plan',
  ],
  [
    'drop index shop.things_lower; create index things_lower on shop.things (lower(name), price) where price > 1',
    'index shop.things_lower has another text in the target than in the plan',
  ],
  [
    "comment on view shop.dear is 'What is cheap.'",
    'comment view shop.dear has another text in the target than in the plan',
  ],
]

/** A table with partitions, one with heirs, and one that somebody was granted. */
const MORE_OWN = `
  create table shop.parts (id integer, day date not null, note text) partition by range (day);
  create table shop.parts_1 partition of shop.parts for values from ('2024-01-01') to ('2025-01-01');
  create index parts_id on shop.parts (id);
  create trigger touched before update on shop.parts for each row execute function shop.touch();
  create table shop.notes (id serial, note text check (note <> ''));
  create table shop.heirs (more text) inherits (shop.notes);
  create rule kept as on delete to shop.things do instead nothing;
  create role reader_of_things;
  grant select on shop.things to reader_of_things;
  alter table shop.parts owner to reader_of_things`

const TOUCH_MORE = 'before update on shop.things for each row execute function shop.touch()'

const OWN_ADDITIONS: typeof ALTERATIONS = [
  [
    `create trigger more ${TOUCH_MORE}; alter table shop.things enable always trigger more`,
    'trigger shop.more on shop.things is in the target and not in the plan',
  ],
  [
    'alter table shop.things disable rule kept',
    'rule kept on shop.things has another text in the target than in the plan',
  ],
  [
    'create rule more as on update to shop.things do also nothing',
    'rule more on shop.things is in the target and not in the plan',
  ],
  [
    'create policy more on shop.things as restrictive for select using (price < 9)',
    'policy more on shop.things is in the target and not in the plan',
  ],
  [
    'alter table shop.things force row level security',
    'table shop.things has force row security yes in the target and none in the plan',
    'row security shop.things has another text in the target than in the plan',
  ],
  [
    'alter table shop.things add constraint more check (price > 1), add constraint most unique (note)',
    'table shop.things: unique key most is in the target and not in the plan',
    'table shop.things: check more is in the target and not in the plan',
  ],
  ['create index more on shop.things (upper(note))', 'index shop.more is in the target and not in the plan'],
  [
    'create trigger more instead of insert on shop.dear for each row execute function shop.touch()',
    'trigger shop.more on shop.dear is in the target and not in the plan',
  ],
  [
    "create table shop.parts_2 partition of shop.parts for values from ('2025-01-01') to ('2026-01-01')",
    'table shop.parts: partition shop.parts_2 is in the target and not in the plan',
    'index shop.parts_2_id_idx is in the target and not in the plan',
  ],
  ['create index more on shop.parts_1 (note)', 'index shop.more is in the target and not in the plan'],
  [
    'alter table shop.parts_1 disable trigger touched',
    'trigger setting touched on shop.parts_1 is in the target and not in the plan',
  ],
  [
    'alter table shop.parts_1 add constraint more check (id > 0)',
    'check more on shop.parts_1 is in the target and not in the plan',
  ],
  [
    'alter table shop.heirs no inherit shop.notes',
    'table shop.heirs has no inherits in the target and [{"name":"notes","schema":"shop"}] in the plan',
    'table shop.heirs has no inherited columns in the target and ["id","note"] in the plan',
    'table shop.heirs: check notes_note_check is in the target and not in the plan',
    'table shop.notes has no heirs in the target and [{"name":"heirs","schema":"shop"}] in the plan',
  ],
  [
    "comment on policy everyone on shop.things is 'more'",
    'comment policy everyone on shop.things is in the target and not in the plan',
  ],
  [
    "comment on rule kept on shop.things is 'more'",
    'comment rule kept on shop.things is in the target and not in the plan',
  ],
  [
    'grant update on shop.things to reader_of_things',
    'permission table shop.things has another text in the target than in the plan',
  ],
  [
    'grant update (note) on shop.heirs to reader_of_things',
    'permission table shop.heirs is in the target and not in the plan',
  ],
  ['revoke all on shop.things from reader_of_things', 'permission table shop.things is not in the target'],
  ['alter table shop.parts owner to postgres', 'owner table shop.parts is not in the target'],
]

describe('a schema of PostgreSQL, restored into PostgreSQL', () => {
  let server: PostgresServer
  let origin: string
  let template: string
  let folder: string
  let path: string
  beforeAll(async () => {
    server = await startPostgres()
    folder = await mkdtemp(join(tmpdir(), 'albackup-altered-'))
    ;[origin, template] = [await server.createDatabase(), await server.createDatabase()]
    await run(server, origin, `${OWN};${MORE_OWN}`)
    await using source = await postgres.openSource!(connection(server, origin), CONTEXT)
    const facts = { dialect: 'postgres', host: 'h', database: 'd', codec: 'deflate', toolVersion: 'test' } as const
    const parts = { include: [], exclude: [], context: CONTEXT, onEvent: () => {}, backupDir: folder }
    path = (await dump({ ...parts, ...facts, source })).backup
    await using target = await postgres.openTarget!(connection(server, template), CONTEXT)
    await restore({ ...REQUEST, ...CHOICES, backup: await openBackup(path), target, onRequest: true })
  }, 60_000)
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  it('is proven, every part of it', async () => {
    expect(await said(server, template, '', await openBackup(path))).toEqual([])
  })

  it.each([...OWN_ALTERATIONS, ...OWN_ADDITIONS])('is not proven after: %s', async (script, ...sentences) => {
    expect(await said(server, template, script, await openBackup(path))).toEqual(sentences)
  })
})
