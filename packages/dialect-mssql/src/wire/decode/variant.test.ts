import { colMetadata, done, row, types, values } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { column, readResponse } from '../../testing/read-response.ts'

const none = Buffer.alloc(0)
const hex = values.hex
const NINES = '9'.repeat(38)

/** Collation, then the greatest length in bytes. */
const textProperties = (collation: string, length: number) => Buffer.concat([hex(collation), values.smallInt(length)])

const CASES = [
  ['bit', 0x32, none, hex('01'), '1'],
  ['tinyint', 0x30, none, hex('ff'), '255'],
  ['smallint', 0x34, none, values.smallInt(-32768), '-32768'],
  ['int', 0x38, none, values.int(-1), '-1'],
  ['bigint', 0x7f, none, values.bigInt(-(2n ** 63n)), '-9223372036854775808'],
  ['real', 0x3b, none, values.real(0.1), '0.1'],
  ['real', 0x3b, none, values.real(-0), '-0'],
  ['real', 0x3b, none, values.real(16777216), '16777216'],
  ['float', 0x3e, none, values.float(0.1), '0.1'],
  ['float', 0x3e, none, values.float(-0), '-0'],
  ['float', 0x3e, none, values.float(5e-324), '5e-324'],
  ['smallmoney', 0x7a, none, values.smallMoney('-214748.3648'), '-214748.3648'],
  ['money', 0x3c, none, values.money('-922337203685477.5808'), '-922337203685477.5808'],
  ['decimal(38,0)', 0x6a, hex('2600'), values.decimal(`-${NINES}`, 38, 0), `-${NINES}`],
  ['numeric(10,2)', 0x6c, hex('0a02'), values.decimal('2.50', 10, 2), '2.50'],
  ['smalldatetime', 0x3a, none, values.smallDateTime('2079-06-06 23:59:00'), '2079-06-06 23:59:00'],
  ['datetime', 0x3d, none, values.dateTime('9999-12-31 23:59:59.997'), '9999-12-31 23:59:59.997'],
  ['date', 0x28, none, values.date('0001-01-01'), '0001-01-01'],
  ['time(7)', 0x29, hex('07'), values.time('23:59:59.9999999', 7), '23:59:59.9999999'],
  ['datetime2(7)', 0x2a, hex('07'), values.dateTime2('9999-12-31 23:59:59.9999999', 7), '9999-12-31 23:59:59.9999999'],
  [
    'datetimeoffset(7)',
    0x2b,
    hex('07'),
    values.dateTimeOffset('2026-04-27 13:33:00.1234567', 7, 120),
    '2026-04-27 15:33:00.1234567 +02:00',
  ],
  ['uniqueidentifier', 0x24, none, hex('33221100554477668899aabbccddeeff'), '00112233-4455-6677-8899-aabbccddeeff'],
  ['binary(3)', 0xad, hex('0300'), hex('00ff10'), '0x00ff10'],
  ['varbinary(8000)', 0xa5, hex('401f'), none, '0x'],
  ['varchar(20) collate 0x0904d00034', 0xa7, textProperties('0904d00034', 20), hex('80e9'), '€é'],
  ['varchar(20) collate 0x1104d00000', 0xa7, textProperties('1104d00000', 20), hex('93fa'), '日'],
  ['char(2) collate 0x0904d00034', 0xaf, textProperties('0904d00034', 2), hex('4120'), 'A '],
  ['nvarchar(10) collate 0x0904d00034', 0xe7, textProperties('0904d00034', 20), values.utf16('名\ud800'), '名\ud800'],
  ['nchar(1) collate 0x0904d00034', 0xef, textProperties('0904d00034', 2), values.utf16('é'), 'é'],
] as const

const wire = [
  { name: 'v', type: types.ssVariant },
  { name: 'after', type: types.intN(4) },
]
const columns = [column('v', { kind: 'variant' }), column('after', { kind: 'integer', bits: 32, signed: true })]

const respond = (...variants: readonly (Buffer | null)[]) =>
  readResponse(columns, [
    Buffer.concat([
      colMetadata(wire),
      ...variants.map((value, i) => row(wire, [value, values.int(i)])),
      done({ rows: variants.length }),
    ]),
  ])

describe('a variant keeps the type and the value of', () => {
  it.each(CASES)('%s', async (type, base, properties, value, text) => {
    expect(await respond(values.variant(base, properties, value), null)).toEqual([
      [JSON.stringify({ type, value: text }), 0],
      [null, 1],
    ])
  })

  it('each of many types in one column', async () => {
    const cells = await respond(...CASES.map(([, base, properties, value]) => values.variant(base, properties, value)))
    expect(cells.map(([cell]) => JSON.parse(String(cell)))).toEqual(
      CASES.map(([type, , , , value]) => ({ type, value })),
    )
  })
})

it('a variant of an unknown type is refused', async () => {
  await expect(respond(values.variant(0x99, none, none))).rejects.toThrow(
    'column [v]: a variant holds a value of the unknown type 0x99',
  )
})

it('a variant that ends within its properties is refused', async () => {
  await expect(respond(hex('a709'))).rejects.toThrow('column [v]: a variant ends within its properties')
})
