import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { MssqlDatabase } from '../mssql-server.ts'
import { type Exchange, writeRecording } from './recording.ts'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts'

export interface RecordRequest {
  readonly database: MssqlDatabase
  /** The albackup command: a file that Node runs. */
  readonly command: string
  /** Where the recording goes, without an ending. */
  readonly path: string
  readonly about: string
}

export interface RecordResult {
  readonly requests: number
  readonly answerBytes: number
}

/** Runs `albackup dump` on the database through a recording proxy and writes what was said as a recording. */
export async function recordDump({ database, command, path, about }: RecordRequest): Promise<RecordResult> {
  const { host, port } = database.connection
  await using proxy = await startRecordingProxy({ host: host ?? '127.0.0.1', port: port ?? 1433 })
  const folder = mkdtempSync(join(tmpdir(), 'albackup-record-'))
  try {
    await runCommand(command, ['dump', '--source', urlThrough(proxy, database), '--backup-dir', folder], database)
  } finally {
    rmSync(folder, { recursive: true })
  }
  mkdirSync(dirname(path), { recursive: true })
  writeRecording(path, about, proxy.identity(), proxy.exchanges)
  return { requests: proxy.exchanges.length, answerBytes: sumBytes(proxy.exchanges) }
}

function urlThrough(proxy: RecordingProxy, database: MssqlDatabase): string {
  const url = new URL(database.url)
  url.hostname = proxy.host
  url.port = String(proxy.port)
  url.password = ''
  return url.href
}

/** The password goes by the environment, where other users of the machine cannot see it. */
async function runCommand(command: string, parameters: readonly string[], database: MssqlDatabase): Promise<void> {
  const env = { ...process.env, ALBACKUP_PASSWORD: database.connection.password ?? '' }
  const child = spawn(process.execPath, [command, ...parameters], { stdio: 'inherit', env })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`albackup dump ended with status ${status}; nothing is recorded`)
}

function sumBytes(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((sum, { answer }) => sum + answer.length, 0)
}
