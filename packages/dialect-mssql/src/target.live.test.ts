import {
  compareModels,
  type Finding,
  type PlannedStatement,
  RefusedError,
  type RestorePlan,
  type SchemaModel,
  type SchemaPart,
  type Target,
  TargetError,
} from '@albackup/core'
import { liveMssql, type MssqlDatabase } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mssql } from './index.ts'

const server = liveMssql()
const context = { signal: new AbortController().signal, warn: () => {}, debug: () => {} }
const PARTS: readonly SchemaPart[] = ['tables', 'keys', 'references', 'values', 'objects']

function openTarget(database: MssqlDatabase): Promise<Target> {
  return mssql.openTarget!(mssql.parseConnection(database.connection), context)
}

async function create(target: Target, plan: RestorePlan): Promise<readonly Finding[]> {
  const findings = [...plan.findings]
  for (const part of PARTS) findings.push(...(await target.createSchema(plan, part)))
  return findings
}

/** 1,024 columns are the most a table has. */
const MANY_COLUMNS = Array.from({ length: 1024 }, (_, i) => `c${i} int null`).join(', ')

const AWKWARD = `
create schema [other one]
go
create table many(${MANY_COLUMNS})
go
create table keyless(a int null, b nvarchar(10) null)
go
create table self(id int not null constraint pk_self primary key, parent int null constraint fk_self references self(id))
go
create table one(id int not null constraint pk_one primary key, two int null)
go
create table two(id int not null constraint pk_two primary key, one int null constraint fk_two_one references one(id))
go
alter table one add constraint fk_one_two foreign key (two) references two(id) on delete cascade
go
create table [other one]."x]y.z 'q' "" 😀"("a]b" int not null, [c.d] int null, [e'f] int null, [ g ] int null, [名] int not null,
  constraint [p.k 'x] primary key ("a]b", [名]))
go
create table computed(a int not null, b as (a * 2) persisted not null, constraint pk_computed primary key (a, b))
go
create function dbo.doubled(@x int) returns int as begin return @x * 2 end
go
create table using_function(a int not null constraint ck_function check (dbo.doubled(a) > 0), b int null constraint df_function default (dbo.doubled(21)))
go
create view dbo.its_base as select a from dbo.keyless
go
create view dbo.a_view as select a from dbo.its_base
go
create procedure dbo.p as select a from dbo.a_view
go
create trigger keyless_trigger on keyless after insert as select 1
go
create type dbo.phone from varchar(20) not null
go
create table with_types(p dbo.phone not null, s sysname null, r rowversion not null, d decimal(38, 10) null, m money null)
go
create table counted(id bigint identity(-5, -2) not null, v int null)
go
insert into counted(v) values (1), (2), (3)
go
create table emptied(id int identity(10, 5) not null, v int null)
go
insert into emptied(v) values (1), (2)
go
delete from emptied
go
create table never(id int identity(7, 7) not null, v int null)`

describe.skipIf(server === undefined)('a schema of awkward things', () => {
  let first: MssqlDatabase
  let second: MssqlDatabase
  let before: SchemaModel
  let target: Target
  let plan: RestorePlan
  let findings: readonly Finding[]

  beforeAll(async () => {
    first = await server!.createDatabase('m_awkward')
    await first.run(AWKWARD)
    await using source = await openTarget(first)
    before = await source.reflect()
    second = await server!.createDatabase('m_restored')
    target = await openTarget(second)
    plan = await target.plan(before, {})
    findings = await create(target, plan)
  })

  afterAll(async () => {
    await target?.[Symbol.asyncDispose]()
    await first?.[Symbol.asyncDispose]()
    await second?.[Symbol.asyncDispose]()
  })

  it('is the same when it is made again, with nothing lost', async () => {
    const { differences } = compareModels(before, await target.reflect(), { values: false, onRequest: false })
    expect(differences.map(({ sentence }) => sentence)).toEqual([])
    expect(findings.filter(({ severity }) => severity === 'lost')).toEqual([])
  })

  it('lets identities go on where they were', async () => {
    const next = async (table: string) => {
      await second.run(`insert into ${table}(v) values (0)`)
      return (await second.query(`select convert(varchar(20), id) from ${table} order by 1`)).flat()
    }
    expect(await next('counted')).toEqual(['-11'])
    expect(await next('emptied')).toEqual(['20'])
    const never = before.tables.find(({ name }) => name === 'never')!.columns[0]!.identity!
    // A server that tells of a value though none was given out has lost the first one.
    expect(await next('never')).toEqual([never.lastValue === null ? '7' : '14'])
  })

  it('is known as existing, by the names that the restore gives', async () => {
    const { existing, tables } = await target.plan(before, {})
    expect(existing).toEqual(expect.arrayContaining(tables.map(({ schema, name }) => target.quote(schema, name))))
    expect(existing).toEqual(
      expect.arrayContaining([
        'view [dbo].[a_view]',
        'procedure [dbo].[p]',
        'function [dbo].[doubled]',
        'type [dbo].[phone]',
        'trigger [dbo].[keyless_trigger]',
      ]),
    )
  })

  it('is not dropped while something outside of it needs it', async () => {
    await second.run('create table outsider(id int null constraint fk_outsider references self(id))')
    const refusal = target.dropExisting(await target.plan(before, {}))
    await expect(refusal).rejects.toThrow(RefusedError)
    await expect(refusal).rejects.toThrow('[dbo].[outsider] ([fk_outsider])')
    expect((await target.plan(before, {})).existing).toHaveLength(
      plan.tables.length + plan.statements.objects.length + 2,
    )
    await second.run('drop table outsider')
  })

  it('is dropped whole, and nothing else is', async () => {
    await second.run('create table bystander(id int null)')
    await target.dropExisting(await target.plan(before, {}))
    const left = await target.reflect()
    expect(left.tables.map(({ name }) => name)).toEqual(['bystander'])
    expect([...left.modules, ...left.types]).toEqual([])
  })
})

const statement = (object: string, sql: string, facts: Partial<PlannedStatement> = {}): PlannedStatement => ({
  object,
  kind: 'view',
  sql,
  optional: true,
  ...facts,
})

function planOf(part: SchemaPart, ...statements: readonly PlannedStatement[]): RestorePlan {
  const none = { tables: [], keys: [], references: [], values: [], objects: [] }
  return { dialect: 'mssql', tables: [], findings: [], existing: [], statements: { ...none, [part]: statements } }
}

describe.skipIf(server === undefined)('a part of a schema', () => {
  let database: MssqlDatabase
  let target: Target

  beforeAll(async () => {
    database = await server!.createDatabase('m_parts')
    target = await openTarget(database)
  })

  afterAll(async () => {
    await target?.[Symbol.asyncDispose]()
    await database?.[Symbol.asyncDispose]()
  })

  it('is tried again in rounds, and what never succeeds is reported in the words of the server', async () => {
    const findings = await target.createSchema(
      planOf(
        'objects',
        statement('c', 'create view c as select a from b'),
        statement('nothing', 'create view nothing as select a from nowhere'),
        statement('b', 'create view b as select a from a'),
        statement('a', 'create view a as select 1 as a'),
      ),
      'objects',
    )
    expect(findings).toMatchObject([{ severity: 'lost', kind: 'view', object: 'nothing' }])
    expect(findings[0]!.message).toMatch(/^is left out, the server refused: .*nowhere.*\(error \d+\)$/)
    expect(await database.query('select a from c')).toEqual([[1]])
  })

  it('falls back to the second statement, and says so', async () => {
    const finding: Finding = { severity: 'changed', kind: 'table', object: 't', message: 'is otherwise' }
    const fallback = { sql: 'create table t(a int null)', finding }
    const made = await target.createSchema(
      planOf(
        'tables',
        statement('t', 'create table t(a int null, b as (dbo.nobody(a)))', { optional: false, fallback }),
        statement('v', 'create view on_t as select a from t'),
      ),
      'tables',
    )
    expect(made).toMatchObject([
      { severity: 'changed', object: 't', message: expect.stringMatching(/^is otherwise: .+/) },
    ])
    expect(await database.query('select a from on_t')).toEqual([])
  })

  it('of tables is made whole or not at all', async () => {
    const tables = planOf(
      'tables',
      statement('first', 'create table first_of_all(a int null)', { optional: false }),
      statement('first', 'create table first_of_all(a int null)', { optional: false }),
    )
    await expect(target.createSchema(tables, 'tables')).rejects.toThrow(TargetError)
  })

  it('is run under the settings that a statement asks for, and those alone', async () => {
    await database.run('create table seen(a varchar(10) null)\ngo\ninsert into seen values (1)')
    const settings = 'set ansi_nulls off\nset quoted_identifier off\ngo\n'
    const under = planOf('objects', statement('text', `${settings}insert into seen values ("text")`))
    const without = planOf('objects', statement('name', 'insert into seen select "a" from seen'))
    expect(await target.createSchema(under, 'objects')).toEqual([])
    expect(await target.createSchema(without, 'objects')).toEqual([])
    expect((await database.query('select a from seen order by a')).flat()).toEqual(['1', '1', 'text', 'text'])
  })
})

describe.skipIf(server === undefined)('a target', () => {
  it('restores a schema under another name', async () => {
    await using first = await server!.createDatabase('m_named')
    await first.run('create table t(id int not null primary key)\ngo\ncreate view v as select id from dbo.t')
    await using source = await openTarget(first)
    const model = await source.reflect()
    await using target = await openTarget(first)
    const plan = await target.plan(model, { schemas: { dbo: 'copy' } })
    expect(plan.existing).toEqual([])
    await create(target, plan)
    const names = (await target.reflect()).tables.map(({ schema, name }) => `${schema}.${name}`)
    expect(names).toEqual(['copy.t', 'dbo.t'])
    expect(await first.query('select count(*) from copy.v')).toEqual([[0]])
  })

  it('tells the triggers of a replication not to capture what it restores', async () => {
    await using database = await server!.createDatabase('m_context')
    await database.run('create table seen(info varbinary(128) null)')
    await using target = await openTarget(database)
    const insert = statement('seen', 'insert into seen values (substring(context_info(), 1, 1))')
    expect(await target.createSchema(planOf('objects', insert), 'objects')).toEqual([])
    expect(await database.query(`select count(*) from seen where info = 0x31`)).toEqual([[1]])
  })

  it('says what rights are missing: none for an owner', async () => {
    await using database = await server!.createDatabase('m_rights')
    await using target = await openTarget(database)
    expect(await target.missingRights!()).toEqual([])
  })

  it('makes a scratch database anew, also while someone was in it', async () => {
    const database = await server!.createDatabase('m_scratch')
    await using _ = database
    await database.run('create table t(id int)')
    const connection = mssql.parseConnection(database.connection)
    await mssql.recreateDatabase!(connection, null, context)
    await mssql.recreateDatabase!(connection, null, context)
    await using target = await openTarget(database)
    expect((await target.reflect()).tables).toEqual([])
  })
})
