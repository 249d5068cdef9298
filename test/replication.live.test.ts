import { openBackup } from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'

const server = liveMssql()

/** What SymmetricDS 3.x makes of a database with one table of the user, as far as a backup has to do with it. */
const SCRIPT = `
create table dbo.orders (id int not null primary key, total decimal(10, 2) null)
create table dbo.sym_node (node_id varchar(50) not null primary key, node_group_id varchar(50) not null)
create table dbo.sym_node_identity (node_id varchar(50) not null primary key references dbo.sym_node (node_id))
create table dbo.sym_node_security (node_id varchar(50) not null primary key references dbo.sym_node (node_id), node_password varchar(50) not null)
create table dbo.sym_trigger_hist (trigger_hist_id int not null primary key, inactive_time datetime null)
create table dbo.sym_data (data_id bigint identity not null primary key, table_name varchar(255) not null, event_type char(1) not null, trigger_hist_id int not null)
create table dbo.sym_data_gap (start_id bigint not null, end_id bigint not null, status char(2) null, primary key (start_id, end_id))
create table dbo.sym_outgoing_batch (batch_id bigint not null, node_id varchar(50) not null, status char(2) null, primary key (batch_id, node_id))
go
create function dbo.sym_triggers_disabled() returns smallint as begin return 0 end
go
create trigger dbo.sym_on_i_for_orders_shop on dbo.orders after insert as
begin
  if (dbo.sym_triggers_disabled() = 0)
    insert into dbo.sym_data (table_name, event_type, trigger_hist_id) select 'orders', 'I', 1 from inserted
end
go
insert into dbo.sym_node values ('store-1', 'store')
insert into dbo.sym_node_identity values ('store-1')
insert into dbo.sym_node_security values ('store-1', 'secret of the node')
insert into dbo.sym_trigger_hist values (1, null)
insert into dbo.orders values (1, 9.99)
insert into dbo.sym_outgoing_batch values (1, 'hq', 'OK'), (2, 'hq', 'IG'), (3, 'hq', 'NE'), (4, 'hq', 'ER')
insert into dbo.sym_data_gap values (1, 9000000000, 'GP')
go`

describe.skipIf(server === undefined)('a live database under SymmetricDS', () => {
  let database: MssqlDatabase

  beforeAll(async () => {
    database = await server!.createDatabase('h7_symmetricds')
    await database.run(SCRIPT)
  })
  afterAll(() => database?.[Symbol.asyncDispose]())

  it('is dumped without state, passwords and triggers; all of it is named, and what was not sent is warned of', async () => {
    await using job = await LiveJob.create()
    const { backup } = await job.dump(database)
    const { metadata } = await openBackup(backup)
    const names = metadata.model.tables.map(({ name }) => name)
    expect(names).toEqual(['orders', 'sym_node', 'sym_node_identity'])
    expect(metadata.files.map(({ table }) => table)).toEqual(names)
    expect(metadata.model.modules).toEqual([])
    expect(
      metadata.model.leftBehind
        .filter(({ kind }) => kind !== 'database settings')
        .map(({ kind, name }) => `${kind} ${name}`)
        .sort(),
    ).toEqual([
      'function [dbo].[sym_triggers_disabled]',
      'table [dbo].[sym_data]',
      'table [dbo].[sym_data_gap]',
      'table [dbo].[sym_node_security]',
      'table [dbo].[sym_outgoing_batch]',
      'table [dbo].[sym_trigger_hist]',
      'trigger [dbo].[sym_on_i_for_orders_shop] on [dbo].[orders]',
    ])
    expect(metadata.replication).toMatchObject([{ profile: 'symmetricds', prefix: 'sym', choice: 'auto' }])
    expect(job.warnings.filter((warning) => warning.includes('sym_'))).toEqual([
      expect.stringContaining('replicated by SymmetricDS ([dbo].[sym_*]): 5 of its tables'),
      '2 batches of changes in [dbo].[sym_outgoing_batch] were not yet confirmed by the nodes they are for',
      'the newest change in [dbo].[sym_data] is not yet routed to any node',
    ])
  })
})
