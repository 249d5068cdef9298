import { listBackups } from '@albackup/core'
import { type BackupLine, summariseBackup } from '../backups/describe-backup.ts'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, debug, json } from '../command/flags.ts'
import { alignColumns } from '../reporter/align-columns.ts'
import { formatBytes, formatCount } from '../reporter/quantities.ts'

/** The object of `list --json`. */
interface ListReport {
  readonly backupDir: string
  /** By name. */
  readonly backups: readonly BackupLine[]
  /** Folders that are named like a backup and are none: unfinished or damaged. */
  readonly unusable: readonly { readonly path: string; readonly reason: string }[]
}

export default class List extends AlbackupCommand {
  static override summary = 'List the backups in a folder.'
  static override description =
    'Each finished backup with its time, tables, rows and size. Folders of dumps that were never finished are named apart.'
  static override examples = [
    '<%= config.bin %> list',
    '<%= config.bin %> list --backup-dir /var/backups/albackup --json',
  ]
  static override flags = { 'backup-dir': backupDir, debug, json }

  protected override async work(): Promise<ListReport> {
    const { flags } = await this.parse(List)
    const { backups, unusable } = await listBackups(flags['backup-dir'])
    const report = { backupDir: flags['backup-dir'], backups: backups.map(summariseBackup), unusable }
    if (backups.length === 0) this.terminal.print(`no backups in ${report.backupDir}`)
    else for (const line of listLines(report.backups)) this.terminal.print(line)
    for (const { reason } of unusable) this.terminal.warn(reason)
    return report
  }
}

function listLines(backups: readonly BackupLine[]): readonly string[] {
  return alignColumns('llrrr', [
    ['backup', 'ended', 'tables', 'rows', 'size'],
    ...backups.map(({ name, ended, tables, rows, bytes }) => [
      name,
      ended.slice(0, 19).replace('T', ' '),
      formatCount(tables),
      formatCount(rows),
      formatBytes(bytes),
    ]),
  ])
}
