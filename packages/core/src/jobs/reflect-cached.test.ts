import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '../dialect/dialect.ts'
import { SourceError, StorageError } from '../errors.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'
import { type ReflectRequest, reflectCached } from './reflect-cached.ts'

const MODEL: SchemaModel = {
  dialect: 'any',
  database: { name: 'shop', collation: null },
  schemas: [{ name: 'dbo' }],
  types: [],
  sequences: [],
  tables: [],
  modules: [],
  leftBehind: [],
}

/** A source whose catalog has a version, and which notes what it is asked for. */
class VersionedSource {
  readonly asked: string[] = []
  readonly server = { product: 'any', version: '1', edition: null }
  versions: (string | null)[] = ['v1']

  async catalogVersion() {
    return this.versions.length > 1 ? this.versions.shift()! : this.versions[0]!
  }

  readonly scopes: (Scope | undefined)[] = []

  async reflect(scope?: Scope) {
    this.asked.push('reflect')
    this.scopes.push(scope)
    return MODEL
  }

  async refresh(model: SchemaModel) {
    this.asked.push('refresh')
    return { ...model, comment: 'refreshed' }
  }
}

describe('reflectCached', () => {
  let directory: string
  let source: VersionedSource
  let warnings: string[]

  const reflect = (changes: Partial<ReflectRequest> = {}) =>
    reflectCached({
      source: source as unknown as Source,
      dialect: 'any',
      host: 'db.example.com',
      database: 'shop',
      toolVersion: '1.0.0',
      directory: join(directory, 'deep', 'cache'),
      scope: { include: [], exclude: [] },
      context: { warn: (message) => warnings.push(message), debug() {} },
      ...changes,
    })
  const file = () => join(directory, 'deep', 'cache', 'shop@db.example.com.json')

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'albackup-meta-'))
    source = new VersionedSource()
    warnings = []
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('keeps what was reflected, and refreshes it while the catalog is the same', async () => {
    expect(await reflect()).toEqual(MODEL)
    expect(await readdir(join(directory, 'deep', 'cache'))).toEqual(['shop@db.example.com.json'])
    expect(await reflect()).toEqual({ ...MODEL, comment: 'refreshed' })
    expect(source.asked).toEqual(['reflect', 'refresh'])
    expect(warnings).toEqual([])
  })

  it.each<[string, Partial<ReflectRequest>]>([
    ['another albackup', { toolVersion: '1.0.1' }],
    ['another dialect', { dialect: 'other' }],
    ['tables that were left out before', { scope: { include: [], exclude: ['masked'] } }],
    ['fewer tables', { scope: { include: ['orders'], exclude: [] } }],
  ])('reflects again for %s, and then keeps that', async (_, changes) => {
    await reflect()
    await reflect(changes)
    await reflect(changes)
    expect(source.asked).toEqual(['reflect', 'reflect', 'refresh'])
  })

  it('reflects again when the catalog changed, or the server did', async () => {
    await reflect()
    source.versions = ['v2']
    await reflect()
    const newer = new VersionedSource()
    Object.assign(newer, { server: { ...source.server, version: '2' }, versions: ['v2'] })
    await reflect({ source: newer as unknown as Source })
    expect([source.asked, newer.asked]).toEqual([['reflect', 'reflect'], ['reflect']])
  })

  it('keeps nothing when the catalog changes while it is reflected', async () => {
    source.versions = ['v1', 'v2']
    await reflect()
    await reflect()
    expect(source.asked).toEqual(['reflect', 'reflect'])
  })

  it.each<[string, (source: VersionedSource) => void]>([
    ['cannot tell its version', (one) => Object.assign(one, { versions: [null] })],
    ['has no version', (one) => Object.assign(one, { catalogVersion: undefined })],
    ['cannot refresh', (one) => Object.assign(one, { refresh: undefined })],
  ])('reflects each time when the source %s', async (_, change) => {
    change(source)
    await reflect()
    await reflect()
    expect(source.asked).toEqual(['reflect', 'reflect'])
    expect(await readdir(join(directory, 'deep', 'cache'))).toEqual([])
  })

  it.each([
    ['cut short', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 100))],
    ['changed by hand', async (path: string) => writeFile(path, (await readFile(path, 'utf8')).replace('dbo', 'dba'))],
    ['empty', (path: string) => writeFile(path, '')],
    ['none of ours', (path: string) => writeFile(path, '{"format": "other"}')],
    ['not JSON', (path: string) => writeFile(path, 'hello')],
  ])('warns of a file that is %s, and writes it anew', async (_, damage) => {
    await reflect()
    await damage(file())
    expect(await reflect()).toEqual(MODEL)
    expect(warnings).toEqual([`${file()} is damaged or no meta-cache: it is written anew`])
    await reflect()
    expect(source.asked).toEqual(['reflect', 'reflect', 'refresh'])
  })

  it('warns of rights that are needed and missing also when nothing is reflected', async () => {
    const right = { right: 'UNMASK', consequence: 'Values are made up.', grant: 'grant unmask' }
    const rights = [
      { ...right, severity: 'needed' },
      { ...right, right: 'SIZES', severity: 'advised' },
    ]
    Object.assign(source, { missingRights: async () => rights })
    await reflect()
    expect(warnings).toEqual([])
    await reflect()
    expect([source.asked, warnings]).toEqual([['reflect', 'refresh'], ['the login lacks UNMASK: Values are made up.']])
  })

  it('hands the scope to the source, which refuses what hides values in it, and never takes the model of another scope', async () => {
    const narrow = { include: [], exclude: ['masked'] }
    await reflect({ scope: narrow })
    expect(source.scopes).toEqual([narrow])
    source.reflect = async () => {
      throw new SourceError('cannot read the database: a column is masked for this login')
    }
    await expect(reflect()).rejects.toThrow('masked')
    await expect(reflect({ directory: undefined })).rejects.toThrow('masked')
    expect(await reflect({ scope: narrow })).toEqual({ ...MODEL, comment: 'refreshed' })
  })

  it('is kept whole when two write it at once', async () => {
    await Promise.all([reflect(), reflect(), reflect()])
    expect(await readdir(join(directory, 'deep', 'cache'))).toEqual(['shop@db.example.com.json'])
    await reflect()
    expect([source.asked, warnings]).toEqual([['reflect', 'reflect', 'reflect', 'refresh'], []])
  })

  it('fails with a StorageError where the folder cannot be made', async () => {
    await writeFile(join(directory, 'file'), '')
    await expect(reflect({ directory: join(directory, 'file') })).rejects.toThrow(StorageError)
    await expect(reflect({ directory: join(directory, 'file', 'below') })).rejects.toThrow(StorageError)
    expect(source.asked).toEqual([])
  })

  it('fails with a StorageError where the file cannot be read', async () => {
    await mkdir(file(), { recursive: true })
    await expect(reflect()).rejects.toThrow(/^cannot read .*shop@db\.example\.com\.json: EISDIR$/)
  })

  it('does without a cache when there is no folder', async () => {
    await reflect({ directory: undefined })
    await reflect({ directory: undefined })
    expect(source.asked).toEqual(['reflect', 'reflect'])
  })

  it('does not take the model of one scope for that of another', async () => {
    await reflect()
    await reflect({ scope: { include: ['dbo.*'], exclude: [] } })
    expect(source.asked).toEqual(['reflect', 'reflect'])
  })
})
