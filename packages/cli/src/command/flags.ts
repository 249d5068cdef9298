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

/** No server has use for more connections of one job. */
const MOST_JOBS = 64

export const jobs = Flags.integer({
  char: 'j',
  min: 1,
  max: MOST_JOBS,
  helpValue: 'N',
  summary:
    'How many tables, or parts of large tables, at once, each in a thread with a connection of its own; default 1.',
})

export const include = Flags.string({
  multiple: true,
  multipleNonGreedy: true,
  helpValue: 'PATTERN',
  summary: 'Only tables whose schema.table fits the pattern (* and ?); may be given again.',
})

export const exclude = Flags.string({
  multiple: true,
  multipleNonGreedy: true,
  helpValue: 'PATTERN',
  summary: 'No tables whose schema.table fits the pattern; may be given again.',
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

/** More are no longer a sample. */
const MOST_SHOWN_ROWS = 1000

export const showRows = Flags.integer({
  min: 0,
  max: MOST_SHOWN_ROWS,
  default: 0,
  helpValue: 'N',
  summary: 'Name up to N rows of each table that differ, with their values; reads such tables twice more.',
})

export const values = Flags.boolean({ summary: 'The last values of identities and sequences, too.' })
