import type { Dialect } from '@albackup/core'
import { postgres } from '../dialect.ts'

/** The oclif hook by which the command line finds the dialects of its plugins. */
export default async function dialects(): Promise<Dialect> {
  return postgres
}
