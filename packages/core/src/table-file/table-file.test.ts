import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as avroJs from 'avro-js'
import avsc from 'avsc'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DamagedBackupError } from '../errors.ts'
import type { Column, Table } from '../model/schema-model.ts'
import { type Cell, decodeRows, encodeRows } from '../row/cells.ts'
import { RowWalker } from '../row/walk-rows.ts'
import { LocalFolder } from '../storage/local-folder.ts'
import { CODECS, type Codec, openCodec } from './codec.ts'
import { readTableFile } from './read-table-file.ts'
import { TableFileWriter } from './write-table-file.ts'

function column(name: string, logical: Column['logical'], nullable = false): Column {
  return { name, native: { declaration: `native ${logical.kind}` }, logical, nullable }
}

const table: Table = {
  schema: 'dbo',
  name: 'Order Details',
  columns: [
    column('Order ID', { kind: 'integer', bits: 32, signed: true }),
    column('order_id', { kind: 'integer', bits: 64, signed: true }, true),
    column('Preis €', { kind: 'decimal', precision: 10, scale: 2 }, true),
    column('2nd', { kind: 'text', length: 20, unit: 'utf16', fixed: false }, true),
    column('at', { kind: 'timestamp-offset', precision: 6 }, true),
    column('again', { kind: 'timestamp-offset', precision: 6 }),
    column('id', { kind: 'uuid' }),
    column('v', { kind: 'variant' }, true),
  ],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}

const rows: Cell[][] = Array.from({ length: 5000 }, (_, i) => [
  i,
  i % 3 === 0 ? null : BigInt(i) * 10_000_000_000n,
  `${i}.50`,
  i % 2 === 0 ? null : `text ${i} 😀`,
  '2026-04-27 15:33:00.123456 +02:00',
  '2026-04-27 15:33:00.000000 -14:00',
  '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  null,
])

let folder: LocalFolder
beforeEach(async () => {
  folder = new LocalFolder(await mkdtemp(join(tmpdir(), 'albackup-')))
})
afterEach(() => rm(folder.path, { recursive: true }))

async function write(codec: Codec, content: Cell[][] = rows) {
  const writer = await TableFileWriter.create(folder, 't.avro', table, codec, await openCodec(codec))
  for await (const block of encodeRows(table, content)) await writer.append(block)
  return writer.finish()
}

async function read(): Promise<Cell[][]> {
  await using file = (await folder.open('t.avro'))!
  const result: Cell[][] = []
  for await (const row of decodeRows(table, readTableFile(file, 't.avro'))) result.push(row)
  return result
}

const hasZstandard = 'zstdCompress' in (await import('node:zlib'))
const available = CODECS.filter((codec) => codec !== 'zstandard' || hasZstandard)

describe('a table file', () => {
  it.each(available)('with codec %s gives back the rows that went in', async (codec) => {
    const facts = await write(codec)
    expect(facts.rows).toBe(5000)
    expect(facts.bytes).toBe((await readFile(join(folder.path, 't.avro'))).length)
    expect(await read()).toEqual(rows)
  })

  it.runIf(!hasZstandard)('says which Node has codec zstandard when this one has not', async () => {
    await expect(openCodec('zstandard')).rejects.toThrow(/Node .* does not have it/)
  })

  it('is the same, byte for byte, for the same rows', async () => {
    expect((await write('deflate')).sha256).toBe((await write('deflate')).sha256)
  })

  it.each(available)('with codec %s holds each of many blocks, though their memory is used again', async (codec) => {
    const many = { ...table, columns: [column('n', { kind: 'integer', bits: 32, signed: true }), table.columns[3]!] }
    const writer = await TableFileWriter.create(folder, 't.avro', many, codec, await openCodec(codec))
    const long = 'x'.repeat(2000)
    const numbered = Array.from({ length: 20_000 }, (_, i) => [i, `${i} ${long}`])
    for await (const block of encodeRows(many, numbered)) await writer.append(block)
    const { rows: written, digest, blocks } = await writer.finish()
    expect(blocks).toBeGreaterThan(30)
    const walker = new RowWalker(many)
    await using file = (await folder.open('t.avro'))!
    for await (const block of readTableFile(file, 't.avro')) walker.walk(block)
    expect(walker.facts).toEqual({ rows: written, digest })
    expect(written).toBe(20_000)
  })

  it('without rows is a file with a header', async () => {
    expect(await write('deflate', [])).toMatchObject({ rows: 0, blocks: 0, digest: 0n })
    expect(await read()).toEqual([])
  })

  it.each(['null', 'deflate'] as const)(
    'with codec %s is read by avsc and by avro-js, with the same values',
    async (codec) => {
      await write(codec)
      const path = join(folder.path, 't.avro')
      const expected = expect.objectContaining({ Order_ID: 7, order_id_2: 70_000_000_000, _2nd: 'text 7 😀' })
      for (const open of [avsc.createFileDecoder, avroJs.createFileDecoder]) {
        const decoded: Record<string, unknown>[] = []
        for await (const record of open(path)) decoded.push(plain(record))
        expect(decoded.length).toBe(5000)
        expect(decoded[7]).toEqual(expected)
        expect(decoded[8]).toEqual(expect.objectContaining({ Order_ID: 8, _2nd: null }))
      }
    },
  )

  it('keeps 100 ns in a long beyond 2^53, which avsc reads with a long of bigints', async () => {
    const fine: Table = { ...table, columns: [column('at', { kind: 'timestamp', precision: 7 })] }
    const writer = await TableFileWriter.create(folder, 't.avro', fine, 'deflate', await openCodec('deflate'))
    for await (const block of encodeRows(fine, [['9999-12-31 23:59:59.9999999']])) await writer.append(block)
    await writer.finish()
    const bigints = avsc.types.LongType.__with({
      fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
      toBuffer: (value: bigint) => Buffer.from(BigInt64Array.of(value).buffer),
      fromJSON: BigInt,
      toJSON: String,
      isValid: (value: unknown) => typeof value === 'bigint',
      compare: (one: bigint, other: bigint) => Number(one - other),
    })
    const decoded: unknown[] = []
    // A primitive type with a logical type is no name to look up: the hook sees it, the registry does not.
    const typeHook = (schema: avsc.Schema) =>
      typeof schema === 'object' && 'type' in schema && schema.type === 'long' ? bigints : undefined
    const options = { parseHook: (schema: avsc.Schema) => avsc.Type.forSchema(schema, { typeHook }) }
    for await (const record of avsc.createFileDecoder(join(folder.path, 't.avro'), options)) decoded.push(record)
    expect(decoded).toEqual([expect.objectContaining({ at: 253402300800n * 10_000_000n - 1n })])
  })

  it('cut at any point of its blocks is refused', async () => {
    await write('deflate', rows.slice(0, 50))
    const whole = await readFile(join(folder.path, 't.avro'))
    const header = whole.lastIndexOf('"string","doc"') + 200
    for (let length = 1; length < whole.length; length += length < header ? 97 : 1) {
      await writeFile(join(folder.path, 't.avro'), whole.subarray(0, length))
      // A cut exactly behind the header leaves a file without rows: the count in the metadata tells.
      const result = await read().catch((error) => error)
      if (Array.isArray(result)) expect(result).toEqual([])
      else expect(result).toBeInstanceOf(DamagedBackupError)
    }
  })

  it('of something else is refused by name', async () => {
    await writeFile(join(folder.path, 't.avro'), 'PK not an Avro file')
    await expect(read()).rejects.toThrow('cannot read file t.avro: it does not begin as an Avro file')
  })
})

/** avro-js wraps the values of a union in an object that names the branch. */
function plain(record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const branches = typeof value === 'object' && value !== null ? Object.entries(value) : []
      const [branch, inner] = branches[0] ?? []
      return [key, branches.length === 1 && ['int', 'long', 'string'].includes(branch!) ? inner : value]
    }),
  )
}
