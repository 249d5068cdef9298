import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, Plugin } from '@oclif/core'
import { errorCode } from '../error-code.ts'
import type { PluginProblem } from './plugin-problem.ts'

interface Expected {
  readonly name: string
  readonly type: string
  readonly root: string
}

/**
 * The plugins that should be there and that oclif went on without: those bundled with albackup and those the user installed.
 * Each is loaded once more to learn why it failed.
 */
export async function findUnloadedPlugins(config: Config): Promise<readonly PluginProblem[]> {
  const loaded = new Set(config.getPluginsList().flatMap(({ name, alias }) => [name, alias]))
  const missing = [...bundled(config), ...(await installed(config))].filter(({ name }) => !loaded.has(name))
  return Promise.all(missing.map(async (expected) => ({ plugin: expected.name, reason: await whyNotLoaded(expected) })))
}

function bundled(config: Config): readonly Expected[] {
  return (config.pjson.oclif.plugins ?? []).map((name) => ({ name, type: 'core', root: config.root }))
}

/** As `albackup plugins install` and `link` note them. */
async function installed(config: Config): Promise<readonly Expected[]> {
  const file = join(config.dataDir, 'package.json')
  try {
    const { oclif } = JSON.parse(await readFile(file, 'utf8')) as { oclif?: { plugins?: readonly Partial<Expected>[] } }
    return (oclif?.plugins ?? []).map(({ name = '(no name)', type = 'user', root = file }) => ({ name, type, root }))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    return [{ name: '(all that were installed)', type: 'user', root: file }]
  }
}

async function whyNotLoaded({ name, type, root }: Expected): Promise<string> {
  try {
    await new Plugin({ name, type, root }).load()
    return 'it was not loaded'
  } catch (error) {
    const reason = errorCode(error)
    const absent = reason === 'ENOENT' || reason.startsWith('could not find package.json')
    return absent ? `there is no such package at ${root}` : reason.split('\n', 1)[0]!
  }
}
