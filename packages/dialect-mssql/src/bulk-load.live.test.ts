import type { Cell, RowBytes } from '@albackup/core'
import { TargetError } from '@albackup/core'
import { liveMssql } from '@albackup/testkit/mssql-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulkLoad } from './bulk-load.ts'
import { connect } from './connect.ts'
import { parseConnection } from './connection-settings.ts'
import { avroRows } from './testing/encode-rows.ts'
import { type LoadColumn, type LoadTarget, openLoadTarget } from './testing/load-target.ts'
import { openRelay } from './testing/relay.ts'

const live = liveMssql()
const NINES = '9'.repeat(38)

/** Values that a server of this kind can hold whatever it is built on: without NUL, lone surrogates, or a seventh digit. */
const TYPES: readonly (readonly [declaration: string, ...cells: Exclude<Cell, null>[]])[] = [
  ['bit', true, false],
  ['tinyint', 0, 255],
  ['smallint', -32768, 32767],
  ['int', -2147483648, 2147483647],
  ['bigint', -(2n ** 63n), 2n ** 53n + 1n, 2n ** 63n - 1n],
  ['decimal(38,0)', NINES, `-${NINES}`, '0'],
  ['decimal(38,38)', `0.${NINES}`, `-0.${NINES}`],
  ['decimal(28,10)', '999999999999999999.9999999999', '-0.0000000001'],
  ['numeric(9,2)', '9999999.99', '-0.01'],
  ['money', '-922337203685477.5808', '922337203685477.5807', '-0.0001'],
  ['smallmoney', '-214748.3648', '214748.3647'],
  ['real', -0, 1.5, Math.fround(3.4e38)],
  ['float', -0, 5e-324, Number.MAX_VALUE],
  ['date', '0001-01-01', '9999-12-31'],
  ['time(6)', '23:59:59.999999', '00:00:00.000001'],
  ['smalldatetime', '1900-01-01 00:00:00', '2079-06-06 23:59:00'],
  ['datetime', '1753-01-01 00:00:00.000', '2026-04-27 15:33:00.003', '9999-12-31 23:59:59.997'],
  ['datetime2(3)', '0001-01-01 00:00:00.000', '9999-12-31 23:59:59.999'],
  ['datetime2(6)', '1969-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999'],
  [
    'datetimeoffset(6)',
    '0001-01-01 14:00:00.000000 +14:00',
    '2026-04-27 19:03:00.123456 +05:30',
    '9999-12-31 09:59:59.999999 -14:00',
  ],
  ['uniqueidentifier', '00112233-4455-6677-8899-aabbccddeeff'],
  ['char(4)', 'ab  ', 'Größ'],
  ['varchar(20)', '', ' ', 'Größe €'],
  ['varchar(max)', '', 'Größe '.repeat(30_000)],
  ['text', '', 'Größe '.repeat(9000)],
  ['nchar(4)', 'ab  ', '名名😀'],
  ['nvarchar(50)', '', 'trailing  ', 'Größe', '名前', '😀 emoji', '\ufffd', '\u0001', "'\\"],
  ['nvarchar(max)', '', 'långt 😀 '.repeat(30_000)],
  ['ntext', '', 'långt 😀 '.repeat(2000)],
  ['binary(3)', Uint8Array.of(0, 1, 255)],
  ['varbinary(8)', new Uint8Array(), Uint8Array.of(255, 0, 255, 0)],
  ['varbinary(max)', new Uint8Array(), new Uint8Array(120_000).fill(7)],
  ['image', new Uint8Array(), Uint8Array.of(0x89, 0x50)],
  ['xml', '<a> <b/> t</a>', '<a>名</a>'],
  ['sql_variant', variant('int', '-7'), variant('bigint', '9007199254740993'), variant('money', '-0.0001')],
]

function variant(type: string, value: string): string {
  return JSON.stringify({ type, value })
}

/** One row for each value, and one of NULL. */
function rowsOf(cells: readonly Exclude<Cell, null>[]): (readonly Cell[])[] {
  return [...cells.map((cell, i): readonly Cell[] => [i + 1, cell]), [cells.length + 1, null]]
}

const byId = (one: readonly Cell[], other: readonly Cell[]) => Number(one[0]) - Number(other[0])
const ID: LoadColumn = { name: 'id', declaration: 'int', more: 'not null' }

describe.skipIf(live === undefined)('a bulk load into a live server', () => {
  let target: LoadTarget
  beforeAll(async () => {
    target = await openLoadTarget(live!)
  })
  afterAll(() => target?.[Symbol.asyncDispose]())

  const types = TYPES.map(([declaration, ...cells], i) => ({ declaration, cells, i }))

  it.each(types)('brings every value of $declaration', async ({ declaration, cells, i }) => {
    const table = await target.createTable(`type${i}`, [ID, { name: 'v', declaration }])
    const rows = rowsOf(cells)
    const { losses, ...facts } = await target.load(table, rows, true)
    expect((await target.rows(table)).toSorted(byId)).toEqual(rows)
    expect(losses).toEqual([])
    expect(await target.digest(table)).toEqual(facts)
  })

  it('writes text in the code page of its column', async () => {
    const table = await target.createTable('pages', [
      ID,
      { name: 'j', declaration: 'varchar(20)', more: 'collate japanese_ci_as null' },
      { name: 'c', declaration: 'varchar(20)', more: 'collate cyrillic_general_ci_as null' },
    ])
    const rows: Cell[][] = [[1, '日本語ｱ', 'Привет']]
    const { losses, ...facts } = await target.load(table, rows, true)
    expect(await target.rows(table)).toEqual(rows)
    expect(await target.digest(table)).toEqual(facts)
  })

  it('keeps identity values, leaves the rowversion to the server, and null where there is a default', async () => {
    const table = await target.createTable('kept', [
      { name: 'id', declaration: 'int', more: 'identity(1,1) not null' },
      { name: 'v', declaration: 'rowversion', more: 'not null' },
      { name: 'd', declaration: 'int', more: 'null default 7' },
    ])
    const { losses, ...facts } = await target.load(table, [
      [-5, new Uint8Array(8), null],
      [40, new Uint8Array(8), 1],
    ])
    const rows = await target.rows(table)
    expect(rows.map(([id, , d]) => [id, d])).toEqual([
      [-5, null],
      [40, 1],
    ])
    expect(rows.map(([, v]) => v)).not.toContainEqual(new Uint8Array(8))
    expect(await target.digest(table)).toEqual(facts)
  })

  it('keeps identity values of a table with xml, too', async () => {
    const table = await target.createTable('xml_kept', [
      { name: 'id', declaration: 'int', more: 'identity(1,1) not null' },
      { name: 'x', declaration: 'xml' },
    ])
    const rows: Cell[][] = [
      [41, '<a> </a>'],
      [7, null],
    ]
    const { losses, ...facts } = await target.load(table, rows)
    expect((await target.rows(table)).toSorted(byId)).toEqual(rows.toSorted(byId))
    expect(await target.digest(table)).toEqual(facts)
  })

  it('fills a table whose only column is a rowversion', async () => {
    const table = await target.createTable('only_version', [{ name: 'v', declaration: 'rowversion', more: 'not null' }])
    const rows = Array.from({ length: 2500 }, () => [new Uint8Array(8)])
    const { losses, ...facts } = await target.load(table, rows)
    expect(facts.rows).toBe(2500)
    expect(await target.digest(table)).toEqual(facts)
  })

  it('fills a table whose only column is an identity', async () => {
    const table = await target.createTable('only_identity', [
      { name: 'id', declaration: 'bigint', more: 'identity(1,1) not null' },
    ])
    await target.load(table, [[5n], [3n]])
    expect(await target.server.query('select id from only_identity order by id')).toEqual([['3'], ['5']])
  })

  it('takes no rows at all', async () => {
    const table = await target.createTable('none', [ID])
    expect(await target.load(table, [])).toEqual({ rows: 0, digest: 0n, losses: [] })
    expect(await target.digest(table)).toEqual({ rows: 0, digest: 0n })
  })

  it('takes 1,024 columns', async () => {
    const columns = Array.from(
      { length: 1024 },
      (_, i): LoadColumn => ({ name: `c${i}`, declaration: i % 2 === 0 ? 'int' : 'nvarchar(4)' }),
    )
    const table = await target.createTable('wide', columns)
    const rows = [1, 2, 3].map((n) =>
      columns.map((_, i): Cell => ((i + n) % 3 === 0 ? null : i % 2 === 0 ? i * n : `${n}é`)),
    )
    const { losses, ...facts } = await target.load(table, rows)
    expect(await target.rows(table)).toEqual(rows)
    expect(await target.digest(table)).toEqual(facts)
  })

  it('takes values of 64 MB', async () => {
    const table = await target.createTable('large', [
      { name: 'words', declaration: 'nvarchar(max)' },
      { name: 'bytes', declaration: 'varbinary(max)' },
    ])
    const { losses, ...facts } = await target.load(table, [
      ['Größe 名前 😀 '.repeat((32 << 20) / 12), null],
      [null, Buffer.alloc(64 << 20, 'some bytes')],
    ])
    expect(await target.digest(table)).toEqual(facts)
  }, 60_000)

  it('takes odd names', async () => {
    const table = await target.createTable('o\'dd "name` 😀', [
      ID,
      { name: 'select', declaration: 'int' },
      { name: 'größe 名?', declaration: 'int' },
    ])
    const { losses, ...facts } = await target.load(table, [[1, 2, 3]])
    expect(await target.digest(table)).toEqual(facts)
  })

  it('counts what has no place, and proves what is there', async () => {
    const table = await target.createTable('lossy', [ID, { name: 'v', declaration: 'varchar(5)' }])
    const { losses, ...facts } = await target.load(table, [
      [1, '日'],
      [2, 'abcdefg'],
      [3, 'fine'],
    ])
    expect(losses.map(({ column, kind, count, samples }) => [column, kind, count, samples])).toEqual([
      ['v', 'unmappable-character', 1, ['"日"']],
      ['v', 'too-long', 1, ['"abcdefg"']],
    ])
    expect(await target.rows(table)).toEqual([
      [1, '?'],
      [2, 'abcde'],
      [3, 'fine'],
    ])
    expect(await target.digest(table)).toEqual(facts)
  })
})

describe.skipIf(live === undefined)('a bulk load that fails', () => {
  const COLUMNS: readonly LoadColumn[] = [ID, { name: 'v', declaration: 'nvarchar(200)' }]
  const manyRows = Array.from({ length: 30_000 }, (_, i): Cell[] => [i, 'x'.repeat(150)])

  async function* failing(
    table: Parameters<LoadTarget['load']>[0],
    fail: () => Promise<void>,
  ): AsyncIterable<RowBytes> {
    for await (const block of avroRows(table.source.columns, manyRows)) {
      yield block
      await fail()
    }
  }

  async function leavesNothing(target: LoadTarget, name: string): Promise<void> {
    expect(await target.server.query(`select count(*) from dbo.[${name}]`)).toEqual([[0]])
  }

  it('for a loss that is refused leaves nothing, and the connection can be used', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('refused', [ID, { name: 'v', declaration: 'varchar(5)' }])
    await expect(
      target.load(
        table,
        [
          [1, 'a'],
          [2, '日'],
        ],
        true,
      ),
    ).rejects.toThrow('cannot load table [dbo].[refused]: values would be altered: [v] unmappable character in a value')
    await leavesNothing(target, 'refused')
    expect((await target.load(table, [[1, 'a']], true)).rows).toBe(1)
  })

  it('for a value that the server refuses leaves nothing, and says which table', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('unique', [{ ...ID, more: 'not null primary key' }, COLUMNS[1]!])
    await expect(
      target.load(table, [
        [1, 'a'],
        [1, 'b'],
      ]),
    ).rejects.toThrow(TargetError)
    await expect(target.load(table, [...manyRows, [1, 'b']])).rejects.toThrow('cannot load table [dbo].[unique]: ')
    await leavesNothing(target, 'unique')
    expect((await target.load(table, manyRows)).rows).toBe(manyRows.length)
  })

  it('for a damaged backup tells that failure as it is', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('damaged', COLUMNS)
    const failure = new Error('the file is cut')
    const load = target.loadBlocks(
      table,
      failing(table, () => Promise.reject(failure)),
    )
    await expect(load).rejects.toBe(failure)
    await leavesNothing(target, 'damaged')
    expect((await target.load(table, [[1, 'a']])).rows).toBe(1)
  })

  it('when the job is stopped in its midst leaves nothing', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('stopped', COLUMNS)
    const never = new Promise<void>(() => {})
    const blocks = failing(table, () => {
      setTimeout(() => target.stop(), 50)
      return never
    })
    const begun = performance.now()
    await expect(target.loadBlocks(table, blocks)).rejects.toMatchObject({
      code: 'ALB_INTERRUPTED',
      message: 'cannot load table [dbo].[stopped]: the job was stopped',
    })
    expect(performance.now() - begun).toBeLessThan(5000)
    await leavesNothing(target, 'stopped')
  })

  it('when the connection is cut in its midst leaves nothing', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('cut', COLUMNS)
    const { host, port } = target.server.connection
    const relay = await openRelay(host!, port!)
    const connection = { ...target.server.connection, host: '127.0.0.1', port: relay.port }
    const database = await connect(parseConnection(connection), target.context)
    const blocks = failing(table, async () => relay.cut())
    await expect(bulkLoad(database, table, blocks, { refuseLoss: false }, target.context)).rejects.toMatchObject({
      code: 'ALB_TARGET',
      message: expect.stringMatching(/^cannot load table \[dbo\]\.\[cut\]: /),
    })
    await leavesNothing(target, 'cut')
    await database.close()
  })

  it('for a table that is not there names it', async () => {
    await using target = await openLoadTarget(live!)
    const table = await target.createTable('gone', COLUMNS)
    await target.server.run('drop table gone')
    await expect(target.load(table, [[1, 'a']])).rejects.toThrow('cannot load table [dbo].[gone]: ')
  })
})
