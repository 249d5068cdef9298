import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection, Request } from 'tedious'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SQL_SERVER_2022 } from './pre-login.ts'
import { readRecording, writeRecording } from './recording.ts'
import { startRecordingProxy } from './recording-proxy.ts'
import { startReplayServer } from './replay-server.ts'
import { colMetadata, done, row } from './tokens.ts'
import { types } from './types.ts'
import { values } from './values.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recording-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the batches one after another on one connection; the first cell of each, or the error's message. */
async function ask(server: { host: string; port: number }, batches: readonly string[]): Promise<unknown[]> {
  const connection = new Connection({
    server: server.host,
    authentication: { type: 'default', options: { userName: 'ada', password: 'a secret' } },
    options: { port: server.port, encrypt: false, database: 'shop' },
  })
  await new Promise<void>((resolve, reject) => {
    connection.connect((failure) => (failure ? reject(failure) : resolve()))
  })
  const answers: unknown[] = []
  for (const sql of batches) answers.push(await askOne(connection, sql))
  connection.close()
  return answers
}

function askOne(connection: Connection, sql: string): Promise<unknown> {
  return new Promise((resolve) => {
    let cell: unknown
    const request = new Request(sql, (failure) => resolve(failure ? failure.message : cell))
    request.on('row', (columns: { value: unknown }[]) => {
      cell = columns[0]?.value
    })
    connection.execSqlBatch(request)
  })
}

async function record(batches: readonly string[]) {
  let turn = 0
  const columns = [{ name: 'n', type: types.int }]
  await using live = await startReplayServer({
    script: ({ sql }) =>
      sql.startsWith('select')
        ? Buffer.concat([colMetadata(columns), row(columns, [values.int(++turn)]), done({ rows: 1 })])
        : undefined,
  })
  await using proxy = await startRecordingProxy(live)
  const answers = await ask(proxy, batches)
  writeRecording(join(folder, 'sample'), 'a sample', proxy.identity(), proxy.exchanges)
  return answers
}

const BATCHES = ['select turn', 'select turn', 'select once', 'refused', 'select turn']

it('plays the same answers as the server it was recorded from, in the same order, and then the last ones', async () => {
  const live = await record(BATCHES)
  const recording = readRecording(join(folder, 'sample'))
  await using replay = await startReplayServer({ recording })
  expect(await ask(replay, BATCHES)).toEqual(live)
  expect(await ask(replay, ['select turn'])).toEqual([4])
  expect(recording.identity).toEqual(SQL_SERVER_2022)
  expect(replay.misses).toEqual([])
})

it('writes the same bytes for the same exchanges, and nothing of the login', async () => {
  const files = () => ['sample.json', 'sample.bin'].map((name) => readFileSync(join(folder, name)))
  await record(BATCHES)
  const first = files()
  await record(BATCHES)
  expect(files()).toEqual(first)
  expect(first[0]?.toString()).not.toMatch(/secret|ada/)
})

it('names the recording that lacks a statement', async () => {
  await record(BATCHES)
  await using replay = await startReplayServer({ recording: readRecording(join(folder, 'sample')) })
  expect(await ask(replay, ['select other'])).toEqual([
    'the sql batch "select other" is not in the recording sample; record again with "npm run record" (see CONTRIBUTING.md)',
  ])
})
