import { createHash } from 'node:crypto'
import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import { DamagedBackupError } from '../errors.ts'
import { stopWhenAborted } from './interrupt.ts'

const READ_BYTES = 1 << 20

/** Compares a file of the backup with the metadata: presence, length, SHA-256. Throws a DamagedBackupError. */
export async function checkFile(backup: Backup, facts: FileFacts, signal: AbortSignal): Promise<void> {
  const damaged = (reason: string, hint: string) =>
    new DamagedBackupError(`cannot use backup ${backup.path}: file ${facts.name} ${reason}`, { hint })
  await using file = await backup.storage.open(facts.name)
  if (file === undefined) throw damaged('is missing', 'Copy the whole folder again.')
  const hash = createHash('sha256')
  const bytes = Buffer.allocUnsafe(READ_BYTES)
  // Until nothing comes: a file that is cut while it is read ends before its size.
  for (let position = 0, length = -1; length !== 0; position += length) {
    stopWhenAborted(signal)
    length = await file.read(bytes, position)
    hash.update(bytes.subarray(0, length))
  }
  const sha256 = hash.digest('hex')
  if (sha256 === facts.sha256) return
  const other = backup.metadata.files.find((one) => one.sha256 === sha256)
  if (other !== undefined)
    throw damaged(`holds what belongs into ${other.name}`, 'Give the files their own names back.')
  const anotherCopy = 'Run "albackup verify" on another copy.'
  if (file.size < facts.bytes) throw damaged(`has ${file.size} of ${facts.bytes} bytes: it was cut short`, anotherCopy)
  if (file.size > facts.bytes) throw damaged(`has ${file.size} bytes, not ${facts.bytes}`, anotherCopy)
  throw damaged('was changed after it was written: its SHA-256 differs', anotherCopy)
}
