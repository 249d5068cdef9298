import { Blowfish } from 'egoroof-blowfish'

/**
 * The format of the original tool: base64 of an initialisation vector (8 bytes), the length of the password in bytes
 * (int32, little-endian) and the password, padded as PKCS #5 says and encrypted with Blowfish in CBC mode. The key is
 * the same everywhere, so this hides a password from a glance and from nobody else: it is read, and never written.
 */
const KEY = new TextEncoder().encode('So 1 Tag s0 wunderschoen wie heute')
const IV_BYTES = 8
const HEAD_BYTES = IV_BYTES + 4
const BLOCK_BYTES = 8

/** undefined when `text` is not of this format; the padding makes a chance match very unlikely. */
export function decryptLegacyPassword(text: string): string | undefined {
  const bytes = strictBase64(text)
  if (bytes === undefined || bytes.length < HEAD_BYTES + BLOCK_BYTES) return undefined
  if ((bytes.length - HEAD_BYTES) % BLOCK_BYTES !== 0) return undefined
  const padded = decryptBlocks(bytes.subarray(0, IV_BYTES), bytes.subarray(HEAD_BYTES))
  const length = bytes.readInt32LE(IV_BYTES)
  return hasPadding(padded, length) ? decodeText(padded.subarray(0, length)) : undefined
}

function decryptBlocks(iv: Uint8Array, blocks: Uint8Array): Uint8Array {
  const blowfish = new Blowfish(KEY, Blowfish.MODE.CBC, Blowfish.PADDING.NULL)
  blowfish.setIv(iv)
  // The library's NULL padding takes zero bytes off the end; PKCS #5 leaves none there.
  return blowfish.decode(blocks, Blowfish.TYPE.UINT8_ARRAY)
}

function hasPadding(padded: Uint8Array, length: number): boolean {
  const padding = BLOCK_BYTES - (length % BLOCK_BYTES)
  return length >= 0 && padded.length === length + padding && padded.subarray(length).every((byte) => byte === padding)
}

/** The original stored whatever bytes the terminal gave it. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

/** Buffer.from takes anything for base64, so the way back is the check. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text.trim() ? bytes : undefined
}
