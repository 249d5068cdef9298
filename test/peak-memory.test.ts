import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PostgresServer, startPostgres } from '@albackup/testkit/postgres-server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resultOf, runBuilt } from './run-built.ts'

/** What a job in one thread may have, however large the table is; the table has more. */
const MOST_MB = 250
const ROWS = 300_000
const ROW_BYTES = 1280

interface Ran {
  readonly result: { readonly backup: string; readonly rows: number; readonly proven?: boolean }
  readonly peakMb: number
}

/** The peak is the high-water mark of the command's resident memory, as Linux keeps it. */
async function albackup(folder: string, ...args: readonly string[]): Promise<Ran> {
  let peakMb = 0
  const ended = await runBuilt(folder, [...args, '--json'], process.env, (child) => {
    const poll = setInterval(() => {
      peakMb = peakOf(child.pid!) ?? peakMb
    }, 10)
    child.on('close', () => clearInterval(poll))
  })
  return { result: resultOf(ended), peakMb }
}

/** undefined once the process has ended. */
function peakOf(pid: number): number | undefined {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return undefined
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))
    return match === null ? undefined : (Number(match[1]) * 1024) / 1e6
  } catch {
    return undefined
  }
}

const measurable = existsSync('/proc/self/status')
if (!measurable) process.stderr.write('SKIPPED: the test of peak memory; this system does not tell it under /proc\n')

describe.runIf(measurable)('the memory of a job does not grow with the table', () => {
  let server: PostgresServer
  let folder: string

  beforeAll(async () => {
    server = await startPostgres()
    folder = await mkdtemp(join(tmpdir(), 'albackup-memory-'))
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function database(script?: string): Promise<string> {
    const { host, port, user, password } = server
    const name = await server.createDatabase()
    if (script !== undefined) {
      const client = new pg.Client({ host, port, user, password, database: name })
      await client.connect()
      await client.query(script).finally(() => client.end())
    }
    return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${name}`
  }

  it('in a dump and in a restore with proof', async () => {
    const source = await database(
      `create table large as select n, repeat(md5(n::text), ${ROW_BYTES / 32}) as words from generate_series(1, ${ROWS}) n`,
    )
    const dumped = await albackup(folder, 'dump', '--source', source, '--backup-dir', folder, '--codec', 'null')
    expect(dumped.result.rows).toBe(ROWS)
    const target = await database()
    const restored = await albackup(folder, 'restore', dumped.result.backup, '--target', target, '--verify')
    expect(restored.result).toMatchObject({ rows: ROWS, proven: true })
    for (const { peakMb } of [dumped, restored]) {
      expect(peakMb).toBeGreaterThan(50)
      expect(peakMb).toBeLessThan(MOST_MB)
    }
  })
})
