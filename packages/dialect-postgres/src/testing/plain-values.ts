import { type Cell, encodeRows, type LogicalType, type PlannedTable, type RowBlock } from '@albackup/core'
import { sampleColumn, sampleTable } from '@albackup/testkit/sample'

export const LONG_TEXT = 'Größe 한 😀 '.repeat(9)
export const TEXT: LogicalType = { kind: 'text', length: null, unit: 'utf16', fixed: false }
export const TICKS: LogicalType = { kind: 'timestamp', precision: 7 }

/** A type, values of it that are plain, and values that are left to the encoders. */
export const VALUES: readonly (readonly [
  LogicalType,
  plain: readonly Exclude<Cell, null>[],
  others: readonly Cell[],
])[] = [
  [{ kind: 'boolean' }, [false, true], []],
  [{ kind: 'integer', bits: 8, signed: false }, [0, 255], []],
  [{ kind: 'integer', bits: 16, signed: true }, [0, -1, 32767, -32768], []],
  [{ kind: 'integer', bits: 32, signed: true }, [0, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31)], []],
  [{ kind: 'integer', bits: 64, signed: true }, [0n, -1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)], []],
  [{ kind: 'float', bits: 32 }, [0, -0, 1.5, Number.POSITIVE_INFINITY, Number.NaN], []],
  [{ kind: 'float', bits: 64 }, [0, -0, 0.1, Number.NEGATIVE_INFINITY, Number.NaN, 5e-324], []],
  [{ kind: 'decimal', precision: 5, scale: 0 }, ['0', '-1', '9999', '10000', '99999', '-99999'], ['NaN']],
  [{ kind: 'decimal', precision: 9, scale: 1 }, ['0.0', '0.1', '-0.1', '10000.0', '99999999.9'], ['NaN']],
  [{ kind: 'decimal', precision: 15, scale: 2 }, ['0.01', '-12345.67', '9999999999999.99', '100.00'], ['NaN']],
  [
    { kind: 'decimal', precision: 18, scale: 3 },
    ['0.001', '-1.230', '18446744073709.551'],
    ['999999999999999.999', 'NaN'],
  ],
  [
    { kind: 'decimal', precision: 19, scale: 4 },
    ['922337203685477.5807', '-922337203685477.5808', '0.0001', '100000000.0000'],
    ['999999999999999.9999', 'NaN'],
  ],
  [
    { kind: 'decimal', precision: 38, scale: 10 },
    ['0.0000000001', '-1000000.0000000000'],
    ['1234567890123456789012345678.0123456789', 'NaN'],
  ],
  [{ kind: 'decimal', precision: 38, scale: 38 }, [`0.${'0'.repeat(30)}12345678`], [`-0.${'9'.repeat(38)}`]],
  [
    TEXT,
    ['', 'a', 'seven b', 'eight by', 'nine byte', 'ÿ', '한', '😀', LONG_TEXT],
    ['a\0', '\0', '12345678\0', '\ud800', `${'x'.repeat(63)}\udfff`],
  ],
  [{ kind: 'text', length: 4, unit: 'utf16', fixed: true }, ['', 'a', 'äöü', '😀', 'abcd'], ['\0', '\udc00']],
  [{ kind: 'xml' }, ['<a/>'], ['<a>\ud800</a>']],
  [{ kind: 'binary', length: null, fixed: false }, [Buffer.of(), Buffer.of(0, 255), Buffer.alloc(100, 1)], []],
  [{ kind: 'rowversion' }, [Buffer.of(0, 0, 0, 0, 0, 1, 2, 3)], []],
  [{ kind: 'uuid' }, ['6f9619ff-8b86-d011-b42d-00c04fc964ff'], []],
  [{ kind: 'date' }, ['1970-01-01', '2000-01-01', '0001-01-01', '9999-12-31', 'infinity', '-infinity'], []],
  [{ kind: 'time', precision: 6 }, ['00:00:00.000000', '23:59:59.999999'], []],
  [{ kind: 'time', precision: 7 }, ['00:00:00.0000000', '23:59:59.9999990'], ['23:59:59.9999999']],
  [
    { kind: 'timestamp', precision: 3 },
    ['0001-01-01 00:00:00.000', '9999-12-31 23:59:59.997', 'infinity', '-infinity'],
    [],
  ],
  [
    { kind: 'timestamp', precision: 6 },
    [
      '2000-01-01 00:00:00.000000',
      '0001-01-01 00:00:00.000001',
      '294246-12-31 00:00:00.000000',
      'infinity',
      '-infinity',
    ],
    ['294276-12-31 23:59:59.999999'],
  ],
  [TICKS, ['0001-01-01 00:00:00.0000000', '9999-12-31 23:59:59.9999990'], ['1969-12-31 23:59:59.9999999']],
  [{ kind: 'instant', precision: 6 }, ['2026-03-29 01:00:00.123456Z'], []],
  [
    { kind: 'timestamp-offset', precision: 6 },
    ['2026-03-29 02:00:00.123456 +02:00', '1969-12-31 10:00:00.000000 -14:00'],
    [],
  ],
  [
    { kind: 'timestamp-offset', precision: 7 },
    ['2026-03-29 02:00:00.1234560 +02:00'],
    ['2026-03-29 02:00:00.1234567 +02:00'],
  ],
]

export function tableOf(types: readonly LogicalType[], nullable: boolean): PlannedTable {
  const columns = types.map((logical, i) => sampleColumn(`c${i}`, logical, { nullable }))
  const source = sampleTable('s', 't', columns)
  const planned = source.columns.map((column) => ({
    source: column,
    name: column.name,
    type: '',
    exact: true,
    reason: '',
    ...(column.logical.kind === 'timestamp-offset' && { companion: { name: 'o', type: 'smallint' } }),
  }))
  return {
    source,
    schema: 's',
    name: 't',
    columns: planned,
    policy: { text: { nul: 'replace', surrogate: 'replace' } },
  }
}

/** Each row takes of each type another value, one of them often. */
export function mixedRows(count: number): readonly (readonly Cell[])[] {
  return Array.from({ length: count }, (_, row) =>
    VALUES.map(([, plain, others], column) => {
      const turn = (row * 31 + column * 17) % 100
      if (turn < 10) return null
      if (turn === 10 && others.length > 0) return others[row % others.length]!
      return plain[(row + column) % plain.length]!
    }),
  )
}

export async function blocksOf(table: PlannedTable, rows: readonly (readonly Cell[])[]): Promise<readonly RowBlock[]> {
  const blocks: RowBlock[] = []
  for await (const block of encodeRows(table.source, rows)) blocks.push(block)
  return blocks
}

export async function blockOf(table: PlannedTable, rows: readonly (readonly Cell[])[]): Promise<RowBlock> {
  const [block] = await blocksOf(table, rows)
  return block!
}

/** Decimals of every length and scale that PostgreSQL and SQL Server both have. */
export function manyDecimals(): { readonly table: PlannedTable; readonly rows: readonly (readonly Cell[])[] } {
  const sizes = Array.from({ length: 38 }, (_, i) => i + 1).flatMap((precision) =>
    [0, 1, 2, 3, 4, 5, 8, 17, 38].filter((scale) => scale <= precision).map((scale) => [precision, scale] as const),
  )
  const types = sizes.map(([precision, scale]): LogicalType => ({ kind: 'decimal', precision, scale }))
  const rows = Array.from({ length: 60 }, (_, row) =>
    sizes.map(([precision, scale]) => decimalOf(row, precision, scale)),
  )
  return { table: tableOf(types, false), rows }
}

/** Each row has numbers of other lengths; some end in zeros. */
function decimalOf(row: number, precision: number, scale: number): string {
  const digits = '73910264859172046385291746038517290463'.slice(
    row % 7,
    (row % 7) + Math.max(1, precision - (row % 20)),
  )
  const cut = digits.slice(0, precision)
  const zeros = row % 3 === 0 ? cut.replace(/.{1,3}$/, (end) => '0'.repeat(end.length)) : cut
  const padded = zeros.padStart(scale + 1, '0')
  const point = padded.length - scale
  return `${row % 2 === 0 ? '-' : ''}${padded.slice(0, point)}${scale > 0 ? `.${padded.slice(point)}` : ''}`
}
