/** Whether one of the flags stands among the arguments, before a `--`. */
export function hasFlag(argv: readonly string[], ...flags: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end < 0 ? argv.length : end).some((argument) => flags.includes(argument))
}

/** What of a command the order of arguments depends on. */
export interface CommandShape {
  readonly id: string
  readonly flags: Readonly<Record<string, { readonly name: string; readonly char?: string; readonly type: string }>>
}

/**
 * The original tool took flags before the mode: `albackup --cfg db.json dump`. Brings the name of the command to the front;
 * arguments that hold no command stay as they are.
 */
export function commandFirst(argv: readonly string[], commands: readonly CommandShape[]): readonly string[] {
  if (!argv[0]?.startsWith('-') || argv[0] === '--version') return argv
  const ids = new Set(commands.map(({ id }) => id))
  const takesValue = flagsWithValue(commands)
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!
    if (argument === '--') break
    if (ids.has(argument)) return [argument, ...argv.slice(0, index), ...argv.slice(index + 1)]
    if (takesValue.has(argument)) index++
  }
  return argv
}

function flagsWithValue(commands: readonly CommandShape[]): ReadonlySet<string> {
  const flags = commands.flatMap((command) => Object.values(command.flags)).filter(({ type }) => type === 'option')
  return new Set(flags.flatMap(({ name, char }) => [`--${name}`, ...(char === undefined ? [] : [`-${char}`])]))
}

/** The command among the arguments as the user would say it: `plugins install`; empty when there is none. */
export function commandWords(argv: readonly string[], ids: readonly string[]): string {
  const end = argv.findIndex((argument) => argument.startsWith('-'))
  const words = argv.slice(0, end < 0 ? argv.length : end)
  const lengths = words.map((_, index) => words.length - index)
  const length = lengths.find((count) => ids.includes(words.slice(0, count).join(':'))) ?? 0
  return words.slice(0, length).join(' ')
}
