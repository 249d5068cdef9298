import type { Context, EventListener } from '@albackup/core'
import type { Configuration } from '../configuration/configuration.ts'
import type { PasswordSources } from '../connections/password.ts'
import type { DiscoveredDialects } from '../plugins/discover-dialects.ts'

/** What a job of the command line works with. */
export interface JobRoom extends JobTools {
  /** undefined when there is no file. */
  readonly configuration: Configuration | undefined
}

/** The same of a job that reads its configuration itself. */
export interface JobTools {
  dialects(): Promise<DiscoveredDialects>
  readonly passwordSources: PasswordSources
  readonly context: Context
  readonly onEvent: EventListener
  readonly toolVersion: string
}
