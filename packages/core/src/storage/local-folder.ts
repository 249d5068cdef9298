import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StorageError } from '../errors.ts'
import { DurableFile } from './durable-file.ts'
import type { ReadableFile, Storage, WritableFile } from './storage.ts'

const UNFINISHED = '.unfinished'

/** A folder of the local file system. */
export class LocalFolder implements Storage {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Makes the folder itself; its parents too. False when it was there already. */
  async make(): Promise<boolean> {
    return attempt(`make folder ${this.path}`, async () => {
      await makeWithParents(dirname(this.path))
      return makeOne(this.path)
    })
  }

  async list(): Promise<readonly string[]> {
    const entries = await attempt(`list folder ${this.path}`, () => readdir(this.path, { withFileTypes: true }))
    const names = entries
      .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
      .map((entry) => entry.name)
    return names.sort()
  }

  /** The names of the folders in it. */
  async listFolders(): Promise<readonly string[]> {
    const entries = await attempt(`list folder ${this.path}`, () => readdir(this.path, { withFileTypes: true }))
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    return names.sort()
  }

  async create(name: string): Promise<WritableFile> {
    const path = join(this.path, name)
    const unfinished = path + UNFINISHED
    const file = new DurableFile(await attempt(`write ${path}`, () => open(unfinished, 'w')))
    return {
      write: (bytes) => attempt(`write ${path}`, () => file.write(bytes)),
      finish: () =>
        attempt(`write ${path}`, async () => {
          await file.finish()
          await rename(unfinished, path)
          await this.sync()
        }),
      discard: () =>
        attempt(`remove ${unfinished}`, async () => {
          await file.close()
          await rm(unfinished, { force: true })
        }),
    }
  }

  async open(name: string): Promise<ReadableFile | undefined> {
    const path = join(this.path, name)
    const handle = await attempt(`read ${path}`, async () => {
      try {
        return await open(path, 'r')
      } catch (error) {
        if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
        throw error
      }
    })
    if (handle === undefined) return undefined
    const { size } = await attempt(`read ${path}`, () => handle.stat())
    return {
      size,
      read: (into, position) => attempt(`read ${path}`, () => readAll(handle, into, position)),
      [Symbol.asyncDispose]: () => handle.close(),
    }
  }

  /** Gives a finished file another name, in the place of what has it. */
  async rename(name: string, to: string): Promise<void> {
    await attempt(`write ${join(this.path, to)}`, async () => {
      await rename(join(this.path, name), join(this.path, to))
      await this.sync()
    })
  }

  async remove(name: string): Promise<void> {
    await attempt(`remove ${join(this.path, name)}`, () => rm(join(this.path, name), { force: true }))
  }

  /** Removes files that nobody finished nor discarded: what wrote them has ended without a word. */
  async removeUnfinished(): Promise<void> {
    await attempt(`clear folder ${this.path}`, async () => {
      for (const name of await readdir(this.path)) {
        if (name.endsWith(UNFINISHED)) await rm(join(this.path, name), { force: true })
      }
    })
  }

  /** Removes the folder when nothing is left in it. */
  async removeEmpty(): Promise<void> {
    await attempt(`remove folder ${this.path}`, async () => {
      try {
        await rmdir(this.path)
      } catch (error) {
        if (errorCode(error) !== 'ENOTEMPTY') throw error
      }
    })
  }

  /** A rename is durable only when its folder is. Some file systems cannot sync a folder; there it is as durable as can be. */
  private async sync(): Promise<void> {
    const folder = await open(this.path, 'r')
    try {
      await folder.sync()
    } catch (error) {
      if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(errorCode(error))) throw error
    } finally {
      await folder.close()
    }
  }
}

/** Node's own recursive mkdir never ends below a folder that takes no other, such as /proc. */
async function makeWithParents(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  if (exists) return
  await makeWithParents(dirname(path))
  await makeOne(path)
}

/** False when it was there already. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Node reads no more in one call. */
const MOST_AT_ONCE = 0x7fffffff

async function readAll(handle: FileHandle, into: Uint8Array, position: number): Promise<number> {
  let at = 0
  while (at < into.length) {
    const { bytesRead } = await handle.read(into, at, Math.min(into.length - at, MOST_AT_ONCE), position + at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return at
}

async function attempt<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    if (errorCode(cause) === '') throw cause
    throw new StorageError(`cannot ${what}: ${REASONS[errorCode(cause)] ?? errorCode(cause)}`, { cause })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than the file system or the limit of the process (ulimit -f) allows',
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
