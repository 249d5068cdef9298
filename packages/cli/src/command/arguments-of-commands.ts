import { Args } from '@oclif/core'

export const backup = Args.string({
  name: 'BACKUP',
  description: 'Folder of the backup, or its name inside --backup-dir; may be left out when there is only one.',
  // What a loop of a shell reads is on stdin, and no name of a backup.
  ignoreStdin: true,
})
