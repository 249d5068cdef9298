import { cp, mkdtemp, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlbackupError, openBackup, sealJson, verify } from '@albackup/core'
import { MemoryServer, sampleDatabase } from '@albackup/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryJob } from './memory-job.ts'

let server: MemoryServer
let job: MemoryJob
let whole: string

beforeAll(async () => {
  server = new MemoryServer()
  const { model, rows } = sampleDatabase()
  await server.createDatabase('shop', model, rows)
  await server.createDatabase('target')
  job = await MemoryJob.create(server)
  whole = (await job.dump('shop')).backup
})
afterAll(() => job[Symbol.asyncDispose]())

const MAKERS = 'sample.makers.avro'
const THINGS = 'sample.things.avro'

interface Damage {
  readonly name: string
  readonly damage: (backup: string) => Promise<void>
  readonly status: number
  readonly message: RegExp
}

const damages: readonly Damage[] = [
  {
    name: 'no folder',
    damage: (backup) => rm(backup, { recursive: true }),
    status: 14,
    message: /there is no such folder/,
  },
  {
    name: 'no metadata',
    damage: (backup) => unlink(join(backup, '_metadata.json')),
    status: 14,
    message: /has no _metadata\.json/,
  },
  {
    name: 'metadata that is cut short',
    damage: (backup) => truncate(join(backup, '_metadata.json'), 500),
    status: 15,
    message: /_metadata\.json is not JSON/,
  },
  {
    name: 'metadata that was edited',
    damage: (backup) =>
      edit(join(backup, '_metadata.json'), (text) => text.replace('"nullable": true', '"nullable": false')),
    status: 15,
    message: /_metadata\.json was changed after it was written/,
  },
  {
    name: 'metadata of something else',
    damage: (backup) => writeFile(join(backup, '_metadata.json'), '{"name": "x"}'),
    status: 15,
    message: /_metadata\.json is not of an albackup backup/,
  },
  {
    name: 'metadata of a newer format',
    damage: (backup) =>
      edit(join(backup, '_metadata.json'), (text) => {
        const { checksum: _, ...rest } = JSON.parse(text)
        return sealJson({ ...rest, formatVersion: 2 })
      }),
    status: 15,
    message: /has format version 2, this albackup reads 1/,
  },
  {
    name: 'a missing file',
    damage: (backup) => unlink(join(backup, MAKERS)),
    status: 15,
    message: /makers\.avro is missing/,
  },
  {
    name: 'two files that were swapped',
    damage: async (backup) => {
      await rename(join(backup, MAKERS), join(backup, 'swap'))
      await rename(join(backup, THINGS), join(backup, MAKERS))
      await rename(join(backup, 'swap'), join(backup, THINGS))
    },
    status: 15,
    message: /holds what belongs into sample\.(makers|things)\.avro/,
  },
  {
    name: 'a file that has grown',
    damage: (backup) => edit(join(backup, MAKERS), (text) => `${text}x`),
    status: 15,
    message: /makers\.avro has \d+ bytes, not \d+/,
  },
  {
    name: 'a file that is empty',
    damage: (backup) => truncate(join(backup, MAKERS), 0),
    status: 15,
    message: /makers\.avro has 0 of \d+ bytes: it was cut short/,
  },
]

describe('a backup with', () => {
  it.each(damages)('$name is refused before the target is touched', async ({ damage, status, message }) => {
    await using copy = await copyBackup()
    await damage(copy.path)
    await expectRefused(copy.path, status, message)
  })

  it('a file cut at any point is refused, and the message says how much is left', async () => {
    const length = (await readFile(join(whole, MAKERS))).length
    await using copy = await copyBackup()
    for (let cut = length - 1; cut >= 0; cut -= 1) {
      await truncate(join(copy.path, MAKERS), cut)
      await expectRefused(copy.path, 15, new RegExp(`makers\\.avro has ${cut} of ${length} bytes: it was cut short`))
    }
  })

  it('any one bit flipped in a file is refused', async () => {
    const bytes = await readFile(join(whole, MAKERS))
    await using copy = await copyBackup()
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      await writeFile(join(copy.path, MAKERS), flipped)
      await expectRefused(copy.path, 15, /makers\.avro was changed after it was written/)
    }
  })
})

async function expectRefused(path: string, status: number, message: RegExp): Promise<void> {
  const before = job.model('target')
  const attempts = [
    async () => verify({ backup: await openBackup(path), signal: new AbortController().signal, onEvent: () => {} }),
    () => job.restore(path, 'target', { allowRestore: true }),
  ]
  for (const attempt of attempts) {
    const error = await attempt().then(
      () => expect.unreachable('it was accepted'),
      (failure: AlbackupError) => failure,
    )
    expect(error.message).toMatch(message)
    expect(error).toMatchObject({ exitStatus: status, hint: expect.any(String) })
  }
  expect(job.model('target')).toBe(before)
  expect(job.model('target').tables).toEqual([])
}

async function copyBackup(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'albackup-damaged-'))
  const path = join(folder, 'copy')
  await cp(whole, path, { recursive: true })
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'latin1')), 'latin1')
}
