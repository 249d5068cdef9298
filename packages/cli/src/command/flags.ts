import { Flags } from '@oclif/core'

export const DEFAULT_BACKUP_DIR = 'backup'

export const cfg = Flags.string({
  char: 'c',
  helpValue: 'FILE',
  summary: 'Configuration file; albackup.json in the working directory when not given.',
})

export const debug = Flags.boolean({
  char: 'd',
  summary: 'Show what is sent to the servers, every finding, and the whole story of a failure.',
})

export const json = Flags.boolean({
  summary: 'Write one JSON object to stdout and everything else to stderr.',
})

export const backupDir = Flags.string({
  helpValue: 'DIR',
  default: DEFAULT_BACKUP_DIR,
  summary: 'Folder that holds the backups.',
})

export const chosenBackupDir = Flags.string({
  helpValue: 'DIR',
  default: DEFAULT_BACKUP_DIR,
  summary: 'Folder that holds the backups, or the folder of the backup itself.',
})
