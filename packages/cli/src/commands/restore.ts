import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backup } from '../command/arguments-of-commands.ts'
import { cfg, chosenBackupDir, debug, exclude, include, jobs, json } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import { type RestoreReport, restoreBackup } from '../jobs/restore-backup.ts'
import { countOf } from '../reporter/quantities.ts'
import { restoreSummary } from '../reporter/restore-summary.ts'
import { writeReport } from '../reporter/write-report.ts'

export default class Restore extends AlbackupCommand {
  static override summary = 'Bring a backup into a database.'
  static override description =
    paragraphs(`Checks the files, plans, and refuses before it touches the target; then creates the tables, loads the rows, and
creates keys, indexes and foreign keys. Nothing is dropped unless the target's configuration has "allow_restore": true
or --allow-restore is given; then exactly the tables of the backup are. Where the configuration says
"allow_restore": false nothing is restored at all, whatever the flags.

The exit status is 3 when the restore is finished but rows break a foreign key or the proof differs.`)
  static override examples = [
    {
      description: 'As the original tool did it:',
      command: '<%= config.bin %> restore --cfg restore.json --backup-dir backups/Northwind@db1--20260427-1533',
    },
    {
      description: 'Into the target "stage" of albackup.json, and prove every row:',
      command: '<%= config.bin %> restore Northwind@db1--20260427-1533 --target stage --verify',
    },
    {
      description: 'Into a database given by its URL:',
      command:
        "$ ALBACKUP_POSTGRES_PASSWORD=… <%= config.bin %> restore backups/Northwind@db1--20260427-1533 --target 'postgres://owner@pg1/northwind'",
    },
  ]
  static override args = { backup }
  static override flags = {
    cfg,
    'backup-dir': chosenBackupDir,
    target: Flags.string({
      helpValue: 'NAME|DIALECT|URL',
      summary: 'Database to restore into: a target of the configuration, a dialect, or a URL.',
    }),
    'allow-restore': Flags.boolean({
      summary: 'Drop the tables of the backup that are in the target, where the configuration does not say anything.',
    }),
    'no-ri-check': Flags.boolean({ summary: 'Do not look for rows without a parent.' }),
    verify: Flags.boolean({
      summary: 'Read every row back and prove that it is there, bit for bit, and the schema as planned.',
    }),
    include,
    exclude,
    'schema-only': Flags.boolean({ exclusive: ['data-only'], summary: 'The schema without any row.' }),
    'data-only': Flags.boolean({
      summary:
        'Add the rows to the tables that are there; create and drop nothing. --verify needs them to be empty before.',
    }),
    'with-replication-config': Flags.boolean({
      summary: 'Restore the configuration of the replication that the backup holds, too.',
    }),
    permissions: Flags.boolean({ summary: 'Make the users, roles and permissions of the source, too.' }),
    jobs,
    'fail-on-loss': Flags.boolean({ summary: 'Fail when a value cannot be carried exactly.' }),
    report: Flags.string({
      helpValue: 'FILE',
      summary: 'Write the object of --json into a file, too: findings, values altered with samples, proof.',
    }),
    debug,
    json,
  }

  protected override async work(): Promise<RestoreReport> {
    const { args, flags } = await this.parse(Restore)
    const order = {
      backup: args.backup,
      backupDir: flags['backup-dir'],
      target: flags.target,
      allowRestore: flags['allow-restore'],
      checkRI: !flags['no-ri-check'],
      prove: flags.verify,
      failOnLoss: flags['fail-on-loss'],
      include: flags.include ?? [],
      exclude: flags.exclude ?? [],
      content: flags['schema-only'] ? 'schema' : flags['data-only'] ? 'data' : undefined,
      withReplicationConfig: flags['with-replication-config'],
      permissions: flags.permissions,
      jobs: flags.jobs,
    } as const
    const report = await this.withRoom(flags.cfg, (room) => restoreBackup(order, room))
    for (const line of restoreSummary(report, flags.debug)) this.terminal.print(line)
    if (flags.report !== undefined) {
      await writeReport(flags.report, `${JSON.stringify(report, null, 2)}\n`)
      this.terminal.print(`report: ${flags.report}`)
    }
    refuseFaults(report)
    return report
  }
}

function refuseFaults(report: RestoreReport): void {
  if (report.proven === false) {
    const hint = 'Nobody else may write to the tables meanwhile; restore again into a quiet database.'
    throw new FinishedWithFaults('the restore is finished, but the rows in the target differ', hint, report)
  }
  const { missing } = report
  if (missing !== null && missing.length > 0) {
    const parts = countOf(missing.length, 'part of the schema is', 'parts of the schema are')
    const hint =
      'The server has refused them, as the findings say, or makes something else of a statement, or somebody has changed them meanwhile: --debug shows them all.'
    throw new FinishedWithFaults(`the restore is finished, but ${parts} not as planned`, hint, report)
  }
  const violations = report.violations ?? []
  if (violations.length > 0) {
    const broken = countOf(violations.length, 'foreign key is', 'foreign keys are')
    const hint =
      'The rows were so in the source, or were changed while they were read; or the source found their parents whatever the case and the blanks at the end. No row was deleted.'
    throw new FinishedWithFaults(`the restore is finished, but ${broken} broken`, hint, report)
  }
}
