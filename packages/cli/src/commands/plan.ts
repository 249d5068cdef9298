import { UsageError } from '@albackup/core'
import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backup } from '../command/arguments-of-commands.ts'
import { cfg, chosenBackupDir, debug, exclude, include, json } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import type { PlanReport } from '../jobs/plan-report.ts'
import { type PlannedRestore, planRestore } from '../jobs/plan-restore.ts'
import { planPage } from '../reporter/html/plan-page.ts'
import { writeObjects } from '../reporter/plan-files.ts'
import { planScript } from '../reporter/plan-script.ts'
import { atLeast, FAIL_ON, severityCounts } from '../reporter/plan-severity.ts'
import { planText } from '../reporter/plan-text.ts'
import { countOf } from '../reporter/quantities.ts'
import { writeReport } from '../reporter/write-report.ts'

const STDOUT = '-'

export default class Plan extends AlbackupCommand {
  static override summary = 'Show what a restore would do, and what would be changed or lost.'
  static override description =
    paragraphs(`Connects to the target and changes nothing. Shows for each table and column its type here and there, whether every value is the same
and why not, the names that change, what becomes of defaults, checks, keys and indexes, and what is left behind. The rows of the backup are read, too, so that values that
would be altered or refused are known beforehand. docs/plan.md explains everything it says.

The exit status is 3 when there is something that --fail-on names.`)
  static override examples = [
    {
      description: 'Into the target "stage" of albackup.json:',
      command: '<%= config.bin %> plan Northwind@db1--20260427-1533 --target stage',
    },
    {
      description: 'Without any server, all of it as a page, a script and files:',
      command:
        '<%= config.bin %> plan Northwind@db1--20260427-1533 --target postgres --offline --html plan.html --sql schema.sql --objects by-hand',
    },
    {
      description: 'In a pipeline, to stop when something would be lost:',
      command: '<%= config.bin %> plan Northwind@db1--20260427-1533 --target stage --fail-on loss --json',
    },
  ]
  static override args = { backup }
  static override flags = {
    cfg,
    'backup-dir': chosenBackupDir,
    target: Flags.string({
      helpValue: 'NAME|DIALECT|URL',
      summary: 'Database to plan for: a target of the configuration, a dialect, or a URL.',
    }),
    offline: Flags.boolean({ summary: 'Connect to no server: plan for an empty database of --target.' }),
    include,
    exclude,
    permissions: Flags.boolean({ summary: 'Plan for --permissions of restore.' }),
    'with-replication-config': Flags.boolean({ summary: 'Plan for --with-replication-config of restore.' }),
    'no-data': Flags.boolean({ summary: 'Do not read the rows.' }),
    'fail-on': Flags.string({
      options: Object.keys(FAIL_ON),
      summary: 'End with status 3 when something blocks the restore, is lost, or changes.',
    }),
    sql: Flags.string({ helpValue: 'FILE', summary: 'Write the statements of the restore as a script; - is stdout.' }),
    html: Flags.string({ helpValue: 'FILE', summary: 'Write one page with a diagram, the sizes and the findings.' }),
    objects: Flags.string({ helpValue: 'DIR', summary: 'Write the text of each object that needs a hand to a file.' }),
    brief: Flags.boolean({ summary: 'Only the tables and columns that something has to be said about.' }),
    debug,
    json,
  }

  protected override async work(): Promise<PlanReport> {
    const { args, flags } = await this.parse(Plan)
    if (flags.json && flags.sql === STDOUT) {
      throw new UsageError('cannot write both --json and --sql - to stdout', { hint: 'Name a file with --sql.' })
    }
    const order = {
      backup: args.backup,
      backupDir: flags['backup-dir'],
      target: flags.target,
      offline: flags.offline,
      readRows: !flags['no-data'],
      include: flags.include ?? [],
      exclude: flags.exclude ?? [],
      permissions: flags.permissions,
      withReplicationConfig: flags['with-replication-config'],
    }
    const planned = await this.withRoom(flags.cfg, (room) => planRestore(order, room))
    const { report } = planned
    if (flags.sql !== STDOUT) for (const line of planText(report, flags.brief)) this.terminal.print(line)
    await this.write(planned, flags)
    refuse(report, flags['fail-on'])
    return report
  }

  private async write(
    { report, statementEnd }: PlannedRestore,
    { sql, html, objects }: { readonly [flag in 'sql' | 'html' | 'objects']: string | undefined },
  ): Promise<void> {
    if (sql === STDOUT) process.stdout.write(planScript(report, statementEnd))
    else if (sql !== undefined) await writeReport(sql, planScript(report, statementEnd))
    if (html !== undefined) await writeReport(html, planPage(report, new Date()))
    const byHand = countOf(report.byHand.length, 'object needs a hand', 'objects need a hand')
    if (objects !== undefined) await writeObjects(objects, report.byHand)
    if (report.byHand.length > 0) {
      this.terminal.tell(
        objects === undefined ? `${byHand}; --objects DIR writes their text` : `${byHand}, see ${objects}`,
      )
    }
  }
}

function refuse(report: PlanReport, failOn: string | undefined): void {
  if (failOn === undefined) return
  const severity = FAIL_ON[failOn]!
  const findings = atLeast(severity, report.findings)
  if (findings.length === 0) return
  const hint = 'docs/plan.md and docs/type-mapping.md say what can be done about each.'
  throw new FinishedWithFaults(
    `the plan is finished, and --fail-on ${failOn} finds: ${severityCounts(findings)}`,
    hint,
    report,
  )
}
