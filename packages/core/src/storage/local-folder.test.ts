import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageError } from '../errors.ts'
import { LocalFolder } from './local-folder.ts'

let place: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'albackup-folder-'))
})
afterEach(() => rm(place, { recursive: true }))

describe('a local folder', () => {
  it('is made with its parents, once', async () => {
    const folder = new LocalFolder(join(place, 'a b', 'ü', 'c'))
    expect(await folder.make()).toBe(true)
    expect(await folder.make()).toBe(false)
    expect(await folder.list()).toEqual([])
  })

  it.runIf(process.platform === 'linux')('ends with an error below a folder that takes none', async () => {
    await expect(new LocalFolder('/proc/albackup/backup').make()).rejects.toThrow(StorageError)
  })

  it('gives a file another name, in the place of what has it', async () => {
    const folder = new LocalFolder(place)
    await writeFile(join(place, 'old'), 'old')
    await writeFile(join(place, 'new'), 'new')
    await folder.rename('new', 'old')
    expect(await folder.list()).toEqual(['old'])
    await expect(folder.rename('new', 'old')).rejects.toThrow(/^cannot write .*old: no such file or folder$/)
  })

  it('ends with an error below a file and below a link to nowhere', async () => {
    await writeFile(join(place, 'file'), '')
    await symlink(join(place, 'nowhere'), join(place, 'link'))
    await expect(new LocalFolder(join(place, 'file', 'a')).make()).rejects.toThrow('a part of the path is not a folder')
    await expect(new LocalFolder(join(place, 'link', 'a')).make()).rejects.toThrow('no such file or folder')
  })
})
