/** A plugin that is installed and cannot be used. */
export interface PluginProblem {
  /** The name of its package. */
  readonly plugin: string
  readonly reason: string
}
