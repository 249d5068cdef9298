import { randomUUID } from 'node:crypto'
import type { ServerFacts } from '../dialect/dialect.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'
import { LocalFolder } from '../storage/local-folder.ts'
import { sealHolds, sealJson } from './canonical-json.ts'
import { metaCacheName } from './names.ts'

/** Raised when a reader of the version before could misunderstand a cached model. */
const CACHE_VERSION = 1

/** What a cached model is of. A model serves only where all of it is equal. */
export interface CacheKey {
  readonly dialect: string
  readonly host: string
  readonly database: string
  /** Another version of the server may show other parts of the same catalog. */
  readonly server: ServerFacts
  /** Of everything that reflects: another version may see more in the same catalog. */
  readonly toolVersion: string
  /** As `Source.catalogVersion` gives it. */
  readonly catalogVersion: string
  /** The patterns it was reflected for: what they leave out need not be in the model. */
  readonly scope: Pick<Scope, 'include' | 'exclude'>
}

interface CachedModel {
  readonly format: 'albackup meta-cache'
  readonly cacheVersion: typeof CACHE_VERSION
  readonly key: CacheKey
  readonly model: SchemaModel
}

/** Why there is no cached model: there was none, it is of something else, or the file is none of ours or damaged. */
export type CacheMiss = 'absent' | 'outdated' | 'unusable'

/** The models of databases in a folder, one file for each database and host. */
export class MetaCache {
  private readonly folder: LocalFolder

  private constructor(folder: LocalFolder) {
    this.folder = folder
  }

  /** Makes the folder when it is absent. Throws a StorageError. */
  static async open(directory: string): Promise<MetaCache> {
    const folder = new LocalFolder(directory)
    if (!(await folder.make())) await folder.list()
    return new MetaCache(folder)
  }

  /** For messages. */
  fileOf({ database, host }: Pick<CacheKey, 'database' | 'host'>): string {
    return `${this.folder.path}/${metaCacheName(database, host)}`
  }

  /** The whole model that was kept under an equal key. Throws a StorageError when there is a file that cannot be read. */
  async read(key: CacheKey): Promise<SchemaModel | CacheMiss> {
    const text = await this.readText(metaCacheName(key.database, key.host))
    if (text === undefined) return 'absent'
    const cached = sealHolds(text) ? parse(text) : undefined
    if (cached?.format !== 'albackup meta-cache') return 'unusable'
    const isSame = cached.cacheVersion === CACHE_VERSION && sealJson(cached.key ?? {}) === sealJson(key)
    return isSame && cached.model !== undefined ? cached.model : 'outdated'
  }

  /** In the place of whatever was there. Throws a StorageError. */
  async write(key: CacheKey, model: SchemaModel): Promise<void> {
    const cached: CachedModel = { format: 'albackup meta-cache', cacheVersion: CACHE_VERSION, key, model }
    const name = metaCacheName(key.database, key.host)
    // Two dumps of one database may write at once: each writes a file of its own, and the last one stays.
    const own = `${name}.${randomUUID()}`
    const file = await this.folder.create(own)
    try {
      await file.write(Buffer.from(sealJson(cached)))
      await file.finish()
    } catch (error) {
      await file.discard()
      throw error
    }
    await this.folder.rename(own, name)
  }

  private async readText(name: string): Promise<string | undefined> {
    await using file = await this.folder.open(name)
    if (file === undefined) return undefined
    const bytes = Buffer.alloc(file.size)
    const length = await file.read(bytes, 0)
    return bytes.subarray(0, length).toString()
  }
}

function parse(text: string): Partial<CachedModel> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
