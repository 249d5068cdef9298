import { UsageError } from '@albackup/core'
import { decryptLegacyPassword } from './legacy-password.ts'
import { isSealed, unsealPassword } from './sealed-password.ts'
import { describeKeyPlace, type KeyPlace, readKey } from './user-key.ts'

const AGAIN = 'Run "albackup chg-password" again to store the password anew'

/**
 * The password as it is in a configuration file, in the clear. `where` names it in messages: `db_password of albackup.json`.
 * Throws a UsageError when the key is missing or wrong, or the text is not encrypted.
 */
export async function decryptStoredPassword(
  text: string,
  where: string,
  place: KeyPlace,
  warn: (message: string) => void,
): Promise<string> {
  if (!isSealed(text)) return decryptLegacy(text, where)
  const key = await readKey(place, warn)
  if (key === undefined) {
    throw new UsageError(`cannot decrypt ${where}: there is no key file ${place.file}`, {
      hint: `Bring the key file from where the password was set, or name it with ALBACKUP_KEY_FILE. ${AGAIN}.`,
    })
  }
  const password = unsealPassword(text, key)
  if (password !== undefined) return password
  throw new UsageError(`cannot decrypt ${where}: ${describeKeyPlace(place)} is not the one it was encrypted with`, {
    hint: `Give the right key with ALBACKUP_KEY_FILE or ALBACKUP_KEY. ${AGAIN}.`,
  })
}

function decryptLegacy(text: string, where: string): string {
  const password = decryptLegacyPassword(text)
  if (password !== undefined) return password
  throw new UsageError(`cannot decrypt ${where}: it is not encrypted`, {
    hint: 'Run "albackup chg-password", which encrypts it, or set it to null and give the password in ALBACKUP_PASSWORD.',
  })
}
