import { describe, expect, it } from 'vitest'
import { INT_ROW } from '../testing/catalog-rows.ts'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readBoundDefaultsAndRules } from './bound-defaults-and-rules.ts'
import { readTableTypes } from './table-types.ts'
import { readXmlSchemaCollections } from './xml-schema-collections.ts'

const plain = {
  ...INT_ROW,
  tableId: 9,
  nullable: true,
  isRowGuid: false,
  isComputed: false,
  isIdentity: false,
  xmlSchema: null,
  xmlCollection: null,
  isXmlDocument: false,
}
const phone = {
  ...plain,
  baseType: 'nvarchar',
  typeName: 'Phone',
  typeSchema: 'dbo',
  isAlias: true,
  maxLength: 40,
  collation: 'Latin1_General_CI_AS',
}

const COLUMNS = [
  { ...plain, columnId: 1, name: 'id', nullable: false, isIdentity: true },
  { ...phone, columnId: 2, name: 'phone' },
  { ...phone, columnId: 3, name: 'name', typeName: 'nvarchar', typeSchema: 'sys', isAlias: false, maxLength: 100 },
  { ...plain, columnId: 4, name: 'twice', isComputed: true },
  {
    ...plain,
    columnId: 5,
    name: 'doc',
    baseType: 'xml',
    typeName: 'xml',
    xmlSchema: 'dbo',
    xmlCollection: 'x',
    isXmlDocument: true,
  },
]
const KEYS = [
  {
    tableId: 9,
    indexId: 1,
    name: 'PK__tt__1',
    isPrimaryKey: true,
    isUniqueConstraint: false,
    isUnique: true,
    isClustered: true,
    ignoreDuplicates: true,
    bucketCount: null,
  },
  {
    tableId: 9,
    indexId: 2,
    name: 'ix',
    isPrimaryKey: false,
    isUniqueConstraint: false,
    isUnique: false,
    isClustered: false,
    ignoreDuplicates: false,
    bucketCount: '8',
  },
  {
    tableId: 9,
    indexId: 3,
    name: 'wide',
    isPrimaryKey: false,
    isUniqueConstraint: false,
    isUnique: true,
    isClustered: false,
    ignoreDuplicates: false,
    bucketCount: null,
  },
]
const KEY_COLUMNS = [
  { tableId: 9, indexId: 1, name: 'id', descending: true, included: false },
  { tableId: 9, indexId: 2, name: 'phone', descending: false, included: false },
  { tableId: 9, indexId: 3, name: 'id', descending: false, included: true },
  { tableId: 9, indexId: 3, name: 'phone', descending: false, included: false },
]

const catalogOf = (computed: string | null) =>
  scriptedCatalog(
    [/from sys\.table_types/, [{ id: 9, schema: 'dbo', name: 'tt', isMemoryOptimized: true }]],
    [/from sys\.default_constraints/, [{ tableId: 9, columnId: 3, default: "(N'?')" }]],
    [/from sys\.computed_columns/, [{ tableId: 9, columnId: 4, computed, isPersisted: false }]],
    [/from sys\.identity_columns/, [{ tableId: 9, columnId: 1, seed: '-5', increment: '2' }]],
    [/from sys\.check_constraints/, [{ tableId: 9, definition: '([id]<>(0))' }]],
    [/from sys\.index_columns/, KEY_COLUMNS],
    [/from sys\.indexes/, KEYS],
    [/from sys\.columns/, COLUMNS],
  )

describe('a table type', () => {
  it('is declared with all of its columns, keys, indexes and checks', async () => {
    expect(await readTableTypes(catalogOf('([id]*(2))'))).toEqual({
      objects: [
        {
          kind: 'table type',
          name: '[dbo].[tt]',
          statements: [
            `create type [dbo].[tt] as table (
  [id] int identity(-5, 2) not null,
  [phone] [dbo].[Phone] null,
  [name] nvarchar(50) collate Latin1_General_CI_AS null default (N'?'),
  [twice] as ([id]*(2)),
  [doc] xml(document [dbo].[x]) null,
  primary key clustered ([id] desc) with (ignore_dup_key = on),
  index [ix] nonclustered hash ([phone]) with (bucket_count = 8),
  index [wide] unique nonclustered ([phone]) include ([id]),
  check ([id]<>(0))
)
with (memory_optimized = on)`,
          ],
          stage: 'before tables',
          drop: 'drop type [dbo].[tt]',
        },
      ],
      leftBehind: [],
    })
  })

  it('that is only what a function returns comes with the function', async () => {
    const type = (id: number, name: string) => ({ id, schema: 'dbo', name, isMemoryOptimized: false })
    const catalog = scriptedCatalog(
      [/from sys\.table_types/, [type(9, '@found_list'), type(10, '@own')]],
      [/'TF'/, [{ schema: 'dbo', name: 'list' }]],
      [/from sys\./, []],
    )
    expect((await readTableTypes(catalog)).objects.map(({ name }) => name)).toEqual(['[dbo].[@own]'])
  })

  it('of which the server does not tell everything is left behind', async () => {
    expect(await readTableTypes(catalogOf(null))).toEqual({
      objects: [],
      leftBehind: [
        { kind: 'table type', name: '[dbo].[tt]', reason: 'the server does not tell all of its definitions' },
      ],
    })
  })
})

describe('an xml schema collection', () => {
  const rows = [{ schema: 'dbo', name: 'x' }]

  it('is printed by the server', async () => {
    const catalog = scriptedCatalog([/xml_schema_namespace\(N'dbo', N'x'\)/, [{ text: "<a b='c'/>" }]], [/./, rows])
    expect(await readXmlSchemaCollections(catalog)).toEqual({
      objects: [
        {
          kind: 'xml schema collection',
          name: '[dbo].[x]',
          statements: ["create xml schema collection [dbo].[x] as N'<a b=''c''/>'"],
          stage: 'before tables',
          drop: 'drop xml schema collection [dbo].[x]',
        },
      ],
      leftBehind: [],
    })
  })

  it('that the server does not show is left behind', async () => {
    const catalog = scriptedCatalog([/xml_schema_namespace/, [{ text: null }]], [/./, rows])
    expect(await readXmlSchemaCollections(catalog)).toMatchObject({
      objects: [],
      leftBehind: [{ kind: 'xml schema collection', name: '[dbo].[x]' }],
    })
  })
})

it('defaults and rules of their own are made as they were typed, under their true names', async () => {
  const row = { schema: 'dbo', isEncrypted: false, ansiNullsOff: false, quotedIdentifierOff: false }
  const rows = [
    { ...row, name: 'zero', kind: 'default', definition: 'create default nil as 0' },
    { ...row, name: 'r', kind: 'rule', definition: 'create rule r as @v > 0', ansiNullsOff: true },
    { ...row, name: 'secret', kind: 'rule', definition: null, isEncrypted: true },
  ]
  const { objects, leftBehind } = await readBoundDefaultsAndRules(scriptedCatalog([/'D', 'R'/, rows]))
  expect(objects.map(({ kind, statements, drop }) => [kind, statements[0], drop])).toEqual([
    ['rule', 'set ansi_nulls off\ngo\ncreate rule [dbo].[r] as @v > 0', 'drop rule [dbo].[r]'],
    ['default', 'create default [dbo].[zero] as 0', 'drop default [dbo].[zero]'],
  ])
  expect(leftBehind).toMatchObject([{ kind: 'rule', name: '[dbo].[secret]' }])
})
