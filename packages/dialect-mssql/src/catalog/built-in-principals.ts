/** The roles that every database has, as literals of a list: not every server marks them as fixed. */
export const FIXED_ROLES = `'db_owner', 'db_accessadmin', 'db_securityadmin', 'db_ddladmin', 'db_backupoperator', 'db_datareader',
  'db_datawriter', 'db_denydatareader', 'db_denydatawriter'`

/** The users and roles that every database has, or that replication and change data capture make by themselves. */
export const BUILT_IN_PRINCIPALS = `'public', 'dbo', 'guest', 'sys', 'INFORMATION_SCHEMA', 'cdc', ${FIXED_ROLES}`
