/** Kinds of objects that may have other users, and so are not dropped with what a restore replaces. */
const SHARED: ReadonlySet<string> = new Set([
  ...['access method', 'aggregate', 'cast', 'collation', 'conversion', 'event trigger'],
  ...['foreign data wrapper', 'foreign server', 'foreign table', 'language', 'operator', 'operator class'],
  ...['operator family', 'operator family members', 'publication', 'text search configuration'],
  ...['text search dictionary', 'text search parser', 'text search template', 'transform'],
  ...['type', 'type name', 'user mapping'],
])

export function isShared(kind: string): boolean {
  return SHARED.has(kind)
}
