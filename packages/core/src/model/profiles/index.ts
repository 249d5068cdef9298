/** Replication software that keeps tables and triggers of its own in a database: found, left out of a backup, brought back on request. */
export * from './apply-replication.ts'
export * from './profile.ts'
export { replicationTitle } from './replication-warnings.ts'
export * from './restore-replication.ts'
