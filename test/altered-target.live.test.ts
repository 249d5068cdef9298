import { dump, openBackup, restore, verifyTarget } from '@albackup/core'
import { mssql } from '@albackup/dialect-mssql'
import { postgres } from '@albackup/dialect-postgres'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { ALTERED_MODEL, schemaBackup } from './altered-model.ts'
import { LiveJob } from './live-job.ts'

const live = liveMssql()

const CONTEXT = { signal: new AbortController().signal, warn() {}, debug() {} }
const REQUEST = { backup: schemaBackup(ALTERED_MODEL), policy: {}, context: CONTEXT, onEvent: () => {} }
const CHOICES = { allowRestore: false, checkRI: false, prove: false, failOnLoss: false }

/** What the live server of development does not have, or does not tell: trust, filters, descriptions of indexes, sequences, last values. */
const UNTOLD =
  /^sequence .* is not in the target$| is trusted in the target| has no (filter|comment) in|nextval|: identity/

const SCRIPT = `
alter table sales.customers alter column name nvarchar(81)
go
alter table sales.customers add default N'x' for email
go
alter table sales.customers drop constraint ck_customers_credit
go
alter table sales.customers add constraint ck_customers_credit check (credit >= 1)
go
alter table sales.customers drop constraint ck_customers_old
go
alter table sales.customers drop column twice
go
alter table sales.customers drop constraint uq_customers_email
go
drop index ix_customers_name on sales.customers
go
create index ix_customers_name on sales.customers (name) include (email, credit)
go
alter table sales.orders drop constraint fk_orders_customer
go
alter table sales.orders add constraint fk_orders_customer foreign key (customer) references sales.customers (id)
go
alter table sales.orders drop constraint fk_orders_adviser
go
exec sp_addextendedproperty 'MS_Description', N'more', 'SCHEMA', 'sales', 'TABLE', 'orders'
go
exec sp_addextendedproperty 'MS_Description', N'more', 'SCHEMA', 'sales', 'TABLE', 'orders', 'COLUMN', 'id'
`

describe.skipIf(live === undefined)('a schema of SQL Server, restored into SQL Server', () => {
  it('is proven, and each part that was altered by hand is named', async () => {
    await using copy = await live!.createDatabase('h4_altered')
    await using target = await mssql.openTarget!(mssql.parseConnection(copy.connection), CONTEXT)
    await restore({ ...REQUEST, ...CHOICES, target })
    const said = async () => {
      const { missing, notCompared } = await verifyTarget({ ...REQUEST, target })
      const sentences = [...(missing ?? []).map(({ sentence }) => sentence), ...notCompared]
      return sentences.filter((sentence) => !UNTOLD.test(sentence))
    }
    expect(await said()).toEqual([])
    await copy.run(SCRIPT)
    expect(await said()).toEqual([
      'table sales.customers: column twice is not in the target',
      'table sales.customers: unique key uq_customers_email is not in the target',
      'table sales.customers: check ck_customers_old is not in the target',
      expect.stringMatching(/: column name is nvarchar\(81\) in the target and nvarchar\(80\) in the plan$/),
      expect.stringMatching(/: column email has default .*x.* in the target and none in the plan$/),
      expect.stringMatching(
        /: index ix_customers_name has columns \(name\) in the target and \(name, since desc\) in the plan$/,
      ),
      expect.stringMatching(
        /: check ck_customers_credit has condition .*1.* in the target and \(\[credit\]>=\(0\)\) in the plan$/,
      ),
      'table sales.orders: foreign key fk_orders_adviser is not in the target',
      'table sales.orders has comment "more" in the target and none in the plan',
      'table sales.orders: column id has comment "more" in the target and none in the plan',
      expect.stringMatching(
        /: foreign key fk_orders_customer has delete action no action in the target and cascade in/,
      ),
    ])
  }, 120_000)
})

/** What the tables of the plan have beyond it, and what the proof says of that. */
const ADDITIONS: readonly (readonly [script: string, sentence: RegExp])[] = [
  ['alter table sales.orders add more int null', /^table sales.orders: column more is in the target and not/],
  ['alter table sales.orders add grown as (id + 1)', /^table sales.orders: column grown is in the target and not/],
  ['create index more on sales.orders (customer)', /^table sales.orders: index more is in the target and not/],
  ['create unique index most on sales.customers (name)', /^table sales.customers: index most is in the target and not/],
  [
    'alter table sales.customers add constraint uq_more unique (rank)',
    /^table sales.customers: unique key uq_more is in the target and not/,
  ],
  [
    'alter table sales.customers add constraint ck_more check (rank <> 3)',
    /^table sales.customers: check ck_more is in the target and not/,
  ],
  [
    'alter table sales.orders add constraint fk_more foreign key (adviser) references sales.orders (id)',
    /^table sales.orders: foreign key fk_more is in the target and not/,
  ],
  [
    'create trigger sales.more on sales.orders after insert as set nocount on',
    /^trigger sales.more on sales.orders is in the target and not/,
  ],
  [
    `exec sp_addextendedproperty 'MS_Description', N'more', 'SCHEMA', 'sales', 'TABLE', 'customers', 'COLUMN', 'rank'`,
    /^table sales.customers: column rank has comment "more" in the target and none in the plan/,
  ],
]

describe.skipIf(live === undefined)('a schema of SQL Server, restored into SQL Server, and added to', () => {
  it('is not proven, and each addition is named', async () => {
    await using copy = await live!.createDatabase('h3_added')
    await using target = await mssql.openTarget!(mssql.parseConnection(copy.connection), CONTEXT)
    await restore({ ...REQUEST, ...CHOICES, target })
    for (const [script] of ADDITIONS) await copy.run(script)
    await copy.run('create table sales.more_tables (id int not null primary key)')
    const { missing } = await verifyTarget({ ...REQUEST, target })
    const sentences = (missing ?? []).map(({ sentence }) => sentence).filter((sentence) => !UNTOLD.test(sentence))
    const unnamed = ADDITIONS.filter(([, sentence]) => !sentences.some((one) => sentence.test(one)))
    const wrong = sentences.filter((one) => !ADDITIONS.some(([, sentence]) => sentence.test(one)))
    expect({ unnamed, wrong }).toEqual({ unnamed: [], wrong: [] })
  }, 120_000)
})

const POSTGRES = `
  create schema shop;
  create table shop.customers (id integer generated by default as identity primary key, name varchar(40) not null,
    since date default '2020-02-29', rank smallint not null default 1, constraint customers_rank check (rank between 0 and 9));
  create table shop.orders (id bigint primary key, customer integer not null constraint orders_customer references shop.customers (id)
    on delete cascade, total numeric(10, 2) not null default 0, twice numeric(11, 2) generated always as (total * 2) stored,
    note varchar(40), constraint positive check (total >= 0));
  create index orders_total on shop.orders (total desc, customer) include (note) where total > 0;
  create unique index orders_note on shop.orders (note);
  comment on table shop.orders is 'What was sold.';
  comment on column shop.orders.total is 'In EUR.';
  insert into shop.customers (name) values ('a'), ('b');
  insert into shop.orders (id, customer, total, note) values (1, 1, 2, 'x'), (2, 2, 3.5, null), (3, 1, 0, null)`

describe.skipIf(live === undefined)('a database of PostgreSQL, restored into SQL Server', () => {
  it('is proven, and each part that was altered by hand is named', async () => {
    await using server = await startPostgres()
    await using copy = await live!.createDatabase('h4_migrated')
    const { host, port, user, password } = server
    const origin = { host, port, user, password, database: await server.createDatabase() }
    const client = new pg.Client(origin)
    await client.connect()
    await client.query(POSTGRES).finally(() => client.end())
    await using folder = await LiveJob.create()
    await using source = await postgres.openSource!(postgres.parseConnection(origin), CONTEXT)
    const facts = { dialect: 'postgres', host, database: 'd', codec: 'deflate', toolVersion: 'test' } as const
    const parts = { include: [], exclude: [], context: CONTEXT, onEvent: () => {} }
    const dumped = await dump({ ...parts, ...facts, source, backupDir: folder.backupDir })
    const request = { ...REQUEST, backup: await openBackup(dumped.backup) }
    await using target = await mssql.openTarget!(mssql.parseConnection(copy.connection), CONTEXT)
    await restore({ ...request, ...CHOICES, target })
    const said = async () => {
      const { missing } = await verifyTarget({ ...request, target })
      return (missing ?? []).map(({ sentence }) => sentence).filter((sentence) => !UNTOLD.test(sentence))
    }
    expect(await said()).toEqual([])
    await copy.run(`alter table shop.customers drop constraint customers_rank
go
alter table shop.orders drop constraint orders_customer
go
alter table shop.orders add constraint orders_customer foreign key (customer) references shop.customers (id)
go
alter table shop.orders drop constraint positive
go
alter table shop.orders add constraint positive check (total >= 1 or total = 0)
go
alter table shop.customers alter column name nvarchar(90)
go
drop index orders_total on shop.orders
go
alter table shop.orders drop column twice`)
    expect(await said()).toEqual([
      'table shop.customers: check customers_rank is not in the target',
      expect.stringMatching(
        /^table shop.customers: column name is nvarchar\(90\) in the target and nvarchar\(80\) in the plan$/,
      ),
      expect.stringMatching(
        /^table shop.customers: column name has collation .* in the target and Latin1_General_100_BIN2 in the plan$/,
      ),
      'table shop.orders: column twice is not in the target',
      'table shop.orders: index orders_total is not in the target',
      expect.stringMatching(
        /: foreign key orders_customer has delete action no action in the target and cascade in the/,
      ),
      expect.stringMatching(
        /^table shop.orders: check positive has condition .* in the target and \[total\] >= 0 in the plan$/,
      ),
    ])
  }, 120_000)
})
