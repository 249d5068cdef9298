import { createRequire } from 'node:module'

/** The parts of the driver that run; its types come from 'pg'. */
export const { Client, DatabaseError, Pool } = loadDriver()

/**
 * While it is loaded, pg finds out whether it runs at Cloudflare, from the navigator where there is one and else from a Response. For
 * that Node 20 loads the whole of fetch, a twentieth of a second for each command and each thread: it gets the navigator of Node 21.
 */
function loadDriver(): typeof import('pg') {
  const require = createRequire(import.meta.url)
  if ('navigator' in globalThis) return require('pg')
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Node.js/20' }, configurable: true })
  try {
    return require('pg')
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator')
  }
}
