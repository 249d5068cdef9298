import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DamagedBackupError, NoBackupError, StorageError } from '../errors.ts'
import { LocalFolder } from '../storage/local-folder.ts'
import type { Storage } from '../storage/storage.ts'
import type { Backup } from './backup.ts'
import { sealHolds } from './canonical-json.ts'
import { type BackupMetadata, FORMAT_VERSION } from './metadata.ts'
import { METADATA_NAME } from './names.ts'

/** Opens a finished backup and checks its metadata; the table files are not touched. */
export async function openBackup(path: string): Promise<Backup> {
  const folder = resolve(path)
  const found = await stat(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new StorageError(`cannot open backup ${path}: ${cause.code ?? cause.message}`, { cause })
  })
  if (found === undefined) {
    throw new NoBackupError(`cannot open backup ${path}: there is no such folder`, {
      hint: 'Run "albackup list --backup-dir DIR" to see the backups there are.',
    })
  }
  if (!found.isDirectory()) throw new NoBackupError(`cannot open backup ${path}: it is not a folder`)
  const storage = new LocalFolder(folder)
  return { path: folder, storage, metadata: await readMetadata(storage) }
}

/** The finished backups in a folder of backups, and the names of the others that look like one but cannot be opened. */
export async function listBackups(
  backupDir: string,
): Promise<{ readonly backups: readonly Backup[]; readonly unusable: readonly { path: string; reason: string }[] }> {
  const backups: Backup[] = []
  const unusable: { path: string; reason: string }[] = []
  for (const name of await new LocalFolder(resolve(backupDir)).listFolders()) {
    if (!/^.+@.+--\d{8}-\d{4}(-\d+)?$/.test(name)) continue
    const path = join(backupDir, name)
    try {
      backups.push(await openBackup(path))
    } catch (error) {
      if (!(error instanceof NoBackupError || error instanceof DamagedBackupError)) throw error
      unusable.push({ path, reason: error.message })
    }
  }
  return { backups, unusable }
}

async function readMetadata(storage: Storage): Promise<BackupMetadata> {
  const text = await readText(storage, METADATA_NAME)
  if (text === undefined) {
    throw new NoBackupError(`cannot open backup ${storage.path}: it has no ${METADATA_NAME}`, {
      hint: 'The dump that wrote it did not finish, or this is not a backup. Run "albackup dump" again.',
    })
  }
  const damaged = (reason: string, hint: string) =>
    new DamagedBackupError(`cannot open backup ${storage.path}: ${METADATA_NAME} ${reason}`, { hint })
  const restoreFromCopy = 'Use another copy of the backup.'
  let metadata: Partial<BackupMetadata> | null
  try {
    metadata = JSON.parse(text)
  } catch {
    throw damaged('is not JSON', restoreFromCopy)
  }
  if (metadata?.format !== 'albackup') throw damaged('is not of an albackup backup', restoreFromCopy)
  if (metadata.formatVersion !== FORMAT_VERSION) {
    throw damaged(
      `has format version ${metadata.formatVersion}, this albackup reads ${FORMAT_VERSION}`,
      'Install the albackup that wrote it, or a newer one.',
    )
  }
  if (!sealHolds(text)) throw damaged('was changed after it was written', restoreFromCopy)
  const { checksum: _, ...sealed } = metadata as BackupMetadata & { readonly checksum: string }
  return sealed
}

async function readText(storage: Storage, name: string): Promise<string | undefined> {
  await using file = await storage.open(name)
  if (file === undefined) return undefined
  const bytes = Buffer.alloc(file.size)
  await file.read(bytes, 0)
  return bytes.toString()
}
