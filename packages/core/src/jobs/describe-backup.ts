import { type BackupMetadata, type BackupScope, type FileFacts, FORMAT_VERSION } from '../backup/metadata.ts'
import type { DumpRequest } from './dump.ts'
import type { DumpModel } from './dump-model.ts'

/** The metadata of a dump that ends now. */
export function describeBackup(
  request: DumpRequest,
  { model, replication }: DumpModel,
  begun: Date,
  files: readonly FileFacts[],
): BackupMetadata {
  const { source, dialect, host, database } = request
  const scope = scopeOf(request)
  return {
    format: 'albackup',
    formatVersion: FORMAT_VERSION,
    toolVersion: request.toolVersion,
    begun: begun.toISOString(),
    ended: new Date().toISOString(),
    source: { dialect, host, database, server: source.server },
    consistency: source.consistency,
    codec: request.codec,
    ...(scope !== undefined && { scope }),
    ...(replication.length > 0 && { replication }),
    files,
    model,
  }
}

/** undefined when the backup is of everything. */
function scopeOf({ include, exclude, where = [], content = 'all' }: DumpRequest): BackupScope | undefined {
  const whole = content === 'all' && include.length + exclude.length + where.length === 0
  return whole ? undefined : { content, include, exclude, ...(where.length > 0 && { where }) }
}
