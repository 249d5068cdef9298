import { createHash } from 'node:crypto'

/** PostgreSQL's names have so many bytes at most. */
const LONGEST = 63

/**
 * The name an index was given. Babelfish, where names of indexes have to differ in a whole schema, hangs the table's name and the
 * MD5 of the index's name behind it, and cuts what is too long to its beginning and the MD5 of the whole. A name of which
 * more was cut than the table's stays as it is.
 */
export function indexName(name: string, table: string): string {
  const hash = /[0-9a-f]{32}$/.exec(name)?.[0]
  if (hash === undefined) return name
  for (let end = name.length - hash.length; end > 0; end--) {
    const given = name.slice(0, end)
    const whole = `${given}${table}${md5(given)}`
    if (name === whole || (Buffer.byteLength(whole) > LONGEST && hash === md5(whole))) return given
  }
  return name
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
