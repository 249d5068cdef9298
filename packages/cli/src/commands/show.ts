import { chooseBackup } from '../backups/choose-backup.ts'
import { type BackupDescription, describeBackup, descriptionLines } from '../backups/describe-backup.ts'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backup } from '../command/arguments-of-commands.ts'
import { chosenBackupDir, debug, json } from '../command/flags.ts'

export default class Show extends AlbackupCommand {
  static override summary = 'Show what a backup holds.'
  static override description =
    'What was dumped, when, from where and how consistent it is; the tables with their rows and sizes; what was left behind.'
  static override examples = ['<%= config.bin %> show backups/Northwind@db1--20260427-1533']
  static override args = { backup }
  static override flags = { 'backup-dir': chosenBackupDir, debug, json }

  protected override async work(): Promise<BackupDescription> {
    const { args, flags } = await this.parse(Show)
    const description = describeBackup(await chooseBackup(args.backup, flags['backup-dir']))
    for (const line of descriptionLines(description)) this.terminal.print(line)
    return description
  }
}
