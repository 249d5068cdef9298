import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/**
 * The format chg-password writes: `albackup:v1:` and base64 of salt (16 bytes), nonce (12), tag (16) and the password
 * encrypted with AES-256-GCM. The key comes from the user's secret and the salt by scrypt (N 2^14, r 8, p 1).
 * The place of the file is not part of it, so a configuration may be moved and copied.
 */
const PREFIX = 'albackup:v1:'
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SCRYPT = { N: 16384, r: 8, p: 1 } as const

export function isSealed(text: string): boolean {
  return text.startsWith(PREFIX)
}

export function sealPassword(password: string, secret: Uint8Array): string {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, salt), nonce)
  const encrypted = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()])
  return PREFIX + Buffer.concat([salt, nonce, cipher.getAuthTag(), encrypted]).toString('base64')
}

/** undefined when the secret is not the one it was sealed with, or the text was changed. */
export function unsealPassword(text: string, secret: Uint8Array): string | undefined {
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64')
  if (bytes.length < SALT_BYTES + NONCE_BYTES + TAG_BYTES) return undefined
  const salt = bytes.subarray(0, SALT_BYTES)
  const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES)
  const tag = bytes.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, salt), nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(tag)
  try {
    const encrypted = bytes.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES)
    return decipher.update(encrypted, undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

function deriveKey(secret: Uint8Array, salt: Uint8Array): Buffer {
  return scryptSync(secret, salt, 32, SCRYPT)
}
