import { describe, expect, it } from 'vitest'
import { indexRow } from '../testing/catalog-rows.ts'
import { scriptedCatalog } from '../testing/scripted-catalog.ts'
import { NO_COMMENTS } from './comments.ts'
import { readIndexes } from './indexes.ts'
import { compressionFacts, type PartitionRow, readStorage, type SpaceRow } from './storage.ts'
import { readTables, type TableRow, tableFacts } from './tables.ts'

const space = (facts: Partial<SpaceRow>): SpaceRow => ({
  tableId: 1,
  indexId: 0,
  space: 'FG2',
  spaceType: 'FG',
  isDefault: false,
  partitionColumn: null,
  ...facts,
})

const partition = (number: number, compression: string, facts: Partial<PartitionRow> = {}): PartitionRow => ({
  tableId: 1,
  indexId: 1,
  partition: number,
  compression,
  xmlCompression: false,
  ...facts,
})

describe('the rows of a table or index', () => {
  it('lie in a filegroup or in the partitions of a scheme', async () => {
    const rows = [space({}), space({ indexId: 1, space: 'ps', spaceType: 'PS', partitionColumn: 'year' })]
    const storageOf = await readStorage(scriptedCatalog([/sys\.data_spaces/, rows]))
    expect([storageOf(1, 0), storageOf(1, 1), storageOf(2, 0)]).toEqual([
      { filegroup: 'FG2' },
      { partition: { scheme: 'ps', column: 'year' } },
      {},
    ])
  })

  it.each([
    ['all alike', [partition(1, 'page'), partition(2, 'page')], { compression: 'page' }],
    [
      'each in its way',
      [partition(1, 'page'), partition(2, 'none'), partition(3, 'row'), partition(4, 'page')],
      { compression: { page: [1, 4], row: [3] } },
    ],
    ['only some', [partition(1, 'none'), partition(2, 'row')], { compression: { row: [2] } }],
    ['a columnstore, as always', [partition(1, 'columnstore')], {}],
    ['a columnstore for rare use', [partition(1, 'columnstore_archive')], { compression: 'columnstore_archive' }],
    ['xml alone', [partition(1, 'none', { xmlCompression: true })], { xmlCompression: true }],
    ['not at all', [], {}],
  ] as const)('are compressed, %s', (_, rows, facts) => {
    expect(compressionFacts(rows)).toEqual(facts)
  })

  it('are described by the index they are in, or by their table', async () => {
    const index = indexRow({
      indexId: 1,
      name: 'CCI',
      type: 5,
      typeName: 'clustered columnstore',
      compressionDelay: 10,
    })
    const ordered = (column: string, orderOrdinal: number) => ({
      tableId: 1,
      indexId: 1,
      column,
      keyOrdinal: 0,
      descending: false,
      included: true,
      orderOrdinal,
    })
    const catalog = scriptedCatalog(
      [/sys\.data_spaces/, [space({ indexId: 1, space: 'ps', spaceType: 'PS', partitionColumn: 'a' })]],
      [/sys\.partitions/, [partition(1, 'columnstore_archive')]],
      [/from sys\.index_columns i/, [ordered('a', 2), ordered('b', 0), ordered('c', 1)]],
      [/from sys\.indexes i/, [index]],
    )
    const indexesOf = await readIndexes(catalog, NO_COMMENTS)
    expect(indexesOf(1).indexes[0]).toMatchObject({
      method: 'columnstore',
      clustered: true,
      native: {
        columnstoreOrder: ['c', 'a'],
        compressionDelay: 10,
        compression: 'columnstore_archive',
        partition: { scheme: 'ps', column: 'a' },
      },
    })
  })
})

const tableRow: TableRow = {
  id: 1,
  schema: 'dbo',
  name: 'T',
  temporalType: 0,
  historySchema: null,
  historyTable: null,
  periodStart: null,
  periodEnd: null,
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

const period = { periodStart: 'f', periodEnd: 't' }
const versioned = { temporalType: 2, historySchema: 'dbo', historyTable: 'H', ...period }

describe('a table', () => {
  it.each<readonly [string, Partial<TableRow>, object | undefined]>([
    ['of the usual kind', { lockEscalation: 'TABLE', retention: -1, textInRow: 0, columnSet: null }, undefined],
    [
      'whose history is kept for a time',
      { ...versioned, retention: 6, retentionUnit: 'MONTH' },
      { temporal: { history: { schema: 'dbo', name: 'H' }, start: 'f', end: 't', retention: '6 month' } },
    ],
    [
      'whose history is kept for ever',
      { ...versioned, retention: -1, retentionUnit: 'INFINITE' },
      { temporal: { history: { schema: 'dbo', name: 'H' }, start: 'f', end: 't' } },
    ],
    ['with a period and no history', period, { period: { start: 'f', end: 't' } }],
    ['that is a history', { temporalType: 1 }, { temporal: 'history' }],
    ['with a column set', { columnSet: 'all', columnSetPosition: 2 }, { columnSet: { name: 'all', position: 2 } }],
    [
      'with options',
      { lockEscalation: 'DISABLE', textInRow: 256, largeValuesOutOfRow: true },
      { lockEscalation: 'disable', textInRow: 256, largeValuesOutOfRow: true },
    ],
    ['in memory alone', { isMemoryOptimized: true, durability: 1 }, { memoryOptimized: true, schemaOnly: true }],
    ['of a ledger', { ledgerType: 2 }, { ledger: 'updatable' }],
  ])('%s says so', (_, facts, native) => {
    expect(tableFacts({ ...tableRow, ...facts }).native).toEqual(native)
  })

  it('without a clustered index says itself how its rows are stored', async () => {
    const catalog = scriptedCatalog(
      [/sys\.partitions/, [partition(1, 'row', { indexId: 0 })]],
      [/from sys\.tables t\njoin/, [tableRow]],
    )
    const [row] = await readTables(catalog)
    expect(tableFacts(row!).native).toEqual({ compression: 'row' })
  })
})
