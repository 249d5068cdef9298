import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, cfg, debug, json } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { FinishedWithFailure } from '../failures/finished-with-failure.ts'
import { FinishedWithFaults } from '../failures/finished-with-faults.ts'
import { examineAll } from '../jobs/doctor.ts'
import { type DoctorReport, faultsOf } from '../jobs/doctor-report.ts'
import { discoverDialects } from '../plugins/discover-dialects.ts'
import { doctorSummary } from '../reporter/doctor-summary.ts'
import { countOf } from '../reporter/quantities.ts'

export default class Doctor extends AlbackupCommand {
  static override summary = 'Say what stands in the way of a dump or a restore.'
  static override description =
    paragraphs(`Looks at Node, codecs, plugins, the configuration and its passwords, and the folder for backups; then connects to each
database, and says what its login lacks and with which statements an administrator gives it. Changes nothing.

Without --source and --target it looks at every connection of the configuration: its own, as the target when it has
"allow_restore": true and else as the source, and its targets.

The exit status is 0 when nothing is missing that is needed, 3 when something is, and that of the failure when a database
cannot be reached.`)
  static override examples = [
    { description: 'Everything in albackup.json:', command: '<%= config.bin %> doctor' },
    {
      description: 'A new login, before its first dump:',
      command: "<%= config.bin %> doctor --source 'mssql://reader@db1/Northwind' --backup-dir /var/backups/albackup",
    },
    {
      description: 'The statements alone, for an administrator:',
      command: "$ <%= config.bin %> doctor --json | jq -r '.databases[].missingRights[]?.grant'",
    },
  ]
  static override flags = {
    cfg,
    source: Flags.string({ helpValue: 'URL', summary: 'Database that would be dumped.' }),
    target: Flags.string({
      helpValue: 'NAME|DIALECT|URL',
      summary: 'Database that would be restored into: a target of the configuration, a dialect, or a URL.',
    }),
    'backup-dir': backupDir,
    debug,
    json,
  }

  protected override async work(): Promise<DoctorReport> {
    const { flags } = await this.parse(Doctor)
    const { source, target } = flags
    const nodeRange = this.config.pjson.engines?.node ?? ''
    const order = { source, target, backupDir: flags['backup-dir'], nodeRange }
    // Plugins that cannot be used stand in the report, so they are not warned of as well.
    const dialects = () => discoverDialects(this.config)
    const examined = await this.withRoom(flags.cfg, (room) => examineAll(order, { ...room, dialects }))
    const report = this.withoutSecrets(examined)
    for (const line of doctorSummary(report)) this.terminal.print(line)
    refuseFaults(report)
    return report
  }

  private withoutSecrets(report: DoctorReport): DoctorReport {
    const databases = report.databases.map((database) => {
      const { failure, checks } = database
      return { ...database, ...this.terminal.redact({ failure, checks }) }
    })
    return { ...report, databases }
  }
}

function refuseFaults(report: DoctorReport): void {
  const failed = report.databases.find(({ failure }) => failure !== null)?.failure
  if (failed) throw new FinishedWithFailure(failed, report)
  const faults = faultsOf(report)
  if (faults.length === 0) return
  const hint = 'docs/permissions.md says what each right is for.'
  throw new FinishedWithFaults(`cannot work as it is: ${countOf(faults.length, 'fault')}: ${faults[0]}`, hint, report)
}
