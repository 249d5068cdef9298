import { verify } from '@albackup/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backup } from '../command/arguments-of-commands.ts'
import { chosenBackupDir, debug, json } from '../command/flags.ts'
import { startStopwatch } from '../jobs/stopwatch.ts'
import { speed } from '../reporter/dump-summary.ts'
import { countOf, formatBytes } from '../reporter/quantities.ts'

/** The object of `verify --json`. */
interface VerifyReport {
  readonly backup: string
  readonly files: number
  readonly rows: number
  readonly bytes: number
  readonly seconds: number
}

export default class Verify extends AlbackupCommand {
  static override summary = 'Check the files of a backup.'
  static override description =
    `Reads every file and compares it with what was noted when it was written: length, SHA-256, number of rows, and the
digest of all rows. Needs no server. The exit status is 15 when the backup is damaged.`
  static override examples = [
    '<%= config.bin %> verify backups/Northwind@db1--20260427-1533',
    '<%= config.bin %> verify Northwind@db1--20260427-1533 --backup-dir /var/backups/albackup --json',
  ]
  static override args = { backup }
  static override flags = { 'backup-dir': chosenBackupDir, debug, json }

  protected override async work(): Promise<VerifyReport> {
    const { args, flags } = await this.parse(Verify)
    const elapsed = startStopwatch()
    const chosen = await chooseBackup(args.backup, flags['backup-dir'])
    const result = await this.withJob((signal, onEvent) => verify({ backup: chosen, signal, onEvent }))
    const report = { backup: chosen.path, ...result, seconds: elapsed() }
    const { files, rows, bytes, seconds } = report
    this.terminal.print(`${chosen.path} is whole`)
    this.terminal.print(
      `  ${countOf(files, 'file')}, ${countOf(rows, 'row')}, ${formatBytes(bytes)}, ${speed(rows, seconds)}`,
    )
    return report
  }
}
