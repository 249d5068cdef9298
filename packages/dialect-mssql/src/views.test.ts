import type { Module, SchemaModel, Table, ViewColumn } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import { withMeanings } from './view-meanings.ts'

const INT = { kind: 'integer', bits: 32, signed: true } as const

function table(schema: string, name: string, columns: readonly string[], hidden: readonly string[] = []): Table {
  const all = [...columns, ...hidden].map((column) => sampleColumn(column, INT))
  return sampleTable(
    schema,
    name,
    all.map((column) =>
      hidden.includes(column.name) ? { ...column, native: { ...column.native, facts: { hidden: true } } } : column,
    ),
  )
}

const MODEL: SchemaModel = {
  ...sampleModel([
    table('dbo', 'Orders', ['Id', 'City'], ['Begun']),
    table('dbo', 'Only', ['Id']),
    table('s', 'Orders', ['Nr']),
    table('dbo', 'Twin', ['a']),
    table('dbo', 'twin', ['b']),
    table('dbo', 'Täglich', ['Größe', 'from']),
  ]),
  database: { name: 'd', collation: 'SQL_Latin1_General_CP1_CI_AS' },
  objects: [{ kind: 'synonym', name: '[s].[Only]', statements: [], stage: 'before tables' }],
  leftBehind: [{ kind: 'external table', name: '[dbo].[Far]', reason: 'is elsewhere' }],
}

const noColumns = () => []

function read(definition: string, facts: Partial<Module> = {}, columns: readonly ViewColumn[] = []): Module {
  const view: Module = { kind: 'view', schema: 'dbo', name: 'v', definition, ...facts }
  return withMeanings({ ...MODEL, modules: [view] }, () => columns)[0]!
}

/** The columns that a view shows, each with the relation it is of; or why it is not understood. */
function shown(definition: string, facts: Partial<Module> = {}): unknown {
  const { meaning, notUnderstood } = read(definition, facts)
  if (meaning?.query.kind !== 'select') return notUnderstood
  const tables = meaning.query.from.map((one) => (one.kind === 'table' ? `${one.schema}.${one.name}` : one.kind))
  const items = meaning.query.items.map((item) => (item.kind === 'column' ? `${item.of}.${item.name}` : item.kind))
  return `${items.join(', ')} from ${tables.join(', ')}`
}

describe('a view', () => {
  it('is read as a tree', () => {
    const { meaning } = read(`create view v (n, [all]) with schemabinding as
      select o.City, count(*) from dbo.Orders as o with (nolock) where o.Id in (select Id from Only)
      group by o.City having count(*) > 1 with check option`)
    const city = { kind: 'column', name: 'City', of: 'o' }
    const count = { kind: 'aggregate', name: 'count', distinct: false, argument: null }
    expect(meaning).toEqual({
      columns: [{ name: 'n' }, { name: 'all' }],
      query: {
        kind: 'select',
        distinct: false,
        items: [city, count],
        from: [{ kind: 'table', schema: 'dbo', name: 'Orders', alias: 'o' }],
        where: {
          kind: 'in',
          operand: { kind: 'column', name: 'Id', of: 'o' },
          query: {
            kind: 'select',
            distinct: false,
            items: [{ kind: 'column', name: 'Id', of: 'Only' }],
            from: [{ kind: 'table', schema: 'dbo', name: 'Only', alias: 'Only' }],
          },
        },
        groupBy: [city],
        having: {
          kind: 'binary',
          operator: '>',
          left: count,
          right: { kind: 'literal', value: { type: 'integer', digits: '1' } },
        },
      },
      comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
      checked: true,
      aside: ['locks'],
    })
  })

  it.each([
    ['create view v as select ID, "city" from ORDERS', 'Orders.Id, Orders.City from dbo.Orders'],
    ['CREATE OR ALTER VIEW [dbo].[v] AS SELECT x.* FROM [Orders] x;', 'x.Id, x.City from dbo.Orders'],
    ['alter view v as select Begun from Orders', 'Orders.Begun from dbo.Orders'],
    ['create view v as select [Größe], [from] from täglich', 'Täglich.Größe, Täglich.from from dbo.Täglich'],
    [
      'create view v as select dbo.Orders.Id, s.Orders.Nr from dbo.Orders cross join s.Orders',
      'two of its tables are called Orders',
    ],
    ['create view v as select a from Twin', 'Twin.a from dbo.Twin'],
    ['create view v as select a from TWIN', 'more than one table is called dbo.TWIN but for case'],
    ['create view v as select a from Far', 'dbo.Far is no table or view that is understood'],
    [
      'create view v as select Id from Orders union select Nr, 1 from s.Orders',
      'its text is not understood at "s . Orders"',
    ],
    ['create procedure v as select 1', 'its text is not understood at "create procedure"'],
    ['create view v as select Id as a, a + 1 as b from Orders', 'its column a is not known'],
    [
      'create view v as select Id from Orders where (select 1) = 1 group by',
      'its text is not understood at "group by"',
    ],
    ['create view v as select Id + 1 from Orders', 'a column of a query has no name'],
  ])('names what it shows, or why it is not understood: %s', (definition, words) => {
    expect(shown(definition)).toBe(words)
  })

  it('looks for names in its own schema, then in dbo', () => {
    const own = { schema: 's' }
    expect(shown('create view s.v as select Nr from Orders', own)).toBe('Orders.Nr from s.Orders')
    expect(shown('create view s.v as select a from Twin', own)).toBe('Twin.a from dbo.Twin')
    expect(shown('create view s.v as select Id from Only', own)).toBe('s.Only is no table or view that is understood')
  })

  it('keeps the columns and types that the catalog has for it', () => {
    const columns = [{ name: 'Id', logical: INT }, { name: 'City' }]
    expect(read('create view v as select * from Orders', {}, columns).meaning?.columns).toEqual(columns)
    expect(read('create view v as select * from Orders', {}, [{ name: 'Id' }])).toMatchObject({
      notUnderstood: 'its columns are no longer those of its text',
    })
  })

  it('is of another view, also of one that is not understood when the catalog has its columns', () => {
    const first: Module = {
      kind: 'view',
      schema: 'dbo',
      name: 'first',
      definition: 'create view first as select 1 as a',
    }
    const lost: Module = { ...first, name: 'lost', definition: 'create view lost as select top 1 Id as a from Orders' }
    const of = (name: string): Module => ({
      ...first,
      name: `of ${name}`,
      definition: `create view x as select a from ${name}`,
    })
    const modules = [first, lost, of('first'), of('lost'), of('later'), { ...first, name: 'later' }]
    const told = withMeanings({ ...MODEL, modules }, noColumns).map(({ notUnderstood }) => notUnderstood)
    const unknown = (name: string) => `the columns of dbo.${name} are not known`
    const top = 'it shows the TOP of its rows only'
    expect(told).toEqual([undefined, top, undefined, unknown('lost'), unknown('later'), undefined])
    const known = withMeanings({ ...MODEL, modules }, () => [{ name: 'a' }])
    expect(known.map(({ notUnderstood }) => notUnderstood)).toEqual([undefined, top, ...Array(4).fill(undefined)])
  })

  it.each([
    [{ ansiNullsOff: true }, 'create view v as select Id from Orders', 'it was made under SET ANSI_NULLS OFF'],
    [{ quotedIdentifierOff: true }, 'create view v as select "x" as a', 'it was made under SET QUOTED_IDENTIFIER OFF'],
    [{ quotedIdentifierOff: true }, 'create view v as select Id from Orders', undefined],
  ])('under %j is understood only where that makes no difference: %s', (native, definition, reason) => {
    expect(read(definition, { native }).notUnderstood).toBe(reason)
  })

  it('without a text has no meaning', () => {
    const hidden: Module = { kind: 'view', schema: 'dbo', name: 'v', definition: null }
    expect(withMeanings({ ...MODEL, modules: [hidden] }, noColumns)).toEqual([hidden])
  })

  it('never fails, wherever its text ends', () => {
    const text = `create view v as with q (a) as (select distinct top (100) percent o.Id from Orders as o
      join (values (1), (2)) t (n) on t.n = o.Id where exists (select * from Only) order by o.Id)
      select a, case when a > 1 then 'x' else 'y' end as b from q union all (select 1, cast(2 as varchar(3)))`
    expect(read(text).meaning).toBeDefined()
    for (let end = 0; end < text.length; end++) {
      const { meaning, notUnderstood } = read(text.slice(0, end))
      expect(meaning === undefined ? notUnderstood : '', text.slice(0, end)).toBeTypeOf('string')
    }
  })
})
