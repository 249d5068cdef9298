/** What a user can do about an error of SQL Server, by its number (sys.messages). */
export const HINTS: Readonly<Record<number, string>> = {
  ...byNumbers([207, 208], 'Was the table changed or dropped while the database was dumped? Dump again.'),
  229: 'Grant the login SELECT on the tables and VIEW DEFINITION on the database.',
  230: 'Grant the login SELECT on every column of the table.',
  ...byNumbers([262, 297, 300, 371, 15247], 'Grant the login the permission that the message names.'),
  596: 'Someone ended the session on the server; dump again.',
  601: 'Rows moved while they were read; dump again, or allow snapshot isolation on the database.',
  ...byNumbers([605, 823, 824, 825, 8966], 'The database file is damaged: run DBCC CHECKDB.'),
  ...byNumbers(
    [701, 802, 8645, 8651],
    'The server has no memory left for the query: dump again at a quieter time, with fewer --jobs.',
  ),
  ...byNumbers([904, 927, 942, 945], 'The database is not online: ask an administrator, or wait until it is restored.'),
  ...byNumbers([921, 922, 952, 3446], 'The database is being recovered: wait until it is online.'),
  ...byNumbers([924, 18461], 'Somebody else has the only connection that is allowed: ask for multi-user mode.'),
  ...byNumbers(
    [976, 979, 982, 983],
    'The database is a secondary of an availability group that may not be read, or is not in step: connect to the primary.',
  ),
  978: 'This secondary is only for reading: set the option "readOnlyIntent" to true.',
  ...byNumbers([916, 4063], 'Create a user for the login in the database, and grant it SELECT.'),
  ...byNumbers(
    [1101, 1105],
    'A disk of the server is full: if it is that of tempdb, snapshots keep their row versions there.',
  ),
  ...byNumbers([1204], 'The server has no memory left for locks; dump again at a quieter time.'),
  1205: 'Another session was in the way; dump again, or allow snapshot isolation on the database.',
  1222: 'Another session holds a lock for longer than the option "lockTimeout"; dump again, or allow snapshot isolation on the database.',
  1844: 'This edition has no database snapshots; use --consistency snapshot.',
  1934: 'The session was opened with SET options that the table does not allow; please report it.',
  3906: 'The database is read-only.',
  3952: 'Snapshot isolation was switched off in the database.',
  ...byNumbers(
    [3958, 3959, 3966, 3967],
    'The row versions that the snapshot needs have no room in tempdb: let it grow, or dump at a quieter time.',
  ),
  3960: 'Dump again at a quieter time.',
  3961: 'A table was changed by DDL while the database was dumped; dump again.',
  ...byNumbers([3971, 3989], "The snapshot's transaction has ended; dump again."),
  ...byNumbers([4060, 40532], 'Check the name of the database, and that the login has a user in it.'),
  4064: 'The default database of the login cannot be opened: ask for another one.',
  ...byNumbers([6005, 18451], 'The server is being shut down.'),
  8655: 'Enable (rebuild) the clustered index of the table.',
  9002: 'The log of the database is full: back it up, or let it grow.',
  10054: 'The network connection was lost; dump again.',
  ...byNumbers(
    [10928, 10929, 49918, 49919, 49920],
    'The service allows no more at once; try again later, with fewer --jobs.',
  ),
  17892: 'A logon trigger of the server refuses the login.',
  17187: 'The server is starting: wait a moment.',
  18401: 'The server is being upgraded: wait until it is ready.',
  18452: 'Use an SQL login, or give `domain` for a Windows one.',
  18456: 'Check the user name and the password.',
  18470: 'The login is disabled: ask for ALTER LOGIN … ENABLE.',
  18486: 'The login is locked out: wait, or ask for it to be unlocked.',
  18487: 'The password has expired: change it.',
  18488: 'The password must be changed before it can be used.',
  40197: 'The service is moving the database; try again in a minute.',
  40501: 'The service is busy; try again later.',
  ...byNumbers(
    [40549, 40550, 40551, 40552, 40553],
    'The service ended the session because it used too much; dump again at a quieter time, with fewer --jobs.',
  ),
  40613: 'The database is not available just now; try again in a minute.',
  40615: 'Add the address of this machine to the firewall rules of the server.',
  41332: 'Memory-optimised tables cannot be read in a snapshot; use --consistency none.',
}

/** The server chose the statement as the victim of a deadlock. */
export const DEADLOCK = 1205

/** The same may succeed a little later: a deadlock, and what Azure says when it is busy or moves a database. */
export const PASSING: ReadonlySet<number> = new Set([DEADLOCK, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920])

/** What a user can do about a condition of his own (--where) that the server does not understand, or cannot compute. */
export const CONDITION_ERRORS: ReadonlySet<number> = new Set([
  102, 103, 105, 113, 137, 156, 170, 174, 189, 195, 201, 206, 207, 241, 242, 243, 245, 248, 295, 319, 402, 403, 512,
  529, 1023, 4104, 4121, 4145, 8114, 8115, 8116, 8117, 8120, 8134, 8169,
])

/** From here on an error ends the session, and is about the server, not the statement. */
export const FATAL_SEVERITY = 20

/** What a user can do about a failure of the network or of tedious while it connects, by its code. */
export const CODE_HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is the server running, with TCP/IP enabled, on that port?',
  ENOTFOUND: 'Check the name of the host.',
  EAI_AGAIN: 'Check the name of the host and the name service.',
  EHOSTUNREACH: 'Check the name of the host and the firewall.',
  ENETUNREACH: 'Check the name of the host and the network.',
  ETIMEOUT: 'Check the host, the port and the firewall.',
  ETIMEDOUT: 'Check the host, the port and the firewall.',
  EINSTLOOKUP: 'Check the name of the instance, and that the SQL Server Browser service runs.',
  EINSTFAIL: 'Check the name of the instance, and that the SQL Server Browser service runs.',
  ELOGIN: 'Check the user name, the password and the database.',
  EFEDAUTH: 'Check the settings of Azure authentication.',
  ECONNRESET: 'The server closed the connection: does it want, or refuse, encryption (option "encrypt")?',
  EENCRYPT: 'The server cannot encrypt: set the option "encrypt" to false if the network is trusted.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Set the option "trustServerCertificate" to true if you trust this server.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Set the option "trustServerCertificate" to true if you trust this server.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Set the option "trustServerCertificate" to true if you trust this server.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use the host name that the certificate was issued for.',
}

/** The same once it is connected: then encryption and firewalls are no question any more. */
export const READING_CODE_HINTS: typeof CODE_HINTS = {
  ...CODE_HINTS,
  ECONNRESET: 'The network connection was lost; dump again.',
  ETIMEDOUT: 'The network connection was lost; dump again.',
  EPIPE: 'The network connection was lost; dump again.',
  ESOCKET: 'The network connection was lost; dump again.',
  ETIMEOUT:
    'The server did not answer within the time of the option "requestTimeout": set it higher, or to 0 for no limit.',
}

/** What is otherwise to do when a target is written. */
export const WRITING_HINTS: typeof HINTS = {
  547: 'The parents must be there first. A restore without --data-only loads the rows before it makes foreign keys and checks, and does not trust those that rows break.',
  ...byNumbers(
    [2601, 2627],
    'A row with this key is there already, or the key is that of two rows. Empty the table first, or restore without --data-only.',
  ),
  207: 'Was the table changed while rows were restored? Restore again.',
  208: 'Was the table dropped while rows were restored? Restore again.',
  229: 'Grant the login the permission on that object, or db_owner of the database.',
  262: 'Grant the login the permission that the message names, or db_owner of the database.',
  596: 'Someone ended the session on the server; restore again.',
  1105: 'The disk of the server, or the greatest size of the file, is reached.',
  1205: 'Another session was in the way; restore again at a quieter time.',
  1222: 'Another session holds a lock on the object; restore again at a quieter time.',
  2760: 'Grant the login ALTER on the schema.',
  9002: 'The log of the database is full: back it up, or let it grow.',
  10054: 'The network connection was lost; restore again.',
}

export const WRITING_CODE_HINTS: typeof CODE_HINTS = {
  ...CODE_HINTS,
  ECONNRESET: 'The network connection was lost; restore again.',
}

function byNumbers(numbers: readonly number[], hint: string): Readonly<Record<number, string>> {
  return Object.fromEntries(numbers.map((number) => [number, hint]))
}
