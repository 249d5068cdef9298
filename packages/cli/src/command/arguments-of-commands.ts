import { Args } from '@oclif/core'

export const backup = Args.string({
  name: 'BACKUP',
  description: 'Folder of the backup, or its name inside --backup-dir; may be left out when there is only one.',
})
