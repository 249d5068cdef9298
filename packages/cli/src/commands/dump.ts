import { CODECS } from '@albackup/core'
import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, cfg, debug, json } from '../command/flags.ts'
import { type DumpReport, dumpDatabase } from '../jobs/dump-database.ts'
import { dumpSummary } from '../reporter/dump-summary.ts'

export default class Dump extends AlbackupCommand {
  static override summary = 'Make a backup of a database.'
  static override description =
    `Reads the schema and every row, and writes them as a new folder of Avro files into the backup directory.
The database is that of the configuration file, or of --source. A dump that fails or is stopped leaves nothing behind.`
  static override examples = [
    { description: 'The database of albackup.json:', command: '<%= config.bin %> dump' },
    {
      description: 'Another configuration, another place:',
      command: '<%= config.bin %> dump --cfg northwind.json --backup-dir /var/backups/albackup',
    },
    {
      description: 'A URL, the password in the environment, without the log tables:',
      command:
        "$ ALBACKUP_PASSWORD=… <%= config.bin %> dump --source 'mssql://reader@db1/Northwind' --exclude 'dbo.*Log'",
    },
  ]
  static override flags = {
    cfg,
    source: Flags.string({
      helpValue: 'URL',
      summary: 'Database to dump, instead of that of the configuration: mssql://user@host:1433/database?encrypt=false',
    }),
    'backup-dir': backupDir,
    include: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATTERN',
      summary: 'Only tables whose schema.table fits the pattern (* and ?); may be given again.',
    }),
    exclude: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATTERN',
      summary: 'No tables whose schema.table fits the pattern; may be given again.',
    }),
    codec: Flags.option({ options: CODECS, helpValue: CODECS.join('|') })({
      summary: 'How the files are compressed; deflate when neither this nor the configuration says otherwise.',
    }),
    debug,
    json,
  }

  protected override async work(): Promise<DumpReport> {
    const { flags } = await this.parse(Dump)
    const { source, include = [], exclude = [], codec } = flags
    const report = await this.withRoom(flags.cfg, (room) =>
      dumpDatabase({ source, backupDir: flags['backup-dir'], include, exclude, codec }, room),
    )
    for (const line of dumpSummary(report, flags.debug)) this.terminal.print(line)
    return report
  }
}
