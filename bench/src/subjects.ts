/** What a dump of each server, and a restore into each, are compared with. */
export const LIMIT_OF = {
  dump: 'socket drained',
  dumpPostgres: 'psql \\copy to, binary',
  postgres: 'psql \\copy, binary',
  mssql: 'freebcp in',
} as const

export const RESTORE_INTO = {
  postgres: 'albackup restore into PostgreSQL',
  mssql: 'albackup restore into SQL Server',
} as const

export const DUMP_POSTGRES = 'albackup dump of PostgreSQL'

/** The subject that this one is compared with. */
export function limitOf(subject: string): string {
  if (subject === LIMIT_OF.dumpPostgres || subject.startsWith(DUMP_POSTGRES)) return LIMIT_OF.dumpPostgres
  if (subject === LIMIT_OF.mssql || subject.startsWith(RESTORE_INTO.mssql)) return LIMIT_OF.mssql
  return subject === LIMIT_OF.postgres || subject.startsWith(RESTORE_INTO.postgres) ? LIMIT_OF.postgres : LIMIT_OF.dump
}
