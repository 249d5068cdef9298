import { type EventListener, InterruptedError } from '@albackup/core'
import { Command, type Config } from '@oclif/core'
import { readConfiguration } from '../configuration/read-configuration.ts'
import type { PasswordSources } from '../connections/password.ts'
import { showFailure } from '../failures/show-failure.ts'
import type { JobRoom, JobTools } from '../jobs/job-room.ts'
import { type DiscoveredDialects, discoverDialects } from '../plugins/discover-dialects.ts'
import { openReporter } from '../reporter/reporter.ts'
import { keyPlace } from '../secrets/user-key.ts'
import { Terminal } from '../terminal/terminal.ts'
import { hasFlag } from './arguments.ts'
import { DivertedConsole } from './diverted-console.ts'
import { Interruption } from './interruption.ts'

/** What all commands share: the terminal, --json, the way failures end, Ctrl-C. */
export abstract class AlbackupCommand extends Command {
  protected readonly terminal: Terminal
  private readonly json: boolean
  private readonly debugs: boolean

  constructor(argv: string[], config: Config) {
    super(argv, config)
    // Known before the arguments are parsed: also a mistake in them must be told in the way that was asked for.
    this.json = hasFlag(argv, '--json')
    this.debugs = hasFlag(argv, '--debug', '-d')
    this.terminal = new Terminal({
      stdout: process.stdout,
      stderr: process.stderr,
      environment: process.env,
      json: this.json,
    })
  }

  /** Does the work, shows the result to people and gives it as the object of --json. */
  protected abstract work(): Promise<object>

  override async run(): Promise<void> {
    using _console = new DivertedConsole((line) => this.debugLine(line))
    const report = await this.work()
    if (this.json) this.terminal.printJson(report)
  }

  protected override async catch(error: unknown): Promise<void> {
    process.exitCode = showFailure(error, {
      terminal: this.terminal,
      command: `${this.config.bin} ${this.id}`,
      program: this.config.userAgent,
      json: this.json,
      debug: this.debugs,
    })
  }

  protected get passwordSources(): PasswordSources {
    return {
      environment: process.env,
      key: keyPlace(process.env, this.config.configDir),
      warn: (message) => this.terminal.warn(message),
      hide: (password) => this.terminal.hide(password),
    }
  }

  private debugLine(line: string): void {
    if (this.debugs) this.terminal.tell(line, 'quiet')
  }

  private async discoverDialects(): Promise<DiscoveredDialects> {
    const discovered = await discoverDialects(this.config)
    for (const { plugin, reason } of discovered.problems) {
      this.terminal.warn(`plugin ${plugin} cannot be used: ${reason}`)
    }
    return discovered
  }

  /** Runs a job with everything it needs; ends with an InterruptedError when the user stops it. */
  protected async withRoom<T>(cfg: string | undefined, job: (room: JobRoom) => Promise<T>): Promise<T> {
    return this.withTools(async (tools) =>
      job({ configuration: await readConfiguration(cfg, process.cwd(), tools.context.warn), ...tools }),
    )
  }

  /** The same for a job that reads its configuration itself. */
  protected async withTools<T>(job: (tools: JobTools) => Promise<T>): Promise<T> {
    return this.withJob(async (signal, onEvent) =>
      job({
        dialects: () => this.discoverDialects(),
        passwordSources: this.passwordSources,
        context: {
          signal,
          warn: (message) => this.terminal.warn(message),
          debug: (message) => this.debugLine(message),
        },
        onEvent,
        toolVersion: this.config.version,
      }),
    )
  }

  /** The same for a job that needs neither configuration nor server. */
  protected async withJob<T>(job: (signal: AbortSignal, onEvent: EventListener) => Promise<T>): Promise<T> {
    using interruption = new Interruption(this.terminal)
    using reporter = openReporter(this.terminal)
    const { signal } = interruption
    try {
      return await job(signal, reporter.onEvent)
    } catch (cause) {
      if (!signal.aborted) throw cause
      throw new InterruptedError(`cannot finish ${this.id}: it was interrupted`, { cause })
    }
  }
}
