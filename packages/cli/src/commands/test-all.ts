import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, debug, jobs, json, showRows, values } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { readTestConfiguration } from '../configuration/test-configuration.ts'
import { FinishedWithFailure } from '../failures/finished-with-failure.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import { type DatabaseReport, type TestAllReport, testAll } from '../jobs/test-all.ts'
import { countOf } from '../reporter/quantities.ts'
import { writeDatabaseReport, writeIndex } from '../reporter/test-all-reports.ts'
import { reasonWords, testAllSummary } from '../reporter/test-all-summary.ts'

export default class TestAll extends AlbackupCommand {
  static override summary = 'Prove for many databases that their backups can be restored.'
  static override description =
    paragraphs(`Takes each database of the file in turn: dumps it, drops and makes the scratch database anew, restores into it with a check
of referential integrity, reads it again, and compares the schema and every row. Writes a page and a JSON file for each
database, and a summary. The file is that of the original tool's test_all.py, and must say "allow_restore": true of the scratch database.

The exit status is 0 when all passed, 3 when something differs, and that of the first failure when a database could not be tested.`)
  static override examples = [
    '<%= config.bin %> test-all',
    '<%= config.bin %> test-all --cfg test.json --backup-dir /var/backups/test --report-dir /var/www/backups --jobs 4',
  ]
  static override flags = {
    cfg: Flags.string({
      char: 'c',
      helpValue: 'FILE',
      default: 'test.json',
      summary: 'The databases to test, and the scratch database.',
    }),
    'backup-dir': backupDir,
    'report-dir': Flags.string({ helpValue: 'DIR', default: 'diffs', summary: 'Folder for the reports.' }),
    jobs,
    values,
    'show-rows': showRows,
    debug,
    json,
  }

  protected override async work(): Promise<TestAllReport> {
    const { flags } = await this.parse(TestAll)
    const folder = flags['report-dir']
    const options = {
      backupDir: flags['backup-dir'],
      jobs: flags.jobs ?? 1,
      values: flags.values,
      showRows: flags['show-rows'],
    }
    const report = await this.withTools(async (tools) => {
      const configuration = await readTestConfiguration(flags.cfg, process.cwd(), tools.context.warn)
      return testAll(configuration, options, tools, {
        begin: (name, number, of) => this.terminal.tell(`testing ${name}, ${number} of ${of}`),
        end: (database) => this.endDatabase(folder, database),
      })
    })
    const shown = { ...report, databases: report.databases.map((database) => this.withoutPasswords(database)) }
    await writeIndex(folder, shown)
    for (const line of testAllSummary(shown, folder)) this.terminal.print(line)
    refuseFaults(shown)
    return shown
  }

  private async endDatabase(folder: string, database: DatabaseReport): Promise<void> {
    const shown = this.withoutPasswords(database)
    await writeDatabaseReport(folder, shown)
    this.terminal.tell(`${shown.name}: ${[shown.verdict, reasonWords(shown)].filter((word) => word !== '').join(', ')}`)
  }

  /** What a driver says of a failure may hold one. */
  private withoutPasswords(database: DatabaseReport): DatabaseReport {
    const { reason, error } = database
    return { ...database, ...this.terminal.redact({ reason, error }) }
  }
}

function refuseFaults(report: TestAllReport): void {
  const failed = report.databases.find(({ error }) => error !== null)
  if (failed?.error) {
    const { code, exitStatus, message, hint } = failed.error
    throw new FinishedWithFailure({ code, exitStatus, message: `${failed.name}: ${message}`, hint }, report)
  }
  if (report.different === 0) return
  const words = countOf(report.different, 'database differs', 'databases differ')
  throw new FinishedWithFaults(words, 'The reports name every difference.', report)
}
