import type { BackupMetadata } from './metadata.ts'

/** A finished backup on disk. */
export interface Backup {
  /** The folder. */
  readonly path: string
  readonly metadata: BackupMetadata
}
