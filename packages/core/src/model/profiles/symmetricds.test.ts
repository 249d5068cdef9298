import { describe, expect, it } from 'vitest'
import type { Module, QualifiedName, SchemaModel, Table } from '../schema-model.ts'
import { fullName } from '../scope.ts'
import { applyReplication, detectReplication, type ReplicationChoice, withoutReplicationConfig } from './index.ts'
import { groupOfTable } from './symmetricds-tables.ts'

const quote = (...parts: readonly string[]) => parts.map((part) => `[${part}]`).join('.')

function table(name: string, schema = 'dbo'): Table {
  return { schema, name, columns: [], uniqueKeys: [], foreignKeys: [], checks: [], indexes: [] }
}

function trigger(name: string, definition: string | null, on: QualifiedName = table('orders')): Module {
  return { kind: 'trigger', schema: 'dbo', name, definition, on: { schema: on.schema, name: on.name } }
}

function routine(kind: Module['kind'], name: string, definition: string | null): Module {
  return { kind, schema: 'dbo', name, definition }
}

function modelOf(parts: Partial<SchemaModel>): SchemaModel {
  const database = { name: 'shop', collation: null }
  return {
    dialect: 'any',
    database,
    schemas: [],
    types: [],
    sequences: [],
    tables: [],
    modules: [],
    leftBehind: [],
    ...parts,
  }
}

const BODY = `with execute as caller after insert as
begin
  if (dbo.sym_triggers_disabled() = 0) begin
    insert into "shop"."dbo".sym_data (table_name, event_type, trigger_hist_id, row_data, channel_id)
    select 'orders', 'I', 7, dbo.sym_base64_encode(null), 'sales' from inserted
  end
end`

const OWN = [
  'sym_node_identity',
  'sym_trigger_hist',
  'sym_data',
  'sym_outgoing_batch',
  'sym_node',
  'sym_router',
  'sym_node_security',
]

const SHOP = modelOf({
  tables: ['orders', 'sym_bols', ...OWN].map((name) => table(name)),
  modules: [
    routine('function', 'sym_base64_encode', 'create function …'),
    routine('function', 'sym_triggers_disabled()', 'create function …'),
    routine('function', 'sym_total', 'create function …'),
    routine('view', 'nodes', 'create view nodes as select * from dbo.SYM_NODE_SECURITY'),
    trigger('SYM_ON_I_FOR_ORDERS_STORE', `create trigger SYM_ON_I_FOR_ORDERS_STORE on dbo.orders ${BODY}`),
    trigger('capture orders', `create trigger [capture orders] on dbo.orders ${BODY}`),
    trigger('sym_on_d_for_orders_store', null),
    trigger('audit', 'create trigger audit on dbo.orders after insert as insert into dbo.log select * from inserted'),
    trigger('touch', 'create trigger touch on sym_node after insert as return', table('sym_node')),
  ],
})

describe('SymmetricDS', () => {
  it('is found with its tables in groups, its triggers by what they do, and its helpers', () => {
    expect(detectReplication(SHOP)).toEqual([
      {
        profile: 'symmetricds',
        prefix: 'sym',
        schema: 'dbo',
        runtimeTables: named('sym_trigger_hist', 'sym_data', 'sym_outgoing_batch'),
        configTables: named('sym_node_identity', 'sym_node', 'sym_router'),
        secretTables: named('sym_node_security'),
        unknownTables: named('sym_bols'),
        triggers: ['SYM_ON_I_FOR_ORDERS_STORE', 'capture orders', 'sym_on_d_for_orders_store'].map((name) => ({
          schema: 'dbo',
          name,
          on: { schema: 'dbo', name: 'orders' },
        })),
        functions: named('sym_base64_encode', 'sym_triggers_disabled()'),
        sequences: [],
      },
    ])
  })

  it.each([
    ['any prefix', ['acme_node_identity', 'acme_trigger_hist', 'acme_data'], ['acme']],
    ['a prefix with a pattern in it', ['a.b_node_identity', 'a.b_trigger_hist', 'a.b_data'], ['a.b']],
    ['any case', ['SYM_NODE_IDENTITY', 'sym_Trigger_Hist', 'Sym_data'], ['SYM']],
    [
      'two at once',
      ['x_node_identity', 'x_trigger_hist', 'x_data', 'y_node_identity', 'y_trigger_hist', 'y_data'],
      ['x', 'y'],
    ],
    ['not all three', ['sym_node_identity', 'sym_data'], []],
    ['no prefix', ['node_identity', 'trigger_hist', 'data'], []],
    ['nothing of it', ['orders'], []],
  ])('is told by three tables of one prefix: %s', (_, names, prefixes) => {
    const found = detectReplication(modelOf({ tables: names.map((name) => table(name)) }))
    expect(found.map(({ prefix }) => prefix)).toEqual(prefixes)
  })

  it('is not found when its tables are in different schemas', () => {
    const tables = [table('sym_node_identity', 'a'), table('sym_trigger_hist', 'b'), table('sym_data', 'a')]
    expect(detectReplication(modelOf({ tables }))).toEqual([])
  })

  it.each([
    ['insert into sym_data (table_name) values (1)', true],
    ['INSERT  INTO\n[my shop].[dbo].[SYM_DATA](table_name) values (1)', true],
    ['insert into "public"."sym_data" ( table_name )', true],
    ['insert into shop..sym_data values (1)', true],
    ['insert into log select * from sym_data where 1 = 1', false],
    ['insert into sym_database (a) values (1)', false],
    ['insert into my_sym_data (a) values (1)', false],
    ['update sym_data set a = 1', false],
  ])('its triggers are told by their body: %s', (body, isOne) => {
    const tables = OWN.map((name) => table(name))
    const [profile] = detectReplication(modelOf({ tables, modules: [trigger('t', `create trigger t as ${body}`)] }))
    expect(profile?.triggers.length).toBe(isOne ? 1 : 0)
  })

  it('its triggers are found also where their bodies are functions', () => {
    const name = 'sym_on_u_for_orders_store'
    const modules = [
      routine('function', `f${name}`, 'create function … begin insert into public.sym_data (a) values (1); end'),
      routine('function', 'fcustom()', 'create function … begin insert into public.sym_data (a) values (1); end'),
      routine('function', 'fuss', 'create function … begin insert into public.sym_data (a) values (1); end'),
      trigger(name, `create trigger ${name} after update on orders for each row execute function f${name}()`),
      trigger('custom', 'create trigger custom after update on orders execute procedure public."fcustom"()'),
      trigger('mine', 'create trigger mine after update on orders execute function fancy()'),
    ]
    const [profile] = detectReplication(modelOf({ tables: OWN.map((one) => table(one)), modules }))
    expect(profile?.triggers.map((one) => one.name)).toEqual([name, 'custom'])
    expect(profile?.functions.map((one) => one.name)).toEqual([`f${name}`, 'fcustom()'])
  })

  it('the sequences of its runtime tables are its own', () => {
    const sequence = (name: string) => ({ schema: 'dbo', name }) as SchemaModel['sequences'][number]
    const sequences = ['sym_data_data_id_seq', 'orders_id_seq', 'sym_bols_id_seq'].map(sequence)
    expect(detectReplication({ ...SHOP, sequences })[0]?.sequences).toEqual(named('sym_data_data_id_seq'))
  })

  it.each([
    ['data_gap', 'runtime'],
    ['node_identity', 'config'],
    ['node_security', 'secret'],
    ['console_user', 'secret'],
    ['console_something_new', 'secret'],
    ['compare_request', 'runtime'],
    ['monitor', 'config'],
    ['monitor_event', 'runtime'],
    ['orders', null],
  ])('knows its table %s as %s', (name, group) => {
    expect(groupOfTable(name)).toBe(group)
  })
})

function named(...names: readonly string[]): readonly QualifiedName[] {
  return names.map((name) => ({ schema: 'dbo', name }))
}

function applied(choice: ReplicationChoice, model = SHOP) {
  const result = applyReplication(model, detectReplication(SHOP), choice, quote)
  return {
    ...result,
    tables: result.model.tables.map(({ name }) => name),
    modules: result.model.modules.map(({ name }) => name),
  }
}

describe('the choice of what a backup holds of a replication', () => {
  it('auto: the configuration without passwords, no state, no triggers; each named with its reason', () => {
    const { tables, modules, model, replication } = applied('auto')
    expect(tables).toEqual(['orders', 'sym_bols', 'sym_node_identity', 'sym_node', 'sym_router'])
    expect(modules).toEqual(['sym_total', 'nodes', 'audit', 'touch'])
    expect(model.leftBehind.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'table [dbo].[sym_trigger_hist]',
      'table [dbo].[sym_data]',
      'table [dbo].[sym_outgoing_batch]',
      'table [dbo].[sym_node_security]',
      'function [dbo].[sym_base64_encode]',
      'function [dbo].[sym_triggers_disabled()]',
      'trigger [dbo].[SYM_ON_I_FOR_ORDERS_STORE] on [dbo].[orders]',
      'trigger [dbo].[capture orders] on [dbo].[orders]',
      'trigger [dbo].[sym_on_d_for_orders_store] on [dbo].[orders]',
    ])
    expect(model.leftBehind.at(-1)?.reason).toContain('sync-triggers')
    expect(replication).toEqual([
      {
        profile: 'symmetricds',
        prefix: 'sym',
        schema: 'dbo',
        choice: 'auto',
        configTables: named('sym_node_identity', 'sym_node', 'sym_router'),
      },
    ])
  })

  it('auto: warns of what is not there, of what may be the user’s, and of what used it', () => {
    expect(applied('auto').warnings).toEqual([
      'the database is replicated by SymmetricDS ([dbo].[sym_*]): 4 of its tables and all of its triggers are not in the backup, 3 with its configuration are, for "restore --with-replication-config"',
      'named like tables of SymmetricDS ([dbo].[sym_*]), but not known as such and kept as yours: [dbo].[sym_bols]',
      'not in the backup, but used by what is: tables of SymmetricDS ([dbo].[sym_*]) in [dbo].[nodes]',
    ])
  })

  it('none: nothing of it', () => {
    const { tables, modules, replication } = applied('none')
    expect(tables).toEqual(['orders', 'sym_bols'])
    expect(modules).toEqual(['sym_total', 'nodes', 'audit'])
    expect(replication[0]?.configTables).toEqual([])
  })

  it('keep: everything, with a warning of the passwords', () => {
    const { model, replication, warnings } = applied('keep')
    expect(model).toBe(SHOP)
    expect(replication).toMatchObject([{ choice: 'keep', configTables: [] }])
    expect(warnings.map((warning) => warning.split(':')[0])).toEqual([
      'the database is replicated by SymmetricDS ([dbo].[sym_*]), and the backup keeps it as it is',
      'the backup is not encrypted and has the passwords of the replication',
    ])
  })

  it('says only of tables in the scope that they are left behind', () => {
    const tables = SHOP.tables.filter(({ name }) => name !== 'sym_data' && name !== 'sym_router')
    const { model, replication } = applied('auto', { ...SHOP, tables })
    expect(model.leftBehind.map(({ name }) => name)).not.toContain('[dbo].[sym_data]')
    expect(replication[0]?.configTables).toEqual(named('sym_node_identity', 'sym_node'))
  })

  it('changes nothing in a database without replication', () => {
    const model = modelOf({ tables: [table('orders')] })
    expect(applyReplication(model, detectReplication(model), 'auto', quote)).toEqual({
      model,
      replication: [],
      warnings: [],
    })
  })

  it('a restore leaves the configuration out, and the identity of the node with it', () => {
    const { model, replication } = applied('auto')
    const rest = withoutReplicationConfig(model, replication)
    expect(rest.tables.map(fullName)).toEqual(['dbo.orders', 'dbo.sym_bols'])
    expect(rest.modules.map(({ name }) => name)).toEqual(['sym_total', 'nodes', 'audit'])
    expect(withoutReplicationConfig(model, [])).toBe(model)
  })
})
