import { expect, it } from 'vitest'
import { INT_ROW } from '../testing/catalog-rows.ts'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readAliasTypes } from './alias-types.ts'
import { boundFacts, boundObjects } from './bound-objects.ts'
import { CatalogViews } from './catalog.ts'
import { mapColumn, readColumns } from './columns.ts'
import { NO_COMMENTS } from './comments.ts'

const BOUND = { defaultSchema: 'dbo', defaultName: 'zero', ruleSchema: 'old', ruleName: 'positive' }
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
  const parts = { defaults: new Map(), identities: new Map(), computed: new Map(), comments: NO_COMMENTS }
  expect(mapColumn(column!, parts).native.facts).toMatchObject({ ...FACTS, masked: 'default()' })
})

it('an alias type names those that are bound to it', async () => {
  const row = { ...INT_ROW, ...BOUND, typeSchema: 'dbo', typeName: 'Count', isAlias: true, id: 300, nullable: false }
  const [type] = await readAliasTypes(scriptedCatalog([/from sys\.types t/, [row]]), NO_COMMENTS)
  expect(type).toMatchObject({ schema: 'dbo', name: 'Count', native: { declaration: 'int', facts: FACTS } })
})

it('where nothing is bound nothing is said, and a server without such objects is not asked', () => {
  expect(boundFacts({})).toEqual({ boundDefault: null, boundRule: null })
  expect(boundFacts({ defaultSchema: null, defaultName: null })).toEqual({ boundDefault: null, boundRule: null })
  expect(boundObjects(new CatalogViews(new Set()), 'columns', 'c')).toEqual({ columns: '', joins: '' })
})
