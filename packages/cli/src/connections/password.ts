import { decryptStoredPassword } from '../secrets/stored-password.ts'
import type { KeyPlace } from '../secrets/user-key.ts'

/** What passwords are found with. */
export interface PasswordSources {
  readonly environment: NodeJS.ProcessEnv
  readonly key: KeyPlace
  warn(message: string): void
  /** Hears of every password found, so that no output shows it. */
  hide(password: string): void
}

/** Where the password of one connection may be, in the order of precedence. */
export interface PasswordPlaces {
  readonly url?: string | undefined
  /** Names of environment variables; the first that is set and not empty counts. */
  readonly variables: readonly string[]
  /** Encrypted, in a configuration file; `where` is for messages. */
  readonly stored?: { readonly text: string | null | undefined; readonly where: string }
}

/** undefined when there is none: some servers need none. Throws a UsageError when a stored one cannot be decrypted. */
export async function findPassword(places: PasswordPlaces, sources: PasswordSources): Promise<string | undefined> {
  const password =
    places.url ?? fromEnvironment(places.variables, sources.environment) ?? (await fromFile(places, sources))
  if (password !== undefined) sources.hide(password)
  return password
}

/** `ALBACKUP_STAGE_EU_PASSWORD` for the target `stage-eu`. */
export function passwordVariable(target: string): string {
  return `ALBACKUP_${target.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_PASSWORD`
}

function fromEnvironment(variables: readonly string[], environment: NodeJS.ProcessEnv): string | undefined {
  return variables.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
}

async function fromFile({ stored }: PasswordPlaces, sources: PasswordSources): Promise<string | undefined> {
  if (!stored?.text) return undefined
  return decryptStoredPassword(stored.text, stored.where, sources.key, sources.warn)
}
