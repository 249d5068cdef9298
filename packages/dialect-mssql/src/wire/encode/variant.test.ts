import type { Cell } from '@albackup/core'
import { done, values } from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { encodeForTarget } from '../../testing/encode-rows.ts'
import { column, readResponse } from '../../testing/read-response.ts'
import { pair } from '../../testing/target-column.ts'
import { columnMetadata } from './column-metadata.ts'

const { hex } = values
const NINES = '9'.repeat(34)

const VALUES: readonly (readonly [type: string, text: string, base: number, properties: string, wire: Uint8Array])[] = [
  ['bit', '1', 0x32, '', hex('01')],
  ['tinyint', '255', 0x30, '', hex('ff')],
  ['smallint', '-1', 0x34, '', values.smallInt(-1)],
  ['int', '-7', 0x38, '', values.int(-7)],
  ['bigint', '-9223372036854775808', 0x7f, '', values.bigInt(-(2n ** 63n))],
  ['real', '0.1', 0x3b, '', values.real(0.1)],
  ['float', '-0', 0x3e, '', values.float(-0)],
  ['float', '1.7976931348623157e+308', 0x3e, '', values.float(Number.MAX_VALUE)],
  ['money', '-922337203685477.5808', 0x3c, '', values.money('-922337203685477.5808')],
  ['smallmoney', '0.0001', 0x7a, '', values.smallMoney('0.0001')],
  ['numeric(38,4)', `${NINES}.9999`, 0x6c, '2604', values.decimal(`${NINES}.9999`, 38, 4)],
  ['decimal(9,2)', '-0.01', 0x6a, '0902', values.decimal('-0.01', 38, 2)],
  ['date', '0001-01-01', 0x28, '', values.date('0001-01-01')],
  ['time(7)', '23:59:59.9999999', 0x29, '07', values.time('23:59:59.9999999', 7)],
  ['datetime', '1753-01-01 00:00:00.000', 0x3d, '', values.dateTime('1753-01-01 00:00:00.000')],
  ['smalldatetime', '2079-06-06 23:59:00', 0x3a, '', values.smallDateTime('2079-06-06 23:59:00')],
  ['datetime2(0)', '9999-12-31 23:59:59', 0x2a, '00', values.dateTime2('9999-12-31 23:59:59', 0)],
  [
    'datetimeoffset(7)',
    '2026-04-27 15:33:00.1234567 +02:00',
    0x2b,
    '07',
    values.dateTimeOffset('2026-04-27 13:33:00.1234567', 7, 120),
  ],
  ['uniqueidentifier', '00112233-4455-6677-8899-aabbccddeeff', 0x24, '', hex('33221100554477668899aabbccddeeff')],
  ['nvarchar(100) collate 0x0904d00034', 'Größe 😀', 0xe7, '0904d00034c800', values.utf16('Größe 😀')],
  ['nchar(3) collate 0x0904d00034', 'ab ', 0xef, '0904d000340600', values.utf16('ab ')],
  ['varchar(20) collate 0x1104d00000', '日本', 0xa7, '1104d000001400', hex('93fa967b')],
  ['char(2) collate 0x0904d00034', 'é ', 0xaf, '0904d000340200', hex('e920')],
  ['varbinary(10)', '0x00ff', 0xa5, '0a00', hex('00ff')],
  ['binary(2)', '0x0001', 0xad, '0200', hex('0001')],
]

const VARIANT = pair(column('v', { kind: 'variant' }), 'sql_variant')
const cellOf = (type: string, value: string): Cell => JSON.stringify({ type, value })

describe('a variant', () => {
  it.each(VALUES)('of %s: %s has its own type on the wire', async (type, text, base, properties, wire) => {
    const { tokens } = await encodeForTarget([VARIANT], [[cellOf(type, text)]])
    const props = hex(properties)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(2 + props.length + wire.length)
    expect(tokens).toEqual(Buffer.concat([Buffer.of(0xd1), length, Buffer.of(base, props.length), props, wire]))
  })

  it('reads back as it was, and null as null', async () => {
    const rows: Cell[][] = [...VALUES.map(([type, text]) => [cellOf(type, text)]), [null]]
    const { tokens } = await encodeForTarget([VARIANT], rows)
    const response = [columnMetadata([VARIANT.target]), tokens, done({ rows: rows.length })]
    expect(await readResponse([VARIANT.source], response)).toEqual(rows)
  })

  it('of a text without a collation has that of most servers, and is proven as such', async () => {
    const { tokens, digest } = await encodeForTarget([VARIANT], [[cellOf('nvarchar(20)', 'é')]])
    const same = await encodeForTarget([VARIANT], [[cellOf('nvarchar(20) collate 0x0904d00034', 'é')]])
    expect({ tokens, digest }).toEqual({ tokens: same.tokens, digest: same.digest })
  })

  it('of an unknown type is refused', async () => {
    await expect(encodeForTarget([VARIANT], [[cellOf('hyperint', '1')]])).rejects.toThrow(
      'column [v] has a value that the target cannot hold: it is of the type hyperint',
    )
  })
})
