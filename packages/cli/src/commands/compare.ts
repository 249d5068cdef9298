import { Args, Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, cfg, debug, exclude, include, json, showRows, values } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import { type CompareReport, compareSides } from '../jobs/compare-sides.ts'
import { compareSummary } from '../reporter/compare-summary.ts'
import { comparePage } from '../reporter/html/compare-page.ts'
import { writeReport } from '../reporter/write-report.ts'

const SIDE = 'a backup, a URL, a target of the configuration, or "source" for its own database.'

export default class Compare extends AlbackupCommand {
  static override summary = 'Say what is different in two databases or backups.'
  static override description =
    paragraphs(`Compares the schemas and, table by table, the number of rows and their digest, and says in a sentence what differs.
Names the server made up and orders that mean nothing do not count. Databases of two engines are compared by what both have.

The exit status is 0 when both are equal and 3 when they differ. Nothing is changed anywhere.`)
  static override examples = [
    {
      description: 'Has the database changed since the backup?',
      command: '<%= config.bin %> compare backup/Northwind@db1--20260427-1533 source',
    },
    {
      description: 'Two databases, the schema only, as a page for the browser:',
      command:
        "$ ALBACKUP_PASSWORD=… <%= config.bin %> compare 'mssql://reader@db1/Shop' 'mssql://reader@db2/Shop' --schema-only --html shop.html",
    },
    {
      description: 'Two backups:',
      command: '<%= config.bin %> compare Shop@db1--20260427-1533 Shop@db1--20260428-1533',
    },
  ]
  static override args = {
    a: Args.string({ name: 'A', required: true, ignoreStdin: true, description: `One side: ${SIDE}` }),
    b: Args.string({ name: 'B', required: true, ignoreStdin: true, description: 'The other side, likewise.' }),
  }
  static override flags = {
    cfg,
    'backup-dir': backupDir,
    'schema-only': Flags.boolean({ summary: 'The schemas without any row.' }),
    include,
    exclude,
    values,
    permissions: Flags.boolean({ summary: 'Users, roles and permissions, too.' }),
    'show-rows': showRows,
    html: Flags.string({ helpValue: 'FILE', summary: 'Write the result as one page for the browser, too.' }),
    debug,
    json,
  }

  protected override async work(): Promise<CompareReport> {
    const { args, flags } = await this.parse(Compare)
    const order = {
      a: args.a,
      b: args.b,
      backupDir: flags['backup-dir'],
      include: flags.include ?? [],
      exclude: flags.exclude ?? [],
      schemaOnly: flags['schema-only'],
      values: flags.values,
      permissions: flags.permissions,
      showRows: flags['show-rows'],
    }
    const report = await this.withRoom(flags.cfg, (room) => compareSides(order, room))
    for (const line of compareSummary(report, flags.debug)) this.terminal.print(line)
    if (flags.html !== undefined) {
      await writeReport(flags.html, comparePage(report, new Date()))
      this.terminal.print(`  page: ${flags.html}`)
    }
    if (!report.equal) throw new FinishedWithFaults('the two are different', 'Every difference is named above.', report)
    return report
  }
}
