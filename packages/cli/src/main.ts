import { fileURLToPath } from 'node:url'
import { type Config, Errors, run, settings } from '@oclif/core'
import { commandFirst, commandWords, hasFlag } from './command/arguments.ts'
import { showFailure } from './failures/show-failure.ts'
import { loadConfig } from './plugins/load-config.ts'
import { Terminal } from './terminal/terminal.ts'

/** The folder of the package. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** How long a connection that nobody closed may keep a finished process alive. */
const GRACE_MILLISECONDS = 2000

/** Runs the command line and sets the exit status of the process. */
export async function main(argv: readonly string[]): Promise<void> {
  // The sources are compiled; without this oclif looks for them again when NODE_ENV is "development" or "test".
  settings.enableAutoTranspile = false
  const config = await loadConfig(ROOT)
  const ordered = [...commandFirst(argv, config.commands)]
  try {
    await run(ordered, config)
  } catch (error) {
    process.exitCode = statusOf(error, ordered, config)
  }
  endSoon()
}

/** Of errors outside our own commands, which show theirs themselves: an unknown command, a plugin's command. */
function statusOf(error: unknown, argv: readonly string[], config: Config): number {
  if (error instanceof Errors.ExitError) return error.oclif.exit ?? 0
  const json = hasFlag(argv, '--json')
  return showFailure(error, {
    terminal: new Terminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env, json }),
    command: `${config.bin} ${commandWords(argv, config.commandIDs)}`.trim(),
    program: config.userAgent,
    json,
    debug: hasFlag(argv, '--debug', '-d'),
  })
}

function endSoon(): void {
  setTimeout(() => {
    if (process.stdout.writableLength > 0) endSoon()
    else process.exit()
  }, GRACE_MILLISECONDS).unref()
}
