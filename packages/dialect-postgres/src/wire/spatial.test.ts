import { encodeRows, type LogicalType } from '@albackup/core'
import { sampleColumn, sampleModel, sampleTable } from '@albackup/testkit/sample'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { postgres } from '../index.ts'
import { spatialToEwkb } from './spatial.ts'

interface Parts {
  readonly srid?: number
  readonly flags?: number
  readonly points?: readonly (readonly number[])[]
  /** First points of the figures. */
  readonly figures?: readonly number[]
  readonly shapes?: readonly (readonly [parent: number, figure: number, type: number])[]
}

/** A value as [MS-SSCLRT] 2.1.1 lays it out. */
function serialised({ srid = 0, flags = 4, points = [], figures = [], shapes = [] }: Parts): Buffer {
  const numbers = (width: number, write: (bytes: Buffer) => void) => {
    const bytes = Buffer.alloc(width)
    write(bytes)
    return bytes
  }
  const int = (value: number) => numbers(4, (bytes) => bytes.writeInt32LE(value))
  const double = (value: number) => numbers(8, (bytes) => bytes.writeDoubleLE(value))
  const single = (flags & 0x18) !== 0
  return Buffer.concat([
    int(srid),
    Buffer.of(1, flags),
    ...(single ? [] : [int(points.length)]),
    ...points.flatMap(([x, y]) => [double(x!), double(y!)]),
    ...[2, 3].flatMap((place) => points.flatMap((point) => (point.length > place ? [double(point[place]!)] : []))),
    ...(single ? [] : [int(figures.length), ...figures.flatMap((point) => [Buffer.of(1), int(point)])]),
    ...(single ? [] : [int(shapes.length)]),
    ...(single ? [] : shapes.flatMap(([parent, figure, type]) => [int(parent), int(figure), Buffer.of(type)])),
  ])
}

const RING = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 0],
]
const HOLE = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 1],
]

/** What PostGIS 3.3 writes for the text. */
const CASES: readonly [string, Parts, string][] = [
  ['POINT(1 2)', { flags: 0x0c, points: [[1, 2]] }, '0101000000000000000000f03f0000000000000040'],
  [
    'SRID=4326;POINT Z (1 2 3)',
    { srid: 4326, flags: 0x0d, points: [[1, 2, 3]] },
    '01010000a0e6100000000000000000f03f00000000000000400000000000000840',
  ],
  [
    'POINT ZM (1 2 3 4)',
    { flags: 0x0f, points: [[1, 2, 3, 4]] },
    '01010000c0000000000000f03f000000000000004000000000000008400000000000001040',
  ],
  ['POINT EMPTY', { shapes: [[-1, -1, 1]] }, '0101000000000000000000f87f000000000000f87f'],
  [
    'LINESTRING(1 1,3 3)',
    {
      flags: 0x14,
      points: [
        [1, 1],
        [3, 3],
      ],
    },
    '010200000002000000000000000000f03f000000000000f03f00000000000008400000000000000840',
  ],
  [
    'SRID=25832;POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))',
    { srid: 25832, points: [...RING, ...HOLE], figures: [0, 4], shapes: [[-1, 0, 3]] },
    '0103000020e864000002000000040000000000000000000000000000000000000000000000000010400000000000000000000000000000104000000000000010400000000000000000000000000000000004000000000000000000f03f000000000000f03f0000000000000040000000000000f03f00000000000000400000000000000040000000000000f03f000000000000f03f',
  ],
  ['POLYGON EMPTY', { shapes: [[-1, -1, 3]] }, '010300000000000000'],
  [
    'MULTIPOINT(1 1,2 2)',
    {
      points: [
        [1, 1],
        [2, 2],
      ],
      figures: [0, 1],
      shapes: [
        [-1, 0, 4],
        [0, 0, 1],
        [0, 1, 1],
      ],
    },
    '0104000000020000000101000000000000000000f03f000000000000f03f010100000000000000000000400000000000000040',
  ],
  [
    'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))',
    {
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
        [5, 5],
        [6, 5],
        [6, 6],
        [5, 5],
      ],
      figures: [0, 4],
      shapes: [
        [-1, 0, 6],
        [0, 0, 3],
        [0, 1, 3],
      ],
    },
    '0106000000020000000103000000010000000400000000000000000000000000000000000000000000000000f03f0000000000000000000000000000f03f000000000000f03f000000000000000000000000000000000103000000010000000400000000000000000014400000000000001440000000000000184000000000000014400000000000001840000000000000184000000000000014400000000000001440',
  ],
  [
    'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING EMPTY,MULTILINESTRING((0 0,1 1),(2 2,3 3)))',
    {
      points: [
        [1, 2],
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      figures: [0, 1, 3],
      shapes: [
        [-1, 0, 7],
        [0, 0, 1],
        [0, -1, 2],
        [0, 1, 5],
        [3, 1, 2],
        [3, 2, 2],
      ],
    },
    '0107000000030000000101000000000000000000f03f000000000000004001020000000000000001050000000200000001020000000200000000000000000000000000000000000000000000000000f03f000000000000f03f0102000000020000000000000000000040000000000000004000000000000008400000000000000840',
  ],
  ['GEOMETRYCOLLECTION EMPTY', { shapes: [[-1, -1, 7]] }, '010700000000000000'],
]

it.each(CASES)('%s is the extended WKB of PostGIS', (_, parts, expected) => {
  expect((spatialToEwkb(serialised(parts), false) as Buffer).toString('hex')).toBe(expected)
})

it('a geography has its latitude first', () => {
  const [, , expected] = CASES[1]!
  const swapped = { srid: 4326, flags: 0x0d, points: [[2, 1, 3]] }
  expect((spatialToEwkb(serialised(swapped), true) as Buffer).toString('hex')).toBe(expected)
})

describe('is not carried', () => {
  it.each<[string, Buffer, string]>([
    [
      'a circular string',
      serialised({ points: RING, figures: [0], shapes: [[-1, 0, 8]] }),
      'it is a curve or the whole globe',
    ],
    ['the whole globe', serialised({ shapes: [[-1, -1, 11]] }), 'it is a curve or the whole globe'],
    [
      'more than a hemisphere',
      serialised({ flags: 0x24, points: RING, figures: [0], shapes: [[-1, 0, 3]] }),
      'it is larger than a hemisphere',
    ],
    ['another version', Buffer.of(0, 0, 0, 0, 9, 4, 0, 0, 0, 0), 'it is of version 9, which is not known'],
    ['a value cut short', serialised(CASES[5]![1]).subarray(0, 60), 'its bytes end too early'],
    [
      'a list that is too long',
      serialised({ points: RING, figures: [0], shapes: [[-1, 0, 3]] }).fill(0xff, 74, 78),
      'its bytes end too early',
    ],
    [
      'a figure beyond the points',
      serialised({ points: RING, figures: [9], shapes: [[-1, 0, 3]] }),
      'its bytes end too early',
    ],
    ['nothing', Buffer.alloc(0), 'its bytes end too early'],
  ])('%s', (_, bytes, reason) => {
    expect(spatialToEwkb(bytes, true)).toBe(reason)
  })
})

const URL_OF_POSTGIS = process.env.ALBACKUP_TEST_POSTGIS_URL
if (URL_OF_POSTGIS === undefined) {
  process.stderr.write('SKIPPED: tests with PostGIS; set ALBACKUP_TEST_POSTGIS_URL to a database that has it\n')
}

describe.skipIf(URL_OF_POSTGIS === undefined)('in PostGIS', () => {
  const binary = (content: string): LogicalType => ({ kind: 'binary', length: null, fixed: false, content })
  const table = sampleTable('albackup_spatial', 't', [
    sampleColumn('shape', binary('geometry'), { nullable: true }),
    sampleColumn('place', binary('geography'), { nullable: true }),
  ])

  it('every value is what it was, and the proof holds', async () => {
    const url = new URL(URL_OF_POSTGIS!)
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query('drop schema if exists albackup_spatial cascade')
    const quiet = { signal: new AbortController().signal, warn() {}, debug() {} }
    const connection = {
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: url.password,
      database: url.pathname.slice(1),
    }
    await using target = await postgres.openTarget!(postgres.parseConnection(connection), quiet)
    const plan = await target.plan(sampleModel([table]), { spatial: 'postgis' })
    await target.createSchema(plan, 'tables')
    const place = serialised({ srid: 4326, flags: 0x0c, points: [[48, 11]] })
    const rows = [...CASES.map(([, parts]) => [serialised(parts), place]), [null, null]]
    const sent = await target.bulkLoad(plan.tables[0]!, encodeRows(table, rows), { refuseLoss: true })
    const held = await client.query({
      text: 'select shape = st_geomfromewkt(e), st_astext(place) from unnest($1::text[]) with ordinality w(e, n) join (select *, row_number() over () as n from albackup_spatial.t) t using (n)',
      values: [CASES.map(([text]) => text)],
      rowMode: 'array',
    })
    await client.end()
    expect(held.rows).toEqual(CASES.map(() => [true, 'POINT(11 48)']))
    expect(await target.digest(plan.tables[0]!)).toEqual({ rows: sent.rows, digest: sent.digest })
  })
})
