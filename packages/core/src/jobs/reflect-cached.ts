import { type CacheKey, type CacheMiss, MetaCache } from '../backup/meta-cache.ts'
import type { Context, Source } from '../dialect/dialect.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'

export interface ReflectRequest {
  readonly source: Source
  readonly dialect: string
  readonly host: string
  readonly database: string
  /** Of albackup and of the dialect's package, in any form. */
  readonly toolVersion: string
  /** The folder of the cache, made when absent; undefined: no cache. */
  readonly directory: string | undefined
  /** See `Session.reflect`; it is still to be applied to the model. */
  readonly scope: Scope
  readonly context: Pick<Context, 'warn' | 'debug'>
}

/**
 * The model of the source, as `reflect` gives it. With a cache it is reflected only when
 * the catalog is not the one that was cached, or when the source cannot tell. A cache that is damaged or none of ours is a warning
 * and is written anew. Throws a StorageError when the folder cannot be used.
 */
export async function reflectCached(request: ReflectRequest): Promise<SchemaModel> {
  const { source, directory, context } = request
  if (directory === undefined) return source.reflect(request.scope)
  const cache = await MetaCache.open(directory)
  const key = await keyOf(request)
  if (key === null) {
    context.debug('the source cannot tell whether its catalog changed: the meta-cache is not used')
    return source.reflect(request.scope)
  }
  const cached = await cache.read(key)
  if (typeof cached !== 'string') {
    context.debug(`the catalog is the one of ${cache.fileOf(key)}`)
    await warnOfMissingRights(request)
    return source.refresh!(cached)
  }
  if (cached === 'unusable') context.warn(`${cache.fileOf(key)} is damaged or no meta-cache: it is written anew`)
  return reflectAndKeep(request, cache, key, cached)
}

/** `reflect` warns of what is hidden from the login; a model that was not reflected must not hide it in silence. */
async function warnOfMissingRights({ source, context }: ReflectRequest): Promise<void> {
  for (const { right, severity, consequence } of (await source.missingRights?.()) ?? []) {
    if (severity === 'needed') context.warn(`the login lacks ${right}: ${consequence}`)
  }
}

async function reflectAndKeep(
  request: ReflectRequest,
  cache: MetaCache,
  key: CacheKey,
  missed: CacheMiss,
): Promise<SchemaModel> {
  const { source, context } = request
  context.debug(`the schema is reflected: its model in ${cache.fileOf(key)} is ${missed}`)
  const model = await source.reflect(request.scope)
  // A catalog that changed while it was read must not be kept under the version from before.
  const after = await source.catalogVersion?.()
  if (after === key.catalogVersion) await cache.write(key, model)
  else context.debug('the catalog changed while it was reflected: the model is not kept')
  return model
}

/** null when the source cannot tell, or could not bring a cached model up to date. */
async function keyOf({
  source,
  dialect,
  host,
  database,
  toolVersion,
  scope,
}: ReflectRequest): Promise<CacheKey | null> {
  if (source.refresh === undefined) return null
  const catalogVersion = (await source.catalogVersion?.()) ?? null
  return catalogVersion === null
    ? null
    : {
        dialect,
        host,
        database,
        server: source.server,
        toolVersion,
        catalogVersion,
        scope: { include: scope.include, exclude: scope.exclude },
      }
}
