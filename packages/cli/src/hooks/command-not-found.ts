import { UsageError } from '@albackup/core'
import type { Hook } from '@oclif/core'
import { closest } from '../closest.ts'

const commandNotFound: Hook.CommandNotFound = async ({ id, config }) => {
  const name = id.replaceAll(':', config.topicSeparator)
  const meant = closest(name, config.commandIDs)
  throw new UsageError(`cannot run ${config.bin} ${name}: there is no such command`, {
    hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}Run "${config.bin} --help" to see them all.`,
  })
}

export default commandNotFound
