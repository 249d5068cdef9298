import { join, resolve } from 'node:path'
import { LocalFolder } from '../storage/local-folder.ts'
import { sealJson } from './canonical-json.ts'
import type { BackupMetadata } from './metadata.ts'
import { backupName, METADATA_NAME } from './names.ts'

/** A new folder for a backup: `<db>@<host>--<UTC yyyymmdd-hhmm>`, with -2, -3 … behind it when that name is taken. */
export async function createBackupFolder(
  backupDir: string,
  database: string,
  host: string,
  begun: Date,
): Promise<LocalFolder> {
  const name = backupName(database, host, begun)
  for (let n = 1; ; n++) {
    const folder = new LocalFolder(join(resolve(backupDir), n === 1 ? name : `${name}-${n}`))
    if (await folder.make()) return folder
  }
}

/** Writes `_metadata.json`; with it the backup is finished. */
export async function writeMetadata(folder: LocalFolder, metadata: BackupMetadata): Promise<void> {
  const file = await folder.create(METADATA_NAME)
  try {
    await file.write(Buffer.from(sealJson(metadata)))
    await file.finish()
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** Removes an unfinished backup: all of its files, and the folder. */
export async function removeBackup(folder: LocalFolder): Promise<void> {
  for (const name of await folder.list()) await folder.remove(name)
  await folder.removeUnfinished()
  await folder.removeEmpty()
}
