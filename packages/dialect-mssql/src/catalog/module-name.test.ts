import { describe, expect, it } from 'vitest'
import { isRenamed, readModuleHeader, withTrueName } from './module-name.ts'

describe('the name in the text of a module is found', () => {
  it.each([
    ['create view v as select 1', undefined, 'v'],
    ['CREATE  VIEW dbo.v AS select 1', 'dbo', 'v'],
    ['create or alter procedure [a b].[p]]x] as select 1', 'a b', 'p]x'],
    ['-- create view wrong\n/* create /* nested */ view no */ create/**/proc"s"."q""x"as select 1', 's', 'q"x'],
    ['create function Größe.名(@x int) returns int as begin return 1 end', 'Größe', '名'],
    ['\r\n\tcreate procedure dbo . [p];2 as select 1', 'dbo', 'p'],
    ['create default zero as 0', undefined, 'zero'],
    ['alter trigger dbo.t on dbo.x after insert as select 1', 'dbo', 't'],
  ])('%s', (definition, schema, name) => {
    expect(readModuleHeader(definition)?.name).toMatchObject({ name, ...(schema !== undefined && { schema }) })
  })

  it.each(['select 1', '', '/* never closed create view v', 'create table t(id int)'])('and none in %s', (text) => {
    expect(readModuleHeader(text)).toBe(undefined)
  })
})

describe('a module', () => {
  const made = 'create view dbo.[old] as select [old] from dbo.[old]'

  it('that was renamed says so', () => {
    expect(isRenamed(made, { schema: 'dbo', name: 'new' })).toBe(true)
    expect(isRenamed(made, { schema: 'other', name: 'old' })).toBe(true)
    expect(isRenamed(made, { schema: 'dbo', name: 'old' })).toBe(false)
  })

  it('without a schema in its text is one of dbo', () => {
    expect(isRenamed('create view v as select 1', { schema: 'dbo', name: 'v' })).toBe(false)
    expect(isRenamed('create view v as select 1', { schema: 'sales', name: 'v' })).toBe(true)
  })

  it('is the same on a server that keeps names in lower case', () => {
    expect(isRenamed('create view DBO.MyView as select 1', { schema: 'dbo', name: 'myview' })).toBe(false)
  })

  it('gets its true name, and nothing else of its text changes', () => {
    expect(withTrueName(made, { schema: 'my schema', name: 'new' })).toBe(
      'create view [my schema].[new] as select [old] from dbo.[old]',
    )
    expect(withTrueName('create procedure p;2 as select 1', { schema: 'dbo', name: 'q' })).toBe(
      'create procedure [dbo].[q];2 as select 1',
    )
    expect(withTrueName('select 1', { schema: 'dbo', name: 'q' })).toBe('select 1')
  })
})

describe('a trigger', () => {
  const on = { schema: 'sales', name: 'orders' }

  it('is in the schema of its table, and follows it when that is renamed', () => {
    const text = 'create trigger tr on sales.orders after insert as select 1'
    expect(isRenamed(text, { schema: 'sales', name: 'tr', on })).toBe(false)
    const moved = { schema: 'sales', name: 'tr', on: { schema: 'sales', name: 'orders_2' } }
    expect(isRenamed(text, moved)).toBe(true)
    expect(withTrueName(text, moved)).toBe('create trigger [sales].[tr] on [sales].[orders_2] after insert as select 1')
  })

  it('of the database has no table', () => {
    expect(readModuleHeader('create trigger t on database for create_table as print 1')).toEqual({
      name: { start: 15, end: 16, name: 't' },
    })
    expect(readModuleHeader('create trigger t on [database] for insert as print 1')?.on?.name).toBe('database')
  })
})
