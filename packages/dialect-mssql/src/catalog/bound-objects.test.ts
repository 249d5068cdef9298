import { expect, it } from 'vitest'
import { INT_ROW } from '../testing/catalog-rows.ts'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readAliasTypes } from './alias-types.ts'
import { type BoundObjects, boundColumns, boundFacts, NOTHING_BOUND, readBoundObjects } from './bound-objects.ts'
import { CatalogViews } from './catalog.ts'
import { mapColumn, readColumns } from './columns.ts'
import { NO_COMMENTS } from './comments.ts'

const BOUND = { defaultId: 7, ruleId: 8 }
const OBJECTS: BoundObjects = new Map([
  [7, { schema: 'dbo', name: 'zero' }],
  [8, { schema: 'old', name: 'positive' }],
])
const FACTS = { boundDefault: { schema: 'dbo', name: 'zero' }, boundRule: { schema: 'old', name: 'positive' } }

it('a column names the default and the rule that are bound to it, and how it is masked', async () => {
  const row = {
    ...INT_ROW,
    ...BOUND,
    tableId: 1,
    columnId: 1,
    schema: 'dbo',
    table: 'T',
    name: 'c',
    nullable: true,
    isMasked: true,
    mask: 'default()',
    isAnsiPadded: true,
    generatedAlways: 0,
    encryption: null,
    graphType: null,
    xmlSchema: null,
    xmlCollection: null,
  }
  const [column] = await readColumns(scriptedCatalog([/from sys\.columns c/, [row]]))
  const parts = {
    defaults: new Map(),
    identities: new Map(),
    computed: new Map(),
    comments: NO_COMMENTS,
    bound: OBJECTS,
  }
  expect(mapColumn(column!, parts).native.facts).toMatchObject({ ...FACTS, masked: 'default()' })
})

it('an alias type names those that are bound to it', async () => {
  const row = { ...INT_ROW, ...BOUND, typeSchema: 'dbo', typeName: 'Count', isAlias: true, id: 300, nullable: false }
  const [type] = await readAliasTypes(scriptedCatalog([/from sys\.types t/, [row]]), NO_COMMENTS, OBJECTS)
  expect(type).toMatchObject({ schema: 'dbo', name: 'Count', native: { declaration: 'int', facts: FACTS } })
})

it('where nothing is bound nothing is said, nor of the default of a constraint', () => {
  const nothing = { boundDefault: null, boundRule: null }
  expect(boundFacts({}, OBJECTS)).toEqual(nothing)
  expect(boundFacts({ defaultId: 99, ruleId: 0 }, OBJECTS)).toEqual(nothing)
})

it('they are asked for once, and where a server has no such objects it is not asked', async () => {
  const rows = [...OBJECTS].map(([id, name]) => ({ id, ...name }))
  expect(await readBoundObjects(scriptedCatalog([/o\.type in \('D', 'R'\)/, rows]))).toEqual(OBJECTS)
  const none = { views: new CatalogViews(new Set()), query: () => Promise.reject(new Error('asked')) }
  expect(await readBoundObjects(none)).toBe(NOTHING_BOUND)
  expect(boundColumns(none.views, 'columns', 'c')).toBe('')
})
