import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DurableFile } from './durable-file.ts'

let folder: string
let path: string
let handle: FileHandle

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'albackup-durable-'))
  path = join(folder, 'file')
  handle = await open(path, 'w')
})

afterEach(() => rm(folder, { recursive: true }))

it('flushes while it is written, and holds what was written', async () => {
  let rounds = 0
  const flush = handle.datasync.bind(handle)
  handle.datasync = async () => {
    rounds++
    await flush()
  }
  const file = new DurableFile(handle)
  const piece = Buffer.alloc(8 << 20, 7)
  for (let i = 0; i < 10; i++) await file.write(piece)
  await file.finish()
  expect(rounds).toBeGreaterThan(0)
  expect((await readFile(path)).equals(Buffer.alloc(80 << 20, 7))).toBe(true)
})

it('does not finish when what was written before could not be flushed', async () => {
  handle.datasync = () => Promise.reject(new Error('the disk is gone'))
  const file = new DurableFile(handle)
  for (let i = 0; i < 3; i++) await file.write(Buffer.alloc(32 << 20))
  await expect(file.finish()).rejects.toThrow('the disk is gone')
  await file.close()
})
