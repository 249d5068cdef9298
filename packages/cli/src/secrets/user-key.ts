import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '@albackup/core'
import { errorCode } from '../error-code.ts'

/** Where the secret comes from that passwords are encrypted with. */
export interface KeyPlace {
  /** ALBACKUP_KEY: the secret itself; goes before the file. */
  readonly secret: string | undefined
  /** ALBACKUP_KEY_FILE, or `key` in the user's configuration folder of albackup. */
  readonly file: string
}

const KEY_BYTES = 32

export function keyPlace(environment: NodeJS.ProcessEnv, configurationFolder: string): KeyPlace {
  return {
    secret: environment.ALBACKUP_KEY || undefined,
    file: environment.ALBACKUP_KEY_FILE || join(configurationFolder, 'key'),
  }
}

/** For messages. */
export function describeKeyPlace(place: KeyPlace): string {
  return place.secret === undefined ? `the key in ${place.file}` : 'the key in ALBACKUP_KEY'
}

/** undefined when there is none yet. `warn` hears of a file that others can read. */
export async function readKey(place: KeyPlace, warn: (message: string) => void): Promise<Uint8Array | undefined> {
  if (place.secret !== undefined) return Buffer.from(place.secret, 'utf8')
  const text = await readKeyFile(place.file)
  if (text === undefined) return undefined
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) {
    throw new UsageError(`cannot read key file ${place.file}: it does not hold ${KEY_BYTES} bytes in base64`, {
      hint: 'Put back the file that chg-password made, or remove it and run "albackup chg-password" again.',
    })
  }
  if (await isOpenToOthers(place.file)) {
    warn(`key file ${place.file} can be read by others; run: chmod 600 ${place.file}`)
  }
  return key
}

/** Makes the key file, with its folder, when there is no key yet. */
export async function readOrMakeKey(place: KeyPlace, warn: (message: string) => void): Promise<Uint8Array> {
  const existing = await readKey(place, warn)
  if (existing !== undefined) return existing
  const key = randomBytes(KEY_BYTES)
  try {
    await mkdir(dirname(place.file), { recursive: true, mode: 0o700 })
    // 'wx': two at once must not each believe that theirs is the key.
    await writeFile(place.file, `${key.toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    throw new UsageError(`cannot make key file ${place.file}: ${errorCode(cause)}`, {
      hint: 'Name another place with ALBACKUP_KEY_FILE, or give the key in ALBACKUP_KEY.',
      cause,
    })
  }
  return key
}

async function readKeyFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new UsageError(`cannot read key file ${file}: ${errorCode(cause)}`, {
      hint: 'Make the file readable for you, or name another one with ALBACKUP_KEY_FILE.',
      cause,
    })
  }
}

async function isOpenToOthers(file: string): Promise<boolean> {
  return process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0
}
