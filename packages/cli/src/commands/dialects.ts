import { AlbackupCommand } from '../command/albackup-command.ts'
import { debug, json } from '../command/flags.ts'
import { discoverDialects, type PluggedDialect } from '../plugins/discover-dialects.ts'
import type { PluginProblem } from '../plugins/plugin-problem.ts'
import { alignColumns } from '../reporter/align-columns.ts'

/** The object of `dialects --json`. */
interface DialectsReport {
  readonly dialects: readonly DialectLine[]
  readonly problems: readonly PluginProblem[]
}

interface DialectLine {
  readonly name: string
  readonly aliases: readonly string[]
  readonly title: string
  readonly package: string
  readonly version: string
  /** It can be dumped. */
  readonly source: boolean
  /** It can be restored into. */
  readonly target: boolean
}

export default class Dialects extends AlbackupCommand {
  static override summary = 'List the database engines albackup knows.'
  static override description =
    'Engines come as plugins: those bundled with albackup, and those you add with "albackup plugins install PACKAGE".'
  static override examples = ['<%= config.bin %> dialects', '<%= config.bin %> dialects --json']
  static override flags = { debug, json }

  protected override async work(): Promise<DialectsReport> {
    await this.parse(Dialects)
    const { plugged, problems } = await discoverDialects(this.config)
    const dialects = plugged.map(describeDialect)
    for (const line of dialectLines(dialects)) this.terminal.print(line)
    for (const { plugin, reason } of problems) this.terminal.warn(`plugin ${plugin} cannot be used: ${reason}`)
    return { dialects, problems }
  }
}

function describeDialect({ dialect, plugin, version }: PluggedDialect): DialectLine {
  return {
    name: dialect.name,
    aliases: dialect.aliases ?? [],
    title: dialect.title,
    package: plugin,
    version,
    source: dialect.openSource !== undefined,
    target: dialect.openTarget !== undefined,
  }
}

function dialectLines(dialects: readonly DialectLine[]): readonly string[] {
  if (dialects.length === 0) return ['no dialects']
  return alignColumns('llllll', [
    ['dialect', 'title', 'package', 'version', 'source', 'target'],
    ...dialects.map(({ name, title, package: plugin, version, source, target }) => [
      name,
      title,
      plugin,
      version,
      source ? 'yes' : 'no',
      target ? 'yes' : 'no',
    ]),
  ])
}
