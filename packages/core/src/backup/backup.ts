import type { Storage } from '../storage/storage.ts'
import type { BackupMetadata } from './metadata.ts'

/** A finished backup. */
export interface Backup {
  /** The folder. */
  readonly path: string
  readonly storage: Storage
  readonly metadata: BackupMetadata
}
