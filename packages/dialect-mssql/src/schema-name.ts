/** Identifiers have at most 128 UTF-16 units. */
export const LONGEST_NAME = 128

const RESERVED: ReadonlySet<string> = new Set(['sys', 'information_schema', 'guest'])

/** Schemas that are the server's own, and take no tables of others. */
export function isServersSchema(name: string): boolean {
  return RESERVED.has(name.toLowerCase())
}
