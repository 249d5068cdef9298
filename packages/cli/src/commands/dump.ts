import { CODECS, CONSISTENCY_LEVELS, REPLICATION_CHOICES } from '@albackup/core'
import { Flags } from '@oclif/core'
import { AlbackupCommand } from '../command/albackup-command.ts'
import { backupDir, cfg, debug, exclude, include, jobs, json } from '../command/flags.ts'
import { paragraphs } from '../command/paragraphs.ts'
import { parseCondition } from '../command/parse-condition.ts'
import { type DumpReport, dumpDatabase } from '../jobs/dump-database.ts'
import { dumpSummary } from '../reporter/dump-summary.ts'

export default class Dump extends AlbackupCommand {
  static override summary = 'Make a backup of a database.'
  static override description =
    paragraphs(`Reads the schema and every row, and writes them as a new folder of Avro files into the backup directory.
The database is that of the configuration file, or of --source. A dump that fails or is stopped leaves nothing behind.`)
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
    {
      description: 'Four tables at once, all of one point in time or not at all:',
      command: '<%= config.bin %> dump --jobs 4 --consistency snapshot',
    },
  ]
  static override flags = {
    cfg,
    source: Flags.string({
      helpValue: 'URL',
      summary: 'Database to dump, instead of that of the configuration: mssql://user@host:1433/database?encrypt=false',
    }),
    'backup-dir': backupDir,
    include,
    exclude,
    where: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'TABLE=CONDITION',
      summary:
        'Only the rows that fulfil an SQL condition, for the tables that fit the pattern: "dbo.Log=at > \'2026\'".',
    }),
    'schema-only': Flags.boolean({ exclusive: ['data-only'], summary: 'The schema without any row.' }),
    'data-only': Flags.boolean({ summary: 'Rows for tables that exist where they will be restored.' }),
    consistency: Flags.option({ options: CONSISTENCY_LEVELS, helpValue: CONSISTENCY_LEVELS.join('|') })({
      summary: 'From which point in time the rows are; the best that the server and the login allow when not given.',
    }),
    'meta-cache': Flags.string({
      helpValue: 'DIR',
      summary: 'Folder that keeps the schema, so that it is read again only when the catalog has changed.',
    }),
    replication: Flags.option({ options: REPLICATION_CHOICES, helpValue: REPLICATION_CHOICES.join('|') })({
      default: 'auto',
      summary:
        'Of SymmetricDS, when the database is replicated by it: its configuration (auto), everything, or nothing.',
    }),
    jobs,
    codec: Flags.option({ options: CODECS, helpValue: CODECS.join('|') })({
      summary: 'How the files are compressed; deflate when neither this nor the configuration says otherwise.',
    }),
    debug,
    json,
  }

  protected override async work(): Promise<DumpReport> {
    const { flags } = await this.parse(Dump)
    const { source, codec, consistency, jobs: atOnce } = flags
    const order = {
      source,
      backupDir: flags['backup-dir'],
      include: flags.include ?? [],
      exclude: flags.exclude ?? [],
      where: (flags.where ?? []).map(parseCondition),
      content: flags['schema-only'] ? 'schema' : flags['data-only'] ? 'data' : 'all',
      consistency,
      metaCache: flags['meta-cache'],
      replication: flags.replication,
      jobs: atOnce,
      codec,
    } as const
    const report = await this.withRoom(flags.cfg, (room) => dumpDatabase(order, room))
    for (const line of dumpSummary(report, flags.debug)) this.terminal.print(line)
    return report
  }
}
