import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { indexRow, typeRow } from '../testing/catalog-rows.ts'
import { NOTHING_BOUND } from './bound-objects.ts'
import { CatalogViews } from './catalog.ts'
import { mapCheck } from './checks.ts'
import { mapType } from './column-type.ts'
import { type ColumnRow, isCarried, mapColumn } from './columns.ts'
import { NO_COMMENTS } from './comments.ts'
import { mapDefault } from './defaults.ts'
import { dependencyOrder } from './dependency-order.ts'
import { mapForeignKey } from './foreign-keys.ts'
import { mapIdentity } from './identity-columns.ts'
import { mapIndex, mapKey } from './indexes.ts'
import { mapModule } from './modules.ts'
import { mapSequence } from './sequences.ts'
import { tableFacts } from './tables.ts'

describe('a type of the catalog is declared as', () => {
  it.each([
    ['int', typeRow('int')],
    ['decimal(19,4)', typeRow('decimal', { precision: 19, scale: 4 })],
    ['nvarchar(50)', typeRow('nvarchar', { maxLength: 100 })],
    ['nvarchar(max)', typeRow('nvarchar', { maxLength: -1 })],
    ['varchar(50)', typeRow('varchar', { maxLength: 50 })],
    ['varbinary(max)', typeRow('varbinary', { maxLength: -1 })],
    ['binary(16)', typeRow('binary', { maxLength: 16 })],
    ['datetime2(7)', typeRow('datetime2', { scale: 7 })],
    ['datetimeoffset(0)', typeRow('datetimeoffset', { scale: 0 })],
    ['rowversion', typeRow('timestamp', { maxLength: 8 })],
    ['vector(3)', typeRow('vector', { maxLength: 20 })],
    ['geography', typeRow('geography', { isClr: true, maxLength: -1 })],
    ['[dbo].[Point]', typeRow('point', { typeName: 'Point', typeSchema: 'dbo', isClr: true, isAlias: true })],
  ])('%s', (declaration, row) => {
    expect(mapType(row, 'column [c]').native.declaration).toBe(declaration)
  })

  it('what its alias stands for, which is kept beside it', () => {
    const row = typeRow('nvarchar', {
      typeName: 'Phone',
      typeSchema: 'dbo',
      isAlias: true,
      maxLength: 40,
      collation: 'Latin1_General_CI_AS',
    })
    expect(mapType(row, 'column [c]')).toMatchObject({
      native: {
        declaration: 'nvarchar(20)',
        collation: 'Latin1_General_CI_AS',
        alias: { schema: 'dbo', name: 'Phone' },
      },
      logical: { kind: 'text', length: 20, unit: 'utf16', fixed: false },
    })
  })

  it('nvarchar(128) for a name, whatever length the server says it has', () => {
    expect(mapType(typeRow('sysname', { maxLength: 128 }), 'column [c]')).toMatchObject({
      native: { declaration: 'nvarchar(128)', alias: { schema: 'sys', name: 'sysname' } },
    })
  })

  it('nothing that is not known', () => {
    expect(() => mapType(typeRow('quaternion'), 'column [dbo].[T].[c]')).toThrow(
      'cannot carry column [dbo].[T].[c]: its type quaternion is not known',
    )
  })
})

const columnRow = (facts: Partial<ColumnRow> = {}): ColumnRow => ({
  ...typeRow('int'),
  tableId: 1,
  columnId: 2,
  schema: 'dbo',
  table: 'T',
  name: 'c',
  nullable: true,
  isRowGuid: false,
  isSparse: false,
  isColumnSet: false,
  isFileStream: false,
  isHidden: false,
  isMasked: false,
  isAnsiPadded: true,
  generatedAlways: 0,
  encryption: null,
  graphType: null,
  isDroppedLedger: false,
  xmlSchema: null,
  xmlCollection: null,
  isXmlDocument: false,
  ...facts,
})

const parts = {
  defaults: new Map(),
  identities: new Map(),
  computed: new Map(),
  comments: NO_COMMENTS,
  bound: NOTHING_BOUND,
}

describe('a column', () => {
  it('is plain when nothing is remarkable', () => {
    expect(mapColumn(columnRow(), parts)).toEqual({
      name: 'c',
      native: { declaration: 'int' },
      logical: { kind: 'integer', bits: 32, signed: true },
      nullable: true,
    })
  })

  it('keeps what only SQL Server understands', () => {
    const row = columnRow({
      ...typeRow('datetime2', { scale: 7 }),
      name: 'ValidFrom',
      isHidden: true,
      generatedAlways: 1,
      nullable: false,
    })
    expect(mapColumn(row, parts).native).toEqual({
      declaration: 'datetime2(7)',
      facts: { hidden: true, generatedAlways: 'row start' },
    })
  })

  it('that is encrypted is the bytes that are sent for it', () => {
    const row = columnRow({ ...typeRow('nvarchar', { maxLength: 22 }), encryption: 1 })
    expect(mapColumn(row, parts)).toMatchObject({
      native: { declaration: 'nvarchar(11)', facts: { encryption: 'deterministic' } },
      logical: { kind: 'binary', content: 'encrypted' },
    })
  })

  it('has its default, identity and computation by its key', () => {
    const identity = mapIdentity({
      tableId: 1,
      columnId: 2,
      seed: '-9',
      increment: '3',
      lastValue: null,
      notForReplication: true,
    })
    const found = mapColumn(columnRow(), { ...parts, identities: new Map([['1 2', identity]]) })
    expect(found.identity).toEqual({ seed: '-9', increment: '3', lastValue: null, native: { notForReplication: true } })
  })

  it.each([{ graphType: 1 }, { isColumnSet: true }, { isDroppedLedger: true }])(
    'is the server’s own when %o',
    (facts) => {
      expect(isCarried(columnRow(facts))).toBe(false)
    },
  )
})

const indexColumn = (column: string, keyOrdinal: number, included = false, descending = false) => ({
  tableId: 1,
  indexId: 2,
  column,
  keyOrdinal,
  descending,
  included,
})

describe('an index', () => {
  it('has its key in order, what is included beside it, and its filter', () => {
    const columns = [indexColumn('d', 0, true), indexColumn('a', 1), indexColumn('b', 2, false, true)]
    const index = mapIndex(
      indexRow({ filter: '([a]>(0))', isUnique: true, fillFactor: 80, isPadded: true }),
      columns,
      {},
      NO_COMMENTS,
    )
    expect(index).toMatchObject({
      name: 'IX',
      unique: true,
      clustered: false,
      method: 'btree',
      columns: [
        { name: 'a', descending: false },
        { name: 'b', descending: true },
      ],
      included: ['d'],
      filter: { native: '([a]>(0))' },
      enabled: true,
      native: { fillFactor: 80, padIndex: true },
    })
  })

  it.each([
    [3, 'xml', false],
    [4, 'spatial', false],
    [5, 'columnstore', true],
    [6, 'columnstore', false],
    [7, 'hash', false],
  ])('of type %i is %s', (type, method, clustered) => {
    const index = mapIndex(
      indexRow({ type, isDisabled: true }),
      [indexColumn('x', type === 7 ? 1 : 0)],
      { bucketCount: 8 },
      NO_COMMENTS,
    )
    expect(index).toMatchObject({ method, clustered, enabled: false, columns: [{ name: 'x' }], included: [] })
    expect(index.native).toEqual({ bucketCount: 8 })
  })

  it('of a key says whether its name was made up', () => {
    expect(mapKey(indexRow({ name: 'PK__T__3213E83F', isSystemNamed: true, type: 1 }), [indexColumn('id', 1)])).toEqual(
      {
        name: 'PK__T__3213E83F',
        systemNamed: true,
        columns: [{ name: 'id', descending: false }],
        clustered: true,
      },
    )
  })
})

it('a foreign key pairs its columns in order and keeps trust apart from being enabled', () => {
  const columns = [
    { foreignKeyId: 7, column: 'b', referencedColumn: 'y' },
    { foreignKeyId: 7, column: 'a', referencedColumn: 'x' },
  ]
  const row = {
    id: 7,
    tableId: 1,
    name: 'FK',
    isSystemNamed: false,
    referencedSchema: 'dbo',
    referencedTable: 'P',
    onDelete: 1,
    onUpdate: 3,
    isDisabled: false,
    isNotTrusted: true,
    notForReplication: false,
  }
  expect(mapForeignKey(row, new Map([[7, columns]]))).toEqual({
    name: 'FK',
    systemNamed: false,
    columns: ['b', 'a'],
    references: { schema: 'dbo', name: 'P', columns: ['y', 'x'] },
    onDelete: 'cascade',
    onUpdate: 'set default',
    enabled: true,
    trusted: false,
  })
})

it('checks and defaults keep the words of the catalog, and their meaning where it is understood', () => {
  const check = {
    tableId: 1,
    name: 'CK',
    isSystemNamed: false,
    isDisabled: true,
    isNotTrusted: true,
    notForReplication: true,
  }
  expect(mapCheck({ ...check, definition: '([a]>(0))' })).toMatchObject({
    expression: { native: '([a]>(0))', meaning: { kind: 'binary', operator: '>' } },
    enabled: false,
    trusted: false,
    native: { notForReplication: true },
  })
  const one = { tableId: 1, columnId: 1, name: 'DF', isSystemNamed: true }
  expect(mapDefault({ ...one, definition: '(dbo.unknown_function(1, 2) over ())' }).expression).toEqual({
    native: '(dbo.unknown_function(1, 2) over ())',
  })
})

it.each([
  ['never used', null, null],
  ['used', '12', '12'],
  ['of a server that does not tell', undefined, '5'],
])('a sequence %s has its last value', (_, lastUsedValue, lastValue) => {
  const row = {
    ...typeRow('bigint'),
    id: 1,
    schema: 'dbo',
    name: 'S',
    start: '5',
    increment: '1',
    minimum: '-9223372036854775808',
    maximum: '9223372036854775807',
    isCycling: false,
    isCached: true,
    cacheSize: null,
    currentValue: '5',
    ...(lastUsedValue !== undefined && { lastUsedValue }),
  }
  expect(mapSequence(row, NO_COMMENTS)).toMatchObject({ lastValue, cache: null, start: '5' })
})

it('a module is what it was typed as, with the settings it needs', () => {
  const row = {
    id: 1,
    schema: 'dbo',
    name: 'TR',
    type: 'TR',
    definition: null,
    onSchema: 'dbo',
    onName: 'T',
    usesAnsiNulls: true,
    usesQuotedIdentifier: false,
    isDisabled: true,
    isEncrypted: false,
    isSchemaBound: false,
    isNative: false,
  }
  expect(mapModule(row)).toEqual({
    kind: 'trigger',
    schema: 'dbo',
    name: 'TR',
    definition: null,
    on: { schema: 'dbo', name: 'T' },
    native: { quotedIdentifierOff: true, disabled: true },
  })
})

it('a temporal table names its history and its period', () => {
  const row = {
    id: 1,
    schema: 'dbo',
    name: 'T',
    temporalType: 2,
    historySchema: 'hist',
    historyTable: 'T',
    periodStart: 'f',
    periodEnd: 't',
    isMemoryOptimized: false,
    durability: 0,
    isFileTable: false,
    isExternal: false,
    isNode: false,
    isEdge: false,
    ledgerType: 0,
    isDroppedLedger: false,
    usesAnsiNulls: true,
  }
  expect(tableFacts(row)).toEqual({
    native: { temporal: { history: { schema: 'hist', name: 'T' }, start: 'f', end: 't' } },
  })
})

describe('the order of dependencies', () => {
  const objects = [1, 2, 3, 4].map((id) => ({ id }))
  const order = (...dependencies: readonly (readonly [from: number, to: number])[]) =>
    dependencyOrder(
      objects,
      dependencies.map(([from, to]) => ({ from, to })),
    ).map(({ id }) => id)

  it('puts each behind what it needs and leaves the rest as it was', () => {
    expect(order([1, 4], [4, 3])).toEqual([3, 4, 1, 2])
  })

  it('does not mind circles, nor what it does not know', () => {
    expect(order([1, 2], [2, 1], [3, 99])).toEqual([2, 1, 3, 4])
  })
})

it('what a server does not have is asked for as a constant', () => {
  const views = new CatalogViews(new Set(['tables.is_node']))
  expect(views.flag('tables', 't', 'is_node')).toBe('cast(t.is_node as bit)')
  expect(views.flag('tables', 't', 'ledger_type')).toBe('cast(0 as bit)')
})

const SAMPLES = process.env.ALBACKUP_SAMPLES ?? join(import.meta.dirname, '../../../../../shared/samples')

interface Fact {
  readonly property: string
  readonly value: string
}

function storeTypes(): readonly string[] {
  try {
    const { cases } = JSON.parse(readFileSync(join(SAMPLES, 'efcore/catalog-facts.json'), 'utf8'))
    const facts: readonly Fact[] = cases.flatMap((one: { readonly facts: readonly Fact[] }) => one.facts)
    return [...new Set(facts.filter((fact) => fact.property === 'StoreType').map((fact) => fact.value))]
  } catch {
    process.stderr.write(
      'SKIPPED: tests on samples/efcore/catalog-facts.json; set ALBACKUP_SAMPLES to where they are\n',
    )
    return []
  }
}

const types = storeTypes()

describe.skipIf(types.length === 0)('a type that a real server stores is declared in the same words', () => {
  it.each(types)('%s', (declared) => {
    const match = /^(\w+)(?:\((\w+)(?:, ?(\d+))?\))?$/.exec(declared)!
    const [, name = '', first, second] = match
    const wide = name.startsWith('n') && name !== 'numeric'
    const length = first === 'max' ? -1 : Number(first ?? 0) * (wide ? 2 : 1)
    const isTime = /^(time|datetime2|datetimeoffset)$/.test(name)
    const row = typeRow(name === 'rowversion' ? 'timestamp' : name, {
      maxLength: length,
      precision: Number(first ?? 0),
      scale: isTime ? Number(first ?? 7) : Number(second ?? 0),
    })
    const expected = declared.replaceAll(', ', ',').replace(/^(time|datetime2|datetimeoffset)$/, '$1(7)')
    expect(mapType(row, 'column [c]').native.declaration).toBe(expected)
  })
})
