import type { Expression, LogicalType, MappingPolicy, Module, SchemaModel, ViewQuery } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import { describe, expect, it } from 'vitest'
import type { Relation, TargetFacts } from '../catalog/target-facts.ts'
import { parsePolicy } from '../policy.ts'
import { planRestore } from './plan-restore.ts'
import { mapSchemas } from './target-names.ts'

const INT: LogicalType = { kind: 'integer', bits: 32, signed: true }
const CASELESS: LogicalType = {
  kind: 'text',
  length: 20,
  unit: 'utf16',
  fixed: false,
  comparison: { by: 'language', caseSensitive: false, ignoresTrailingBlanks: true },
}

const table = sampleTable('dbo', 'OrderLines', [
  sampleColumn('LineNr', INT),
  sampleColumn('ProductName', CASELESS),
  sampleColumn('PickedAt', { kind: 'timestamp-offset', precision: 3 }),
  sampleColumn('OrderedAt', { kind: 'timestamp', precision: 3, step: '1/300 second' }),
  sampleColumn('Version', { kind: 'rowversion' }),
])

const column = (name: string, of = 'OrderLines'): Expression => ({ kind: 'column', name, of })

/** `names`: of columns of the table or view `source`. */
function selection(source: string, names: readonly string[], where?: Expression): ViewQuery {
  return {
    columns: names.map((name) => ({ name })),
    query: {
      kind: 'select',
      distinct: false,
      items: names.map((name) => column(name, source)),
      from: [{ kind: 'table', schema: 'dbo', name: source, alias: source }],
      ...(where && { where }),
    },
  }
}

function view(name: string, meaning: ViewQuery, facts: Partial<Module> = {}): Module {
  return { kind: 'view', schema: 'dbo', name, definition: `create view ${name} …`, meaning, ...facts }
}

const EMPTY: TargetFacts = {
  version: 180000,
  xml: true,
  icu: true,
  extensions: new Map([['citext', null]]),
  schemas: ['public'],
  relations: [],
  types: [],
}

function plan(modules: readonly Module[], policy: MappingPolicy = {}, target: Partial<TargetFacts> = {}) {
  const model: SchemaModel = { ...sampleModel([table]), dialect: 'mssql', modules }
  const parsed = parsePolicy(policy)
  return planRestore(model, parsed, mapSchemas(model, parsed), { ...EMPTY, ...target })
}

function statements(...args: Parameters<typeof plan>): readonly string[] {
  return plan(...args)
    .statements.objects.filter(({ kind }) => kind === 'view')
    .map(({ sql }) => sql)
}

function findings(...args: Parameters<typeof plan>): readonly string[] {
  return plan(...args)
    .findings.filter(({ kind }) => kind === 'view' || kind === 'setting')
    .map(({ severity, object, message }) => `${severity} ${object}: ${message}`)
}

const LINES = view('OpenLines', selection('OrderLines', ['LineNr', 'ProductName']))
const NAMED = view(
  'NamedLines',
  selection('OrderLines', ['LineNr'], {
    kind: 'binary',
    operator: '=',
    left: column('ProductName'),
    right: { kind: 'literal', value: { type: 'text', text: 'X', unicode: true } },
  }),
)

describe('a view', () => {
  it('and its columns are called as the mapping says', () => {
    const policy = { names: 'snake_case', schemas: { dbo: 'app' }, rename: { 'dbo.OpenLines.LineNr': 'nr' } }
    expect(statements([LINES], policy)).toEqual([
      'create view "app"."open_lines" ("nr", "product_name") as\n' +
        'select "order_lines"."line_nr", "order_lines"."product_name"\nfrom "app"."order_lines"',
    ])
    expect(findings([LINES], policy)).toEqual([])
  })

  it('is renamed by itself', () => {
    const policy = { rename: { 'dbo.OpenLines': 'open' } }
    expect(statements([LINES], policy)[0]).toMatch(/^create view "dbo"\."open" /)
  })

  it('has the offset of a timestamp in a column of its own, unless the mapping gives it up', () => {
    const picked = view('Picked', selection('OrderLines', ['PickedAt']))
    const again = view('Again', selection('Picked', ['PickedAt']))
    expect(statements([picked, again])).toEqual([
      'create view "dbo"."Picked" ("PickedAt", "PickedAt__offset") as\n' +
        'select "OrderLines"."PickedAt", "OrderLines"."PickedAt__offset"\nfrom "dbo"."OrderLines"',
      'create view "dbo"."Again" ("PickedAt", "PickedAt__offset") as\n' +
        'select "Picked"."PickedAt", "Picked"."PickedAt__offset"\nfrom "dbo"."Picked"',
    ])
    expect(statements([picked], { datetimeoffset: 'utc' })).toEqual([
      'create view "dbo"."Picked" ("PickedAt") as\nselect "OrderLines"."PickedAt"\nfrom "dbo"."OrderLines"',
    ])
  })

  it('shows a column in the type that the mapping gives it, and does not compute with it', () => {
    const policy = { columns: { 'dbo.OrderLines.OrderedAt': 'date' } }
    const shown = selection('OrderLines', ['OrderedAt'])
    const where: Expression = { kind: 'binary', operator: '=', left: column('OrderedAt'), right: column('OrderedAt') }
    expect(statements([view('Shown', shown)], policy)).toHaveLength(1)
    expect(findings([view('Asked', selection('OrderLines', ['LineNr'], where))], policy)).toEqual([
      'lost dbo.Asked: is left out, the column OrderedAt has another type in the target',
    ])
  })

  it('is left out when the mapping leaves out one of its columns', () => {
    const versions = view('Versions', selection('OrderLines', ['LineNr', 'Version']))
    expect(statements([versions])).toHaveLength(1)
    expect(findings([versions], { rowversion: 'none' })).toEqual([
      'lost dbo.Versions: is left out, the column Version is not in the target',
    ])
  })

  it.each([
    ['none', 'rtrim("OrderLines"."ProductName", \' \') collate "C"'],
    ['citext', 'rtrim("OrderLines"."ProductName"::text, \' \') collate "C"'],
    ['icu', 'rtrim(("OrderLines"."ProductName" collate "C"), \' \') collate "C"'],
  ])('compares texts by their characters where the mapping says %s', (ignoreCase, text) => {
    const policy = { text: { ignoreCase } }
    expect(statements([NAMED], policy)[0]).toMatch(new RegExp(`where lower\\(${escaped(text)}\\) = 'x'$`))
    expect(findings([NAMED], policy)).toEqual([
      'changed dbo.NamedLines: may show other rows for texts beyond ASCII: the texts are compared by the rules of a language',
    ])
  })

  it('that is not understood takes along those that need it', () => {
    const { meaning: _, ...lost } = LINES
    const needing = view('Needing', selection('OpenLines', ['LineNr']))
    expect(findings([{ ...lost, notUnderstood: 'it has PIVOT' }, needing])).toEqual([
      'lost dbo.OpenLines: is left out, it has PIVOT',
      'lost dbo.Needing: is left out, it needs dbo.OpenLines, which is left out',
    ])
  })

  it('is left out with the table that it needs', () => {
    const gone = view('Gone', selection('Excluded', ['a']))
    expect(findings([gone])).toEqual(['lost dbo.Gone: is left out, dbo.Excluded is not in the backup'])
  })

  it('that checks what is written is made without that where the server refuses it', () => {
    const [statement] = plan([view('Checked', { ...LINES.meaning!, checked: true })]).statements.objects
    expect(statement?.sql).toMatch(/\nwith check option$/)
    expect(statement?.fallback?.sql).not.toMatch(/with check option/)
    expect(statement?.fallback?.finding).toMatchObject({ severity: 'changed', object: 'dbo.Checked' })
  })

  it('is left out when the column is of another type in the source than what is worked out here', () => {
    const meaning = { ...LINES.meaning!, columns: [{ name: 'LineNr', logical: CASELESS }, { name: 'ProductName' }] }
    expect(findings([view('Odd', meaning)])).toEqual([
      'lost dbo.Odd: is left out, its column LineNr has another type in the source than what it shows',
    ])
  })

  it('stands in the translations and in what the plan makes', () => {
    const { translations, makes } = plan([LINES])
    const query = 'select "OrderLines"."LineNr", "OrderLines"."ProductName"\nfrom "dbo"."OrderLines"'
    expect(translations).toEqual([
      { kind: 'view', object: 'dbo.OpenLines', native: 'create view OpenLines …', sql: query },
    ])
    expect(makes?.modules.map(({ kind, schema, name }) => [kind, schema, name])).toEqual([['view', 'dbo', 'OpenLines']])
  })
})

describe('views that the target has already', () => {
  const there = (name: string, kind: Relation['kind'] = 'view'): Relation => ({
    schema: 'dbo',
    name,
    kind,
    owner: null,
  })
  const needing = view('Needing', selection('OpenLines', ['LineNr']))

  it('are dropped before what they need', () => {
    const relations = [there('Needing'), there('OpenLines'), there('OrderLines', 'table'), there('Other')]
    expect(plan([LINES, needing], {}, { relations }).existing).toEqual([
      '"dbo"."Needing"',
      '"dbo"."OpenLines"',
      '"dbo"."OrderLines"',
    ])
  })

  it('are not views, and stay', () => {
    const target = { relations: [there('OpenLines', 'sequence')] }
    expect(plan([LINES], {}, target).existing).toEqual([])
    expect(findings([LINES], {}, target)).toEqual([
      'lost dbo.OpenLines: is left out, the target has a sequence of its name',
    ])
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[().*+?]/g, '\\$&')
}
