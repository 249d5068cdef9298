import { describe, expect, it } from 'vitest'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { readAssemblies } from './assemblies.ts'
import { mapClrType } from './clr-types.ts'
import { mapFullTextCatalog, mapStoplist } from './full-text-catalogs.ts'
import { mapFullTextIndex, readFullTextIndexes } from './full-text-indexes.ts'
import { mapPartitionFunction } from './partition-functions.ts'
import { readPartitionSchemes } from './partition-schemes.ts'
import { mapSensitivity } from './sensitivity.ts'
import { readStatistics } from './statistics.ts'
import { mapViewIndex, type ViewIndexRow } from './view-indexes.ts'

describe('a partition function', () => {
  const type = { typeSchema: 'sys', isAlias: false, isClr: false, maxLength: 8, precision: 27, scale: 7 }
  const boundary = { precision: 27, scale: 7, maxLength: 8, collation: null }

  it('has boundaries of its own type', () => {
    const row = {
      ...type,
      baseType: 'datetime2',
      typeName: 'datetime2',
      collation: null,
      id: 1,
      name: 'pf',
      onRight: true,
    }
    const boundaries = ['2026-01-01 00:00:00.0000000', '2027-01-01 00:00:00.0000001']
    expect(
      mapPartitionFunction(
        row,
        boundaries.map((text) => ({ ...boundary, baseType: 'datetime2', text })),
      ),
    ).toEqual({
      kind: 'partition function',
      name: '[pf]',
      statements: [
        "create partition function [pf] (datetime2(7)) as range right for values (cast(N'2026-01-01 00:00:00.0000000' as datetime2(7)), cast(N'2027-01-01 00:00:00.0000001' as datetime2(7)))",
      ],
      stage: 'before tables',
      drop: 'drop partition function [pf]',
    })
  })

  it('of text has a collation, and may have no boundary or NULL', () => {
    const text = {
      ...type,
      baseType: 'nvarchar',
      typeName: 'nvarchar',
      maxLength: 20,
      collation: 'Latin1_General_BIN2',
    }
    const row = { ...text, id: 1, name: 'pf', onRight: false }
    expect(mapPartitionFunction(row, []).statements).toEqual([
      'create partition function [pf] (nvarchar(10) collate Latin1_General_BIN2) as range left for values ()',
    ])
    expect(mapPartitionFunction(row, [{ ...boundary, baseType: null, text: null }]).statements[0]).toContain('(null)')
  })
})

it('a partition scheme has everything in PRIMARY, which is said where it was not so', async () => {
  const rows = [
    { name: 'ps', partitionFunction: 'pf', elsewhere: 2 },
    { name: 'all here', partitionFunction: 'pf', elsewhere: 0 },
  ]
  expect(await readPartitionSchemes(scriptedCatalog([/partition_schemes/, rows]))).toMatchObject({
    objects: [
      { statements: ['create partition scheme [all here] as partition [pf] all to ([PRIMARY])'] },
      { statements: ['create partition scheme [ps] as partition [pf] all to ([PRIMARY])'] },
    ],
    leftBehind: [{ kind: 'filegroups of a partition scheme', name: '[ps]' }],
  })
})

describe('full text', () => {
  it('catalogs and stoplists come before the indexes', () => {
    expect(mapFullTextCatalog({ name: 'fc', isDefault: true, isAccentSensitive: false })).toMatchObject({
      statements: ['create fulltext catalog [fc] with accent_sensitivity = off as default'],
      stage: 'with keys',
    })
    expect(mapStoplist('sl', [{ stoplistId: 5, word: "o'", languageId: 1033 }]).statements).toEqual([
      'create fulltext stoplist [sl]',
      "alter fulltext stoplist [sl] add N'o''' language 1033",
    ])
  })

  const index = {
    id: 1,
    schema: 'dbo',
    name: 'T',
    isView: false,
    keyIndex: 'PK',
    catalog: 'fc',
    isEnabled: true,
    changeTracking: 'A',
    stoplistId: 0,
    stoplist: null,
    hasPropertyList: false,
  }
  const column = { tableId: 1, column: 'c', typeColumn: null, languageId: 0, hasSemantics: false }

  it('an index has columns, key, catalog and options', () => {
    const columns = [column, { ...column, column: 'doc', typeColumn: 'ext', languageId: 1031, hasSemantics: true }]
    expect(mapFullTextIndex(index, columns)).toEqual({
      kind: 'full-text index',
      name: '[dbo].[T]',
      statements: [
        'create fulltext index on [dbo].[T] ([c] language 0, [doc] type column [ext] language 1031 statistical_semantics)\nkey index [PK] on [fc]\nwith (change_tracking = auto, stoplist = system)',
      ],
      stage: 'with keys',
      table: { schema: 'dbo', name: 'T' },
    })
  })

  it.each([
    ['change_tracking = manual, stoplist = off', { changeTracking: 'M', stoplistId: null }],
    ['change_tracking = off, stoplist = [sl]', { changeTracking: 'O', stoplistId: 5, stoplist: 'sl' }],
  ])('an index with %s', (options, facts) => {
    expect(mapFullTextIndex({ ...index, ...facts }, [column]).statements[0]).toContain(options)
  })

  it('an index of a view waits for the view, and one that is disabled is so again', () => {
    const found = mapFullTextIndex({ ...index, isView: true, isEnabled: false }, [column])
    expect(found).toMatchObject({ stage: 'after modules' })
    expect(found).not.toHaveProperty('table')
    expect(found.statements[1]).toBe('alter fulltext index on [dbo].[T] disable')
  })

  it('a list of properties is left behind', async () => {
    const catalog = scriptedCatalog(
      [/fulltext_index_columns/, [column]],
      [/fulltext_indexes/, [{ ...index, hasPropertyList: true }]],
    )
    expect((await readFullTextIndexes(catalog)).leftBehind).toMatchObject([
      { kind: 'search property list', name: '[dbo].[T]' },
    ])
  })
})

it('statistics of a user are made on their columns, in order', async () => {
  const row = {
    tableId: 1,
    statisticsId: 2,
    schema: 'dbo',
    table: 'T',
    name: 's',
    filter: '([a]>(0))',
    noRecompute: true,
    isIncremental: false,
  }
  const rows = [
    { ...row, column: 'b' },
    { ...row, column: 'a' },
  ]
  expect((await readStatistics(scriptedCatalog([/sys\.stats/, rows]))).objects).toEqual([
    {
      kind: 'statistics',
      name: '[dbo].[T].[s]',
      statements: ['create statistics [s] on [dbo].[T] ([b], [a]) where ([a]>(0)) with norecompute'],
      stage: 'with keys',
      table: { schema: 'dbo', name: 'T' },
    },
  ])
})

describe('an index of a view', () => {
  const row: ViewIndexRow = {
    viewId: 1,
    indexId: 1,
    schema: 'dbo',
    view: 'V',
    name: 'ix',
    type: 1,
    isUnique: true,
    isDisabled: false,
    ignoreDuplicates: false,
    fillFactor: 0,
    isPadded: false,
    allowRowLocks: true,
    allowPageLocks: true,
  }
  const column = { viewId: 1, indexId: 1, column: 'a', descending: false, included: false }

  it('is made after the view', () => {
    expect(mapViewIndex(row, [column, { ...column, column: 'b', descending: true }])).toEqual({
      kind: 'index of a view',
      name: '[dbo].[V].[ix]',
      statements: ['create unique clustered index [ix] on [dbo].[V] ([a], [b] desc)'],
      stage: 'after modules',
    })
  })

  it('keeps its options', () => {
    const options = {
      fillFactor: 80,
      isPadded: true,
      ignoreDuplicates: true,
      allowRowLocks: false,
      allowPageLocks: false,
    }
    const index = mapViewIndex({ ...row, ...options, type: 2, isUnique: false, isDisabled: true }, [
      column,
      { ...column, column: 'b', included: true },
    ])
    expect(index.statements).toEqual([
      'create nonclustered index [ix] on [dbo].[V] ([a]) include ([b]) with (fillfactor = 80, pad_index = on, ignore_dup_key = on, allow_row_locks = off, allow_page_locks = off)',
      'alter index [ix] on [dbo].[V] disable',
    ])
  })
})

describe('an assembly', () => {
  const rows = [
    { id: 1, name: 'a', permissionSet: 3, isVisible: true },
    { id: 2, name: 'b', permissionSet: 1, isVisible: false },
    { id: 3, name: 'unseen', permissionSet: 1, isVisible: true },
  ]
  const files = [
    { assemblyId: 1, name: 'a.dll', content: Buffer.from('4d5a', 'hex') },
    { assemblyId: 2, name: 'b.dll', content: Buffer.from('00ff', 'hex') },
    { assemblyId: 2, name: 'b.pdb', content: Buffer.from('01', 'hex') },
  ]

  it('is made from its bytes, after those it needs', async () => {
    const catalog = scriptedCatalog(
      [/assembly_files/, files],
      [/assembly_references/, [{ from: 1, to: 2 }]],
      [/sys\.assemblies/, rows],
    )
    expect(await readAssemblies(catalog)).toEqual({
      objects: [
        {
          kind: 'assembly',
          name: '[b]',
          statements: [
            'create assembly [b] from 0x00ff with permission_set = safe',
            "alter assembly [b] add file from 0x01 as N'b.pdb'",
            'alter assembly [b] with visibility = off',
          ],
          stage: 'before tables',
          drop: 'drop assembly [b]',
        },
        {
          kind: 'assembly',
          name: '[a]',
          statements: ['create assembly [a] from 0x4d5a with permission_set = unsafe'],
          stage: 'before tables',
          drop: 'drop assembly [a]',
        },
      ],
      leftBehind: [{ kind: 'assembly', name: '[unseen]', reason: 'the login may not see its bytes; deploy it again' }],
    })
  })

  it('has types', () => {
    expect(mapClrType({ schema: 'dbo', name: 'Point', assembly: 'a', class: 'Geo.Point' }).statements).toEqual([
      'create type [dbo].[Point] external name [a].[Geo.Point]',
    ])
  })
})

it('a column keeps how sensitive it is', () => {
  const row = {
    schema: 'dbo',
    table: 'T',
    column: 'c',
    label: 'Confidential',
    labelId: 'ж',
    informationType: "Ann's",
    informationTypeId: null,
    rank: 'HIGH',
  }
  expect(mapSensitivity(row)).toMatchObject({
    statements: [
      "add sensitivity classification to [dbo].[T].[c] with (label = 'Confidential', label_id = N'ж', information_type = 'Ann''s', rank = high)",
    ],
    table: { schema: 'dbo', name: 'T' },
  })
})
