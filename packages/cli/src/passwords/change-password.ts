import { UsageError } from '@albackup/core'
import { openConfigurationFile, writePassword } from '../configuration/configuration-file.ts'
import type { PasswordSources } from '../connections/password.ts'
import { sealPassword } from '../secrets/sealed-password.ts'
import { decryptStoredPassword } from '../secrets/stored-password.ts'
import { describeKeyPlace, readOrMakeKey } from '../secrets/user-key.ts'
import type { PasswordPrompt } from './password-prompt.ts'

const TRIES = 3

/** Which password, and how to talk about it. */
export interface PasswordChange {
  /** --cfg. */
  readonly cfg: string | undefined
  readonly folder: string
  /** --target; undefined for the file's own connection. */
  readonly target: string | undefined
  readonly prompt: PasswordPrompt
  readonly sources: PasswordSources
  tell(line: string): void
}

/** The object of `chg-password --json`. */
export interface PasswordReport {
  readonly file: string
  readonly target: string | null
}

/** Asks for the old password, when there is one, and twice for the new; writes it encrypted into the file. */
export async function changePassword(change: PasswordChange): Promise<PasswordReport> {
  const { prompt, sources, target, tell } = change
  const opened = await openConfigurationFile(change.cfg, change.folder, target, sources.warn)
  const { file, entry } = opened
  tell(`Changing password for ${entry.db_name ?? ''}@${entry.db_server ?? ''}`)
  const old = await readOld(entry.db_password, `${opened.prefix}db_password of ${file}`, sources)
  if (old !== undefined) await askOld(old, prompt, tell)
  const password = await askNew(prompt, tell)
  const key = await readOrMakeKey(sources.key, sources.warn)
  await writePassword(opened, sealPassword(password, key))
  tell(`Configuration file ${file} updated with new password, encrypted with ${describeKeyPlace(sources.key)}`)
  return { file, target: target ?? null }
}

/** Whoever may write the file may set the password to null first: so one that cannot be read is no reason to stop. */
async function readOld(
  text: string | null | undefined,
  where: string,
  sources: PasswordSources,
): Promise<string | undefined> {
  if (!text) return undefined
  try {
    return await decryptStoredPassword(text, where, sources.key, sources.warn)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    sources.warn(`${error.message}; the old password is not asked for`)
    return undefined
  }
}

async function askOld(old: string, prompt: PasswordPrompt, tell: (line: string) => void): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await prompt.ask('Old password: ')
    if (answer === old) return
    if (answer === undefined) throw noAnswer()
    tell('Invalid password')
  }
  throw new UsageError('cannot change the password: the old password was wrong three times', {
    hint: 'When it is lost, set db_password to null in the configuration file and run this again.',
  })
}

async function askNew(prompt: PasswordPrompt, tell: (line: string) => void): Promise<string> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const password = await prompt.ask('New password: ')
    const again = await prompt.ask('Again: ')
    if (password === undefined || again === undefined) throw noAnswer()
    if (password === again && password !== '') return password
    tell(password === '' ? 'The password is empty' : "Passwords don't match")
  }
  throw new UsageError('cannot change the password: no new password in three tries')
}

function noAnswer(): UsageError {
  return new UsageError('cannot change the password: the input ended', {
    hint: 'Give the old password, when there is one, and twice the new one, a line each.',
  })
}
