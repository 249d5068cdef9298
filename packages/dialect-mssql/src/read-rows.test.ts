import { once } from 'node:events'
import { type Cell, type Context, decodeRows, type RowBlock, type Source, type Table } from '@albackup/core'
import { parseMssqlUrl } from '@albackup/testkit/mssql-server'
import {
  type Answer,
  colMetadata,
  cutAfter,
  done,
  dropAfter,
  error,
  row,
  type Script,
  startReplayServer,
  types,
  values,
} from '@albackup/testkit/tds-replay'
import { describe, expect, it } from 'vitest'
import { mssql } from './index.ts'
import { column } from './testing/read-response.ts'

const table: Table = {
  schema: 'dbo',
  name: 'Big ] table',
  columns: [
    column('id', { kind: 'integer', bits: 32, signed: true }, false),
    column('text', { kind: 'text', length: 100, unit: 'utf16', fixed: false }),
  ],
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}

const wire = [
  { name: 'id', type: types.intN(4) },
  { name: 'text', type: types.nVarChar(200) },
]

const rowOf = (id: number) => row(wire, [values.int(id), values.utf16(`row ${id} `.padEnd(90, 'x'))])

function response(rows: number): Buffer {
  return Buffer.concat([colMetadata(wire), ...Array.from({ length: rows }, (_, i) => rowOf(i)), done({ rows })])
}

/** Rows until the reader or the server stops. */
function* endless(): Iterable<Uint8Array> {
  yield colMetadata(wire)
  const thousand = Buffer.concat(Array.from({ length: 1000 }, (_, i) => rowOf(i)))
  for (;;) yield thousand
}

interface Opened extends AsyncDisposable {
  readonly source: Source
  readonly controller: AbortController
  readonly logins: () => number
}

/** A source on a server that answers the SELECT with rows and everything else with nothing. */
async function open(answer: (attempt: number) => Answer): Promise<Opened> {
  let attempts = 0
  const script: Script = ({ sql }) => (sql.startsWith('select [id]') ? answer(++attempts) : done())
  const server = await startReplayServer({ script })
  const controller = new AbortController()
  const context: Context = { signal: controller.signal, warn: () => {}, debug: () => {} }
  const source = await mssql.openSource!(mssql.parseConnection(parseMssqlUrl(server.url('db'))), context)
  return {
    source,
    controller,
    logins: () => server.connections.length,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function read(source: Source): Promise<Cell[][]> {
  const rows: Cell[][] = []
  for await (const cells of decodeRows(table, source.readRows(table, null))) rows.push(cells)
  return rows
}

describe('rows are read', () => {
  it('to the last one, in order', async () => {
    await using opened = await open(() => response(30_000))
    const rows = await read(opened.source)
    expect(rows.length).toBe(30_000)
    expect(rows.every(([id], i) => id === i)).toBe(true)
  })

  it('again on the same connection', async () => {
    await using opened = await open((attempt) => response(attempt * 10))
    expect([await read(opened.source), await read(opened.source)].map((rows) => rows.length)).toEqual([10, 20])
    expect(opened.logins()).toBe(1)
  })

  it('one table at a time, when two are asked for at once', async () => {
    await using opened = await open(() => response(20_000))
    const both = await Promise.all([read(opened.source), read(opened.source)])
    expect(both.map((rows) => rows.length)).toEqual([20_000, 20_000])
  })

  it('no faster than they are taken', async () => {
    let sent = 0
    const counted = function* () {
      for (const piece of endless()) {
        sent += piece.length
        yield piece
      }
    }
    await using opened = await open(counted)
    for await (const _ of opened.source.readRows(table, null)) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      break
    }
    // The blocks that may wait, and what the two ends of the socket hold.
    expect(sent).toBeLessThan(40 << 20)
  })

  it('of a table without stored columns: none', async () => {
    await using opened = await open(() => response(1))
    const blocks: RowBlock[] = []
    for await (const block of opened.source.readRows({ ...table, columns: [] }, null)) blocks.push(block)
    expect(blocks).toEqual([])
  })
})

const NAME = 'cannot read table [dbo]."Big ] table": '

describe('reading ends with an error that names the table when', () => {
  it.each([
    [
      'the server reports one in mid-stream',
      () =>
        Buffer.concat([
          response(500).subarray(0, -13),
          error({ number: 1205, message: 'Deadlock.' }),
          done({ status: 2 }),
        ]),
      `${NAME}Deadlock (error 1205)`,
    ],
    ['the response is cut short', () => cutAfter(50_000, response(5000)), `${NAME}the response ends within a token`],
    ['the connection is cut', () => dropAfter(50_000, response(5000)), NAME],
    ['the connection is cut before the first byte', () => dropAfter(0, response(5000)), NAME],
    ['the stream holds something else', () => Buffer.from([0x81, 1, 0]), `${NAME}the response ends within a token`],
  ] as const)('%s', async (_, answer, message) => {
    await using opened = await open(answer)
    const failure = await read(opened.source).catch((reason: unknown) => reason)
    expect(failure).toMatchObject({ code: 'ALB_SOURCE', message: expect.stringContaining(message) })
  })

  it('a row is damaged, and the connection can be used again', async () => {
    const damaged = Buffer.concat([colMetadata(wire), row(wire, [values.smallInt(1), null]), ...endlessRows(20_000)])
    await using opened = await open((attempt) => (attempt === 1 ? damaged : response(3)))
    await expect(read(opened.source)).rejects.toThrow(`${NAME}column [id]: a value has 2 bytes where its type has 4`)
    expect((await read(opened.source)).length).toBe(3)
  })
})

describe('whoever leaves early', () => {
  it('can read again', async () => {
    await using opened = await open((attempt) => (attempt === 1 ? endless() : response(3)))
    for await (const _ of opened.source.readRows(table, null)) break
    expect((await read(opened.source)).length).toBe(3)
  })

  it('and has read nothing can read again', async () => {
    await using opened = await open(() => response(3))
    const rows = opened.source.readRows(table, null)[Symbol.asyncIterator]()
    await rows.return!()
    expect((await read(opened.source)).length).toBe(3)
  })
})

describe('an interrupted job', () => {
  it('ends reading soon', async () => {
    await using opened = await open(endless)
    const reading = read(opened.source).catch((reason: unknown) => reason)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const begun = performance.now()
    opened.controller.abort()
    expect(await reading).toMatchObject({ code: 'ALB_INTERRUPTED' })
    expect(performance.now() - begun).toBeLessThan(3000)
  })

  it('ends reading while the server says nothing', async () => {
    const silent = async function* () {
      await once(new AbortController().signal, 'abort')
      yield done()
    }
    await using opened = await open(silent)
    const reading = read(opened.source).catch((reason: unknown) => reason)
    await new Promise((resolve) => setTimeout(resolve, 100))
    opened.controller.abort()
    expect(await reading).toMatchObject({ code: 'ALB_INTERRUPTED' })
  })

  it('does not begin to read', async () => {
    await using opened = await open(endless)
    opened.controller.abort()
    await expect(read(opened.source)).rejects.toMatchObject({ code: 'ALB_INTERRUPTED' })
  })
})

function endlessRows(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => rowOf(i))
}
