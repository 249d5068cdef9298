import type { Dialect } from '@albackup/core'
import { mssql } from '../dialect.ts'

/** The oclif hook by which the command line finds this dialect. */
export default async function dialects(): Promise<Dialect> {
  return mssql
}
