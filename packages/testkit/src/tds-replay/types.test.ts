import { Connection, Request } from 'tedious'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from './answer.ts'
import { type ReplayServer, startReplayServer } from './replay-server.ts'
import { colMetadata, done, nbcRow, row, type WireColumn } from './tokens.ts'
import { types, UTF8_COLLATION, type WireType } from './types.ts'
import { values } from './values.ts'

/** What tedious makes of a value, which is not always what the value is: it has no exact decimals. */
const READINGS: readonly (readonly [name: string, type: WireType, value: Uint8Array, reading: unknown])[] = [
  ['tinyint', types.tinyInt, values.tinyInt(255), 255],
  ['bit', types.bit, values.bit(true), true],
  ['smallint', types.smallInt, values.smallInt(-32768), -32768],
  ['int', types.int, values.int(-2147483648), -2147483648],
  ['bigint', types.bigInt, values.bigInt(-(2n ** 63n)), '-9223372036854775808'],
  ['real', types.real, values.real(0.5), 0.5],
  ['float', types.float, values.float(-1.5e300), -1.5e300],
  ['money', types.money, values.money('-1234567.8901'), -1234567.8901],
  ['smallmoney', types.smallMoney, values.smallMoney('-214748.3648'), -214748.3648],
  ['datetime', types.dateTime, values.dateTime('1753-01-01 23:59:59.997'), new Date('1753-01-01T23:59:59.997Z')],
  ['smalldatetime', types.smallDateTime, values.smallDateTime('2079-06-06 23:59:00'), new Date('2079-06-06T23:59:00Z')],
  ['intN 1', types.intN(1), values.tinyInt(200), 200],
  ['intN 2', types.intN(2), values.smallInt(-2), -2],
  ['intN 4', types.intN(4), values.int(-4), -4],
  ['intN 8', types.intN(8), values.bigInt(2n ** 53n + 1n), '9007199254740993'],
  ['bitN', types.bitN, values.bit(false), false],
  ['decimalN 5', types.decimalN(5, 2), values.decimal('-123.45', 5, 2), -123.45],
  ['decimalN 19', types.decimalN(19, 0), values.decimal('4294967296', 19, 0), 4294967296],
  ['numericN 28', types.numericN(28, 4), values.decimal('1.5000', 28, 4), 1.5],
  ['numericN 38', types.numericN(38, 10), values.decimal('-0.5', 38, 10), -0.5],
  ['floatN 4', types.floatN(4), values.real(-2), -2],
  ['floatN 8', types.floatN(8), values.float(0.1), 0.1],
  ['moneyN 4', types.moneyN(4), values.smallMoney('1.2345'), 1.2345],
  ['moneyN 8', types.moneyN(8), values.money('429496.7296'), 429496.7296],
  ['datetimeN 4', types.dateTimeN(4), values.smallDateTime('1900-01-01 00:01:00'), new Date('1900-01-01T00:01:00Z')],
  ['datetimeN 8', types.dateTimeN(8), values.dateTime('9999-12-31 00:00:00'), new Date('9999-12-31T00:00:00Z')],
  ['date', types.dateN, values.date('0001-01-01'), new Date('0001-01-01T00:00:00Z')],
  ['time 0', types.timeN(0), values.time('23:59:59', 0), new Date('1970-01-01T23:59:59Z')],
  ['time 3', types.timeN(3), values.time('12:34:56.789', 3), new Date('1970-01-01T12:34:56.789Z')],
  ['time 7', types.timeN(7), values.time('00:00:00.0010000', 7), new Date('1970-01-01T00:00:00.001Z')],
  [
    'datetime2 3',
    types.dateTime2N(3),
    values.dateTime2('9999-12-31 23:59:59.999', 3),
    new Date('9999-12-31T23:59:59.999Z'),
  ],
  [
    'datetimeoffset 3',
    types.dateTimeOffsetN(3),
    values.dateTimeOffset('2026-04-27 13:33:00.123', 3, -840),
    new Date('2026-04-27T13:33:00.123Z'),
  ],
  [
    'uniqueidentifier',
    types.guid,
    values.guid('6f9619ff-8b86-d011-b42d-00c04fc964ff'),
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  ],
  ['varchar', types.bigVarChar(20), values.latin1('Gr\xf6\xdfe'), 'Größe'],
  ['varchar utf-8', types.bigVarChar(20, UTF8_COLLATION), Buffer.from('😀 名'), '😀 名'],
  ['varchar empty', types.bigVarChar(20), Buffer.alloc(0), ''],
  ['char', types.bigChar(4), values.latin1('ab  '), 'ab  '],
  ['nvarchar', types.nVarChar(40), values.utf16('名前 😀'), '名前 😀'],
  ['nchar', types.nChar(8), values.utf16('ab  '), 'ab  '],
  ['varbinary', types.bigVarBinary(8), values.hex('00ff'), Buffer.from([0, 255])],
  ['binary', types.bigBinary(2), values.hex('0d0a'), Buffer.from([13, 10])],
  ['varchar(max)', types.bigVarChar('max'), values.latin1('x'.repeat(9000)), 'x'.repeat(9000)],
  ['nvarchar(max) in chunks', types.nVarChar('max', { chunkBytes: 3 }), values.utf16('in chunks'), 'in chunks'],
  ['nvarchar(max) of unknown length', types.nVarChar('max', { unknownLength: true }), values.utf16('?'), '?'],
  ['varbinary(max)', types.bigVarBinary('max'), Buffer.alloc(0), Buffer.alloc(0)],
  ['text', types.text(), values.latin1('old text'), 'old text'],
  ['ntext', types.nText, values.utf16('old ntext'), 'old ntext'],
  ['image', types.image, values.hex('89504e47'), Buffer.from('89504e47', 'hex')],
  ['xml', types.xml(), values.utf16('<a/>'), '<a/>'],
  ['typed xml', types.xml({ database: 'd', schema: 's', name: 'c' }), values.utf16('<a/>'), '<a/>'],
  [
    'udt',
    types.udt({ database: 'd', schema: 'sys', type: 'hierarchyid', assembly: 'a' }),
    values.hex('58'),
    Buffer.from([0x58]),
  ],
  ['variant int', types.ssVariant, values.variant(0x38, Buffer.alloc(0), values.int(42)), 42],
  ['variant decimal', types.ssVariant, values.variant(0x6a, Buffer.from([5, 2]), values.decimal('-1.50', 38, 2)), -1.5],
]

describe('a hand-made row, read by tedious', () => {
  let server: ReplayServer
  let connection: Connection
  let answer: Answer

  beforeAll(async () => {
    server = await startReplayServer({ script: ({ sql }) => (sql === 'select' ? answer : undefined) })
    connection = new Connection({
      server: server.host,
      authentication: { type: 'default', options: { userName: 'ada', password: '' } },
      options: { port: server.port, encrypt: false },
    })
    await new Promise<void>((resolve, reject) => {
      connection.connect((failure) => (failure ? reject(failure) : resolve()))
    })
  })

  afterAll(async () => {
    connection.close()
    await server[Symbol.asyncDispose]()
  })

  function read(stream: Answer): Promise<unknown[][]> {
    answer = stream
    return new Promise((resolve, reject) => {
      const rows: unknown[][] = []
      const request = new Request('select', (failure) => (failure ? reject(failure) : resolve(rows)))
      request.on('row', (columns: { value: unknown }[]) => rows.push(columns.map((column) => column.value)))
      connection.execSqlBatch(request)
    })
  }

  it.each(READINGS)('holds %s', async (name, type, value, reading) => {
    const columns: readonly WireColumn[] = [{ name, type }]
    const stream = [colMetadata(columns), row(columns, [value]), nbcRow(columns, [value]), done({ rows: 2 })]
    const rows = await read(stream)
    expect(rows.flat().map(plain)).toEqual([reading, reading])
  })

  it.each(READINGS.filter(([, type]) => type.info.length > 1))('holds NULL as %s', async (name, type) => {
    const columns: readonly WireColumn[] = [{ name, type }]
    expect(await read([colMetadata(columns), row(columns, [null]), nbcRow(columns, [null]), done()])).toEqual([
      [null],
      [null],
    ])
  })

  it('has no NULL in a type of fixed length', () => {
    expect(() => row([{ name: 'n', type: types.int }], [null])).toThrow('this type has 4 bytes and no NULL')
  })
})

/** Without the nanoseconds that tedious adds to dates as a property. */
function plain(value: unknown): unknown {
  return value instanceof Date ? new Date(value) : value
}
