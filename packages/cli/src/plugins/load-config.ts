import { Config } from '@oclif/core'

/**
 * oclif's view of the program and its plugins. What it would only whisper about plugins that do not load is left to
 * findUnloadedPlugins, which names them.
 */
export async function loadConfig(root: string): Promise<Config> {
  const config = new Config({ root })
  Object.defineProperty(config, 'warn', { value: () => undefined })
  await config.load()
  return config
}
