import { type Backup, verify } from '@albackup/core'
import { Flags } from '@oclif/core'
import { chooseBackup } from '../backups/choose-backup.ts'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backup } from '../command/arguments-of-commands.ts'
import { cfg, chosenBackupDir, debug, exclude, include, jobs, json, showRows } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import { startStopwatch } from '../jobs/stopwatch.ts'
import { type ProofReport, type VerifyTargetOrder, verifyInTarget } from '../jobs/verify-target.ts'
import { speed } from '../reporter/dump-summary.ts'
import { proofSummary } from '../reporter/proof-summary.ts'
import { countOf, formatBytes } from '../reporter/quantities.ts'

/** The object of `verify --json`. */
interface VerifyReport {
  readonly backup: string
  readonly files: number
  readonly rows: number
  readonly bytes: number
  readonly seconds: number
  /** With --target only. */
  readonly proof?: ProofReport
}

export default class Verify extends AlbackupCommand {
  static override summary = 'Check the files of a backup, and that a target holds what a restore of it sent.'
  static override description =
    paragraphs(`Reads every file and compares it with what was noted when it was written: length, SHA-256, number of rows, and the
digest of all rows. Needs no server. The exit status is 15 when the backup is damaged.

With --target the rows are then encoded as a restore would send them, every row of the target is read, and both are
compared; so is the schema with the plan, and where identities and sequences stand. Needs no source and changes
nothing. The exit status is 3 when anything differs.`)
  static override examples = [
    '<%= config.bin %> verify backups/Northwind@db1--20260427-1533',
    '<%= config.bin %> verify Northwind@db1--20260427-1533 --backup-dir /var/backups/albackup --json',
    {
      description: 'Is what was restored still there, bit for bit?',
      command: '<%= config.bin %> verify Northwind@db1--20260427-1533 --target stage --jobs 4 --show-rows 10',
    },
  ]
  static override args = { backup }
  static override flags = {
    cfg,
    'backup-dir': chosenBackupDir,
    target: Flags.string({
      helpValue: 'NAME|DIALECT|URL',
      summary: 'Prove that this database holds the backup: a target of the configuration, a dialect, or a URL.',
    }),
    include,
    exclude,
    'with-replication-config': Flags.boolean({ summary: 'The restore was made with --with-replication-config.' }),
    permissions: Flags.boolean({ summary: 'The restore was made with --permissions.' }),
    'show-rows': showRows,
    jobs,
    debug,
    json,
  }

  protected override async work(): Promise<VerifyReport> {
    const { args, flags } = await this.parse(Verify)
    const chosen = await chooseBackup(args.backup, flags['backup-dir'])
    const report = await this.verifyFiles(chosen)
    if (flags.target === undefined) return report
    const proof = await this.prove(chosen, flags.cfg, {
      target: flags.target,
      include: flags.include ?? [],
      exclude: flags.exclude ?? [],
      withReplicationConfig: flags['with-replication-config'],
      permissions: flags.permissions,
      showRows: flags['show-rows'],
      jobs: flags.jobs,
    })
    const whole = { ...report, proof }
    if (!proof.proven) {
      const hint =
        'Every difference is named above; the target was changed after the restore, or restored otherwise, or has refused what the findings of the restore name.'
      throw new FinishedWithFaults('the target does not hold what the backup does', hint, whole)
    }
    return whole
  }

  private async verifyFiles(chosen: Backup): Promise<VerifyReport> {
    const elapsed = startStopwatch()
    const result = await this.withJob((signal, onEvent) => verify({ backup: chosen, signal, onEvent }))
    const report = { backup: chosen.path, ...result, seconds: elapsed() }
    const { files, rows, bytes, seconds } = report
    this.terminal.print(`${chosen.path} is whole`)
    this.terminal.print(
      `  ${countOf(files, 'file')}, ${countOf(rows, 'row')}, ${formatBytes(bytes)}, ${speed(rows, seconds)}`,
    )
    return report
  }

  private async prove(chosen: Backup, cfg: string | undefined, order: VerifyTargetOrder): Promise<ProofReport> {
    const proof = await this.withRoom(cfg, (room) => verifyInTarget(chosen, order, room))
    for (const line of proofSummary(proof)) this.terminal.print(line)
    return proof
  }
}
