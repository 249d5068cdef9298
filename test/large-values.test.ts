import { createHash } from 'node:crypto'
import type { Column, Table } from '@albackup/core'
import { sampleModel } from '@albackup/testkit'
import { parseMssqlUrl } from '@albackup/testkit/mssql-server'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import { colMetadata, done, startReplayServer, types } from '@albackup/testkit/tds-replay'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveJob } from './live-job.ts'

const LENGTH = 64 << 20
const CHUNK = 32_000

const columns: readonly Column[] = [
  {
    name: 'words',
    native: { declaration: 'nvarchar(max)' },
    logical: { kind: 'text', length: null, unit: 'utf16', fixed: false },
    nullable: true,
  },
  {
    name: 'bytes',
    native: { declaration: 'varbinary(max)' },
    logical: { kind: 'binary', length: null, fixed: false },
    nullable: true,
  },
]

const table: Table = {
  schema: 'dbo',
  name: 'large',
  columns,
  uniqueKeys: [],
  foreignKeys: [],
  checks: [],
  indexes: [],
}

const model = { ...sampleModel([table]), dialect: 'mssql' }

/** 64 MB of UTF-16 and 64 MB of bytes in chunks, as a server sends (max) types; never in memory as a whole here. */
function* row(text: Buffer, bytes: Buffer): Generator<Uint8Array> {
  const wire = [
    { name: 'words', type: types.nVarChar('max') },
    { name: 'bytes', type: types.bigVarBinary('max') },
  ]
  yield colMetadata(wire)
  yield Buffer.of(0xd1)
  for (const piece of [text, bytes]) {
    yield unknownLength()
    for (let at = 0; at < LENGTH; at += CHUNK) {
      const length = Math.min(CHUNK, LENGTH - at)
      const head = Buffer.alloc(4)
      head.writeUInt32LE(length)
      yield head
      yield piece.subarray(at % piece.length, (at % piece.length) + length)
    }
    yield Buffer.alloc(4)
  }
  yield done({ rows: 1 })
}

function unknownLength(): Buffer {
  const bytes = Buffer.alloc(8, 0xff)
  bytes[0] = 0xfe
  return bytes
}

describe('one value of 64 MB of text and one of 64 MB of bytes', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('arrive whole in PostgreSQL', async () => {
    // A whole number of chunks, so that the pieces join without a seam.
    const text = Buffer.from('Größe 名前 '.repeat(10_000).slice(0, CHUNK / 2), 'utf16le')
    const bytes = Buffer.from(Array.from({ length: CHUNK }, (_, i) => (i * 31) & 0xff))
    await using job = await LiveJob.create()
    await using replay = await startReplayServer({
      script: ({ sql }) => (sql.includes('[large]') ? row(text, bytes) : done()),
    })
    const { backup } = await job.dumpRows(model, parseMssqlUrl(replay.url('large')), 'null')
    const { proven, client } = await job.restore(backup, server)
    expect(proven).toBe(true)
    const { rows } = await client.query(
      `select octet_length(bytes) as length, md5(bytes) as bytes, md5(words) as words from dbo.large`,
    )
    await client.end()
    expect(rows).toEqual([
      { length: LENGTH, bytes: md5(repeated(bytes)), words: md5(Buffer.from(repeated(text).toString('utf16le'))) },
    ])
  })
})

function repeated(piece: Buffer): Buffer {
  const whole = Buffer.alloc(LENGTH)
  for (let at = 0; at < LENGTH; at += piece.length) piece.copy(whole, at)
  return whole
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex')
}
