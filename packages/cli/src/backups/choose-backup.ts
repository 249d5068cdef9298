import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Backup, listBackups, METADATA_NAME, NoBackupError, openBackup, UsageError } from '@albackup/core'

/**
 * The backup that is meant: the folder `named`, or the one of that name in `backupDir`; without a name `backupDir` itself (as the
 * original tool took it), or else the only backup in it. Never guesses: several are a UsageError that lists them.
 */
export async function chooseBackup(named: string | undefined, backupDir: string): Promise<Backup> {
  if (named === undefined) return onlyBackup(backupDir)
  if (await exists(named)) return openBackup(named)
  const inside = join(backupDir, named)
  if (await exists(inside)) return openBackup(inside)
  throw new NoBackupError(`cannot find backup ${named}: there is neither ${named} nor ${inside}`, {
    hint: `Run "albackup list --backup-dir ${backupDir}" to see the backups there are.`,
  })
}

async function onlyBackup(backupDir: string): Promise<Backup> {
  if (!(await exists(backupDir))) {
    throw new NoBackupError(`cannot find a backup: there is no folder ${backupDir}`, {
      hint: 'Name the backup, or the folder that holds it with --backup-dir.',
    })
  }
  if (await exists(join(backupDir, METADATA_NAME))) return openBackup(backupDir)
  const { backups, unusable } = await listBackups(backupDir)
  const [first, ...others] = backups
  if (first === undefined) throw noneIn(backupDir, unusable)
  if (others.length === 0) return first
  throw new UsageError(`cannot choose a backup: ${backupDir} holds ${backups.length}`, {
    hint: `Name one of them: ${backups.map(({ path }) => basename(path)).join(', ')}.`,
  })
}

function noneIn(backupDir: string, unusable: readonly { readonly reason: string }[]): NoBackupError {
  const unfinished = unusable.map(({ reason }) => ` ${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`).join('')
  return new NoBackupError(`cannot find a backup: there is none in ${backupDir}`, {
    hint: `Name the backup, or the folder that holds it with --backup-dir.${unfinished}`,
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
