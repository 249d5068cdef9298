import type { Expression, LogicalType, MappingPolicy, Module, SchemaModel, Selection, ViewQuery } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { parsePolicy } from '../../policy.ts'
import { EMPTY_DATABASE } from '../empty-database.ts'
import { planRestore } from '../plan-restore.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const BY_CHARACTERS = { by: 'characters', caseSensitive: true, ignoresTrailingBlanks: false } as const
const TEXT: LogicalType = {
  ...{ kind: 'text', length: 20, unit: 'characters', fixed: false },
  comparison: BY_CHARACTERS,
}

const table = sampleTable('public', 'order_lines', [
  sampleColumn('id', INT),
  sampleColumn('product', TEXT),
  sampleColumn('state', { ...TEXT, fixed: true, comparison: { ...BY_CHARACTERS, ignoresTrailingBlanks: true } }),
  sampleColumn('price', { kind: 'decimal', precision: 10, scale: 2 }),
])

const column = (name: string, of = 'order_lines'): Expression => ({ kind: 'column', name, of })

/** `names`: of columns of the table or view `source`. */
function selection(source: string, names: readonly string[], where?: Expression): ViewQuery {
  return {
    columns: names.map((name) => ({ name })),
    query: {
      kind: 'select',
      distinct: false,
      items: names.map((name) => column(name, source)),
      from: [{ kind: 'table', schema: 'public', name: source, alias: source }],
      ...(where && { where }),
    },
  }
}

function view(name: string, meaning: ViewQuery | undefined, facts: Partial<Module> = {}): Module {
  const module: Module = { kind: 'view', schema: 'public', name, definition: `create view ${name} …`, ...facts }
  return meaning === undefined ? module : { ...module, meaning }
}

function plan(modules: readonly Module[], policy: MappingPolicy = {}, target: Partial<TargetFacts> = {}) {
  const model: SchemaModel = { ...sampleModel([table]), dialect: 'postgres', modules }
  return planRestore(model, parsePolicy(policy, model), { ...EMPTY_DATABASE, ...target })
}

function statements(...args: Parameters<typeof plan>): readonly string[] {
  return plan(...args)
    .statements.objects.filter(({ kind }) => kind === 'view')
    .map(({ sql }) => sql)
}

function findings(...args: Parameters<typeof plan>): readonly string[] {
  return plan(...args)
    .findings.filter(({ kind }) => kind === 'view')
    .map(({ severity, object, message }) => `${severity} ${object} ${message}`)
}

const CHEAP = selection('order_lines', ['id', 'product'], {
  kind: 'binary',
  operator: '<',
  left: column('price'),
  right: { kind: 'literal', value: { type: 'integer', digits: '5' } },
})
const SOLD = `create view [dbo].[cheap] ([id], [product]) as
select [order_lines].[id], [order_lines].[product]
from [dbo].[order_lines]
where [order_lines].[price] < 5`

describe('a view of another engine', () => {
  it('is made of the tables as they are in the target', () => {
    expect(statements([view('cheap', CHEAP)])).toEqual([SOLD])
    expect(findings([view('cheap', CHEAP)])).toEqual([])
  })

  it('follows the mapping: schemas, spelling and names of tables, views and columns', () => {
    const policy = {
      schemas: { public: 'sales' },
      rename: {
        'public.order_lines': 'Lines',
        'public.order_lines.product': 'ProductName',
        'public.cheap': 'Cheap Lines',
        'public.cheap.product': 'What',
      },
    }
    expect(statements([view('cheap', CHEAP)], policy)).toEqual([
      'create view [sales].[Cheap Lines] ([id], [What]) as\n' +
        'select [Lines].[id], [Lines].[ProductName]\n' +
        'from [sales].[Lines]\n' +
        'where [Lines].[price] < 5',
    ])
    expect(plan([view('cheap', CHEAP)], policy).findings.filter(({ kind }) => kind === 'setting')).toEqual([])
  })

  it('shows a column in the type that the mapping gives it, and computes nothing with another kind', () => {
    const columns = { 'public.order_lines.price': 'nvarchar(20)' }
    expect(statements([view('prices', selection('order_lines', ['price']))], { columns })).toEqual([
      'create view [dbo].[prices] ([price]) as\nselect [order_lines].[price]\nfrom [dbo].[order_lines]',
    ])
    expect(findings([view('cheap', CHEAP)], { columns })).toEqual([
      'lost public.cheap is left out, the column price has another type there',
    ])
  })

  it('computes nothing with a text that the mapping pads with blanks', () => {
    const named = selection('order_lines', ['id'], {
      ...{ kind: 'binary', operator: '=', left: column('product') },
      right: { kind: 'literal', value: { type: 'text', text: 'x', unicode: true } },
    })
    expect(findings([view('named', named)], { columns: { 'public.order_lines.product': 'nchar(40)' } })).toEqual([
      'lost public.named is left out, the column product has another type there',
    ])
  })

  it('is left out without a column that the mapping leaves out', () => {
    expect(findings([view('cheap', CHEAP)], { columns: { 'public.order_lines.product': 'none' } })).toEqual([
      'lost public.cheap is left out, the column product is not in the target',
    ])
  })

  it('comes after those it needs, and is left out with them', () => {
    const first = view('first', CHEAP)
    const second = view('second', selection('first', ['id']))
    expect(statements([first, second])).toEqual([
      SOLD.replaceAll('cheap', 'first'),
      'create view [dbo].[second] ([id]) as\nselect [first].[id]\nfrom [dbo].[first]',
    ])
    const lost = view('first', undefined, { notUnderstood: 'it has a window function' })
    expect(findings([lost, second])).toEqual([
      'lost public.first is left out, it has a window function',
      'lost public.second is left out, it needs public.first, which is left out',
    ])
  })

  it('is left out with what the backup does not have', () => {
    expect(findings([view('other', selection('elsewhere', ['id']))])).toEqual([
      'lost public.other is left out, public.elsewhere is not in the backup',
    ])
  })

  it('gets another name where the target takes its own for that of a table', () => {
    const [sql] = statements([view('Order_Lines', CHEAP)])
    expect(sql).toMatch(/^create view \[dbo\]\.\[Order_Lines_[0-9a-f]{8}\] /)
    expect(findings([view('Order_Lines', CHEAP)])).toEqual([
      expect.stringMatching(
        /^changed public\.Order_Lines is called "Order_Lines_[0-9a-f]{8}" in SQL Server: something else has that name/,
      ),
    ])
  })

  it('has no two columns that the target takes for one', () => {
    const twins: ViewQuery = { ...CHEAP, columns: [{ name: 'id' }, { name: 'ID' }] }
    expect(statements([view('cheap', twins)])[0]).toMatch(/\(\[id\], \[ID_[0-9a-f]{8}\]\) as\n/)
  })

  it('replaces a view of its name, and no other thing', () => {
    const there = (kind: 'view' | 'procedure') => ({ objects: [{ kind, schema: 'dbo', name: 'Cheap' }] })
    expect(plan([view('cheap', CHEAP)], {}, there('view')).existing).toEqual(['view [dbo].[cheap]'])
    expect(plan([view('cheap', CHEAP)], {}, there('procedure')).existing).toEqual([])
    expect(findings([view('cheap', CHEAP)], {}, there('procedure'))).toEqual([
      'lost public.cheap is left out, the target has a procedure of its name',
    ])
  })

  it('checks what is written through it, where the server takes that', () => {
    const checked = plan([view('cheap', { ...CHEAP, checked: true })])
    const [statement] = checked.statements.objects.filter(({ kind }) => kind === 'view')
    expect(statement).toEqual({
      ...{ kind: 'view', object: 'public.cheap', optional: true, sql: `${SOLD}\nwith check option` },
      fallback: {
        sql: SOLD,
        finding: {
          ...{ severity: 'changed', kind: 'view', object: 'public.cheap' },
          message: 'checks no rows that are written through it, the server refused that',
        },
      },
    })
    expect(checked.makes?.modules).toEqual([
      { kind: 'view', schema: 'dbo', name: 'cheap', definition: `${SOLD}\nwith check option` },
    ])
  })

  it.each([
    [{}, 'select distinct [order_lines].[state]\nfrom [dbo].[order_lines]'],
    [
      { text: { collation: 'Latin1_General_100_CI_AS' } },
      'select [rows].[c1] from (select distinct [order_lines].[state] collate Latin1_General_BIN2, ' +
        'datalength([order_lines].[state]) from [dbo].[order_lines]) as [rows] ([c1], [k1])',
    ],
  ])('tells padded texts apart by their characters, whatever their collation: %j', (policy, query) => {
    const { query: all } = selection('order_lines', ['state'])
    const once: ViewQuery = { columns: [{ name: 'state' }], query: { ...(all as Selection), distinct: true } }
    expect(statements([view('states', once)], policy)).toEqual([`create view [dbo].[states] ([state]) as\n${query}`])
  })

  it('says its collation where its columns have that of the database', () => {
    const grouped: ViewQuery = {
      columns: [{ name: 'product' }],
      query: {
        ...{ kind: 'select', distinct: false, items: [column('product')], groupBy: [column('product')] },
        from: [{ kind: 'table', schema: 'public', name: 'order_lines', alias: 'order_lines' }],
      },
    }
    const product = '[order_lines].[product]'
    expect(statements([view('products', grouped)], { text: { collation: 'database' } })).toEqual([
      `create view [dbo].[products] ([product]) as
select ${product}
from [dbo].[order_lines]
group by ${product}, ${product} collate Latin1_General_BIN2, datalength(${product})`,
    ])
  })
})
