import { UsageError } from '@albackup/core'
import type { Hook, Interfaces } from '@oclif/core'
import { closest } from '../closest.ts'

/** `id`: all the words up to the first flag, with colons between them. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  const words = id.split(':')
  const [command = '', ...rest] = words
  if (isAlone(command, config)) {
    throw new UsageError(`cannot run ${config.bin} ${command}: unexpected argument: ${rest.join(' ')}`, {
      hint: `Run "${config.bin} ${command} --help" to see what it takes.`,
    })
  }
  const meant = closest(words.join(' '), config.commandIDs)
  throw new UsageError(`cannot run ${config.bin} ${words.join(' ')}: there is no such command`, {
    hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}Run "${config.bin} --help" to see them all.`,
  })
}

export default commandNotFound

/** A command without commands below it, unlike `plugins`. */
function isAlone(command: string, { commandIDs }: Interfaces.Config): boolean {
  return commandIDs.includes(command) && !commandIDs.some((id) => id.startsWith(`${command}:`))
}
