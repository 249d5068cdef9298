import { createHash } from 'node:crypto'

/**
 * The name an index was given. Where names of indexes have to differ in a whole schema, a server hangs the table's name and the
 * MD5 of the index's name behind it; a name so long that it was cut stays as it is, since the rest of it is lost.
 */
export function indexName(name: string): string {
  const hash = /[0-9a-f]{32}$/.exec(name)?.[0]
  if (hash === undefined) return name
  for (let end = name.length - hash.length; end > 0; end--) {
    const given = name.slice(0, end)
    if (createHash('md5').update(given).digest('hex') === hash) return given
  }
  return name
}
