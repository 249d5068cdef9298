import type { Column } from '@albackup/core'
import {
  colMetadata,
  done,
  doneInProc,
  doneProc,
  error,
  info,
  nbcRow,
  order,
  returnStatus,
  row,
  types,
  values,
} from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { column, readResponse } from '../testing/read-response.ts'

const INT = { kind: 'integer', bits: 32, signed: true } as const
const columns: readonly Column[] = [
  column('id', INT, false),
  column('note', { kind: 'text', length: 5, unit: 'bytes', fixed: false }),
]
const wire = [
  { name: 'id', type: types.intN(4) },
  { name: 'note', type: types.bigVarChar(5) },
]
const metadata = colMetadata(wire)
const one = row(wire, [values.int(1), values.latin1('a')])
const two = nbcRow(wire, [values.int(2), null])

const read = (...tokens: readonly Uint8Array[]) => readResponse(columns, [Buffer.concat(tokens)])

describe('a response', () => {
  it('may hold tokens that say nothing about rows', async () => {
    const env = Buffer.from([0xe3, 3, 0, 1, 0, 0])
    const tabName = Buffer.from([0xa4, 2, 0, 0, 0])
    const colInfo = Buffer.from([0xa5, 3, 0, 1, 0, 0])
    const rest = [returnStatus(0), doneProc({ rows: 2 })]
    const hello = info({ number: 5701, message: 'Changed database context' })
    expect(
      await read(
        env,
        hello,
        metadata,
        tabName,
        colInfo,
        order([1]),
        one,
        two,
        doneInProc({ status: 1, rows: 2 }),
        ...rest,
      ),
    ).toEqual([
      [1, 'a'],
      [2, null],
    ])
  })

  it('of no rows is whole', async () => {
    expect(await read(metadata, done({ rows: 0 }))).toEqual([])
  })

  it('with 300 columns keeps its NULLs apart', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ name: `c${i}`, type: types.intN(4) }))
    const model = many.map(({ name }) => column(name, INT))
    const cells = many.map((_, i) => (i % 3 === 0 ? null : i))
    const bytes = nbcRow(
      many,
      cells.map((cell) => (cell === null ? null : values.int(cell))),
    )
    const response = Buffer.concat([colMetadata(many), bytes, bytes, done({ rows: 2 })])
    expect(await readResponse(model, [response.subarray(0, 5000), response.subarray(5000)])).toEqual([cells, cells])
  })

  it('of many rows is cut into blocks without a gap', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => row(wire, [values.int(i), values.latin1('abcde')]))
    const read = await readResponse(columns, [
      metadata,
      ...chunksOf(Buffer.concat(rows), 32_759),
      done({ rows: rows.length }),
    ])
    expect(read.length).toBe(rows.length)
    expect(read.every(([id], i) => id === i)).toBe(true)
  })
})

describe('a response is refused', () => {
  it.each([
    ['without the end of its result', [metadata, one], 'the response ends before its last row is confirmed'],
    [
      'when more was promised',
      [metadata, one, done({ status: 1, rows: 1 })],
      'the response ends before its last row is confirmed',
    ],
    ['within a row', [metadata, one.subarray(0, -1)], 'the response ends within a token'],
    ['within a token', [metadata, one, done({ rows: 1 }).subarray(0, 5)], 'the response ends within a token'],
    ['with fewer rows than were counted', [metadata, one, done({ rows: 2 })], 'the server sent 2 rows, 1 arrived'],
    ['with more rows than were counted', [metadata, one, two, done({ rows: 1 })], 'the server sent 1 rows, 2 arrived'],
    ['that counts nothing', [metadata, one, done()], 'the server did not say how many rows it sent'],
    ['without a result', [done({ rows: 0 })], 'the response holds no result'],
    ['that was cancelled', [metadata, done({ status: 0x20 })], 'the query was cancelled'],
    ['that was broken off', [metadata, done({ status: 0x02 })], 'the server broke the query off'],
    [
      'of two results',
      [metadata, doneInProc({ status: 1, rows: 0 }), metadata],
      'the response holds more than one result',
    ],
    ['with a row before its columns', [one], 'a row arrives outside of a result'],
    ['with a row behind its end', [metadata, done({ rows: 0 }), one], 'a row arrives outside of a result'],
    ['with a token nobody knows', [metadata, Buffer.from([0x42])], 'the server sent the unknown token 0x42'],
    ['with a type nobody knows', [unknownType()], 'the server sent a value of the unknown type 0x99'],
    ['with another number of columns', [colMetadata([wire[0]!])], '1 columns arrive where 2 were asked for'],
    [
      'with a column of another type',
      [colMetadata([wire[1]!, wire[1]!])],
      'column [id] is integer, but its values arrive as type 0xa7',
    ],
    [
      'with NULL where none may be',
      [metadata, row(wire, [null, null])],
      'column [id]: it holds NULL, which the schema does not allow',
    ],
    [
      'with a value longer than its type',
      [metadata, row(wire, [values.int(1), values.latin1('abcdef')]), done({ rows: 1 })],
      'column [note]: a value has 6 bytes where its type has 5',
    ],
    [
      'with a value shorter than its type',
      [metadata, row(wire, [values.smallInt(1), null]), done({ rows: 1 })],
      'column [id]: a value has 2 bytes where its type has 4',
    ],
  ] as const)('%s', async (_, tokens, message) => {
    await expect(read(...tokens)).rejects.toThrow(message)
  })

  it('with the number and the words of the server, in the middle of rows', async () => {
    const failed = error({ number: 1205, message: 'Transaction was deadlocked.' })
    await expect(read(metadata, one, failed, done({ status: 2 }))).rejects.toMatchObject({
      number: 1205,
      message: 'Transaction was deadlocked.',
    })
  })

  it('wherever it is cut', async () => {
    const bytes = Buffer.concat([metadata, one, two, done({ rows: 2 })])
    for (let length = 0; length < bytes.length; length++) {
      await expect(readResponse(columns, [bytes.subarray(0, length)])).rejects.toThrow(/^the response/)
    }
  })

  it('with text of half a code unit', async () => {
    const type = types.nVarChar(20)
    const response = Buffer.concat([
      colMetadata([{ name: 't', type }]),
      row([{ name: 't', type }], [Buffer.from('610062', 'hex')]),
      done({ rows: 1 }),
    ])
    const text = column('t', { kind: 'text', length: 10, unit: 'utf16', fixed: false })
    await expect(readResponse([text], [response])).rejects.toThrow('column [t]: half a UTF-16 code unit is missing')
  })

  it('with a decimal of more digits than its column', async () => {
    const type = types.decimalN(10, 3)
    const response = Buffer.concat([
      colMetadata([{ name: 'd', type }]),
      row([{ name: 'd', type }], [values.decimal('1.234', 10, 3)]),
      done({ rows: 1 }),
    ])
    const decimal = column('d', { kind: 'decimal', precision: 10, scale: 2 })
    await expect(readResponse([decimal], [response])).rejects.toThrow(
      'column [d]: a decimal has more digits than its column',
    )
  })
})

describe('a row that comes in many packets', () => {
  it('is measured in time that grows with its length only', async () => {
    const type = types.bigVarBinary('max', { chunkBytes: 8000, unknownLength: true })
    const value = Buffer.alloc(24 << 20, 1)
    const wide = [{ name: 'b', type }]
    const response = Buffer.concat([colMetadata(wide), row(wide, [value]), done({ rows: 1 })])
    const binary = column('b', { kind: 'binary', length: null, fixed: false })
    const [cells] = await readResponse([binary], chunksOf(response, 4096))
    expect(Buffer.compare(cells![0] as Uint8Array, value)).toBe(0)
  }, 10_000)
})

function* chunksOf(bytes: Buffer, length: number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

function unknownType(): Buffer {
  const bytes = Buffer.from(colMetadata([wire[0]!]))
  bytes[9] = 0x99
  return bytes
}
