import { chmod, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@albackup/core'
import { Blowfish } from 'egoroof-blowfish'
import { describe, expect, it } from 'vitest'
import { decryptLegacyPassword } from './legacy-password.ts'
import { isSealed, sealPassword, unsealPassword } from './sealed-password.ts'
import { decryptStoredPassword } from './stored-password.ts'
import { keyPlace, readKey, readOrMakeKey } from './user-key.ts'

const silent = () => undefined

describe('Blowfish of the library', () => {
  // Schneier's test vectors for ECB, in the order key, clear, cipher.
  it.each([
    ['0000000000000000', '0000000000000000', '4ef997456198dd78'],
    ['ffffffffffffffff', 'ffffffffffffffff', '51866fd5b85ecb8a'],
    ['0123456789abcdef', '1111111111111111', '61f9c3802281b096'],
    ['fedcba9876543210', '0123456789abcdef', '0aceab0fc6a0a28d'],
  ])('encrypts with key %s', (key, clear, cipher) => {
    const blowfish = new Blowfish(Buffer.from(key, 'hex'), Blowfish.MODE.ECB, Blowfish.PADDING.NULL)
    expect(Buffer.from(blowfish.encode(Buffer.from(clear, 'hex'))).toString('hex')).toBe(cipher)
  })

  it('gives the published CBC vector', () => {
    const key = Buffer.from('0123456789abcdeff0e1d2c3b4a59687', 'hex')
    const blowfish = new Blowfish(key, Blowfish.MODE.CBC, Blowfish.PADDING.NULL)
    blowfish.setIv(Buffer.from('fedcba9876543210', 'hex'))
    expect(Buffer.from(blowfish.encode('7654321 Now is the time for \0')).toString('hex')).toBe(
      '6b77b4d63006dee605b156e27403979358deb9e7154616d959f1652bd5ff92cc',
    )
  })
})

describe('decryptLegacyPassword', () => {
  // Made with another Blowfish (OpenSSL's), in the original's format and with its key.
  it.each([
    ['one short of a block', 'AAECAwQFBgcGAAAAc6Ss4UK6bwM=', 'secret'],
    ['exactly a block', '/wAQIDBAUGAIAAAAi+CryihyLS9fChepwmZtkA==', 'eightchr'],
    ['UTF-8', 'YWxiYWNrdXAaAAAAhjApAJpXXk4vnIDjDbjJIr7NGADuvcFpKe3BaK6qHys=', 'pässwörd mit Ümlaut ✓'],
    ['a terminal in Latin-1', 'bGF0aW4xaXYDAAAAhYUPwZOmvhg=', 'äöü'],
    ['empty', 'MTIzNDU2NzgAAAAALBt/rNNbveA=', ''],
  ])('reads a password of the original tool: %s', (_, text, password) => {
    expect(decryptLegacyPassword(text)).toBe(password)
  })

  it.each([
    ['plain text', 'hunter2'],
    ['plain text that is base64', 'cGFzc3dvcmQxMjM0NTY3ODkwMTIzNA=='],
    ['a length that does not fit', 'AAECAwQFBgcHAAAAc6Ss4UK6bwM='],
    ['a negative length', 'AAECAwQFBgf/////c6Ss4UK6bwM='],
    ['another cipher text', 'AAECAwQFBgcGAAAAc6Ss4UK6bwQ='],
    ['a head alone', 'gQjrrdp7iK8jvcME'],
    ['nothing', ''],
  ])('does not take %s for one', (_, text) => {
    expect(decryptLegacyPassword(text)).toBeUndefined()
  })
})

describe('sealPassword', () => {
  const key = Buffer.alloc(32, 7)

  it.each(['secret', '', 'pä✓😀', 'x'.repeat(5000)])('is undone by unsealPassword', (password) => {
    const sealed = sealPassword(password, key)
    expect([isSealed(sealed), unsealPassword(sealed, key)]).toEqual([true, password])
  })

  it('never gives the same text twice', () => {
    expect(sealPassword('secret', key)).not.toBe(sealPassword('secret', key))
  })

  it('opens with no other key, and not when a bit was changed', () => {
    const sealed = sealPassword('secret', key)
    expect(unsealPassword(sealed, Buffer.alloc(32, 8))).toBeUndefined()
    expect(unsealPassword(`${sealed.slice(0, -4)}AAAA`, key)).toBeUndefined()
    expect(unsealPassword('albackup:v1:AAAA', key)).toBeUndefined()
  })
})

describe('the key of the user', () => {
  const folder = () => mkdtemp(join(tmpdir(), 'albackup-key-'))

  it('is made once, for the owner only, and found again', async () => {
    const place = keyPlace({}, join(await folder(), 'albackup'))
    expect(await readKey(place, silent)).toBeUndefined()
    const made = await readOrMakeKey(place, silent)
    expect(made).toHaveLength(32)
    expect((await stat(place.file)).mode & 0o777).toBe(0o600)
    expect(await readOrMakeKey(place, silent)).toEqual(made)
  })

  it('comes from ALBACKUP_KEY first, then from ALBACKUP_KEY_FILE', async () => {
    const file = join(await folder(), 'k')
    await writeFile(file, Buffer.alloc(32, 1).toString('base64'), { mode: 0o600 })
    expect(await readKey(keyPlace({ ALBACKUP_KEY_FILE: file }, '/nowhere'), silent)).toEqual(Buffer.alloc(32, 1))
    const both = keyPlace({ ALBACKUP_KEY_FILE: file, ALBACKUP_KEY: 'sesame' }, '/nowhere')
    expect(await readKey(both, silent)).toEqual(Buffer.from('sesame'))
  })

  it('warns when others can read it, and refuses a file that holds something else', async () => {
    const place = keyPlace({}, await folder())
    await readOrMakeKey(place, silent)
    await chmod(place.file, 0o644)
    const warnings: string[] = []
    await readKey(place, (message) => warnings.push(message))
    expect(warnings).toEqual([`key file ${place.file} can be read by others; run: chmod 600 ${place.file}`])
    await writeFile(place.file, 'not a key')
    await expect(readKey(place, silent)).rejects.toThrow(
      `cannot read key file ${place.file}: it does not hold 32 bytes in base64`,
    )
    expect(await readFile(place.file, 'utf8')).toBe('not a key')
  })
})

describe('decryptStoredPassword', () => {
  const decrypt = (text: string, environment: NodeJS.ProcessEnv) =>
    decryptStoredPassword(text, 'db_password of a.json', keyPlace(environment, '/nowhere'), silent)

  it('reads both formats', async () => {
    const sealed = sealPassword('new', Buffer.from('sesame'))
    expect(await decrypt(sealed, { ALBACKUP_KEY: 'sesame' })).toBe('new')
    expect(await decrypt('AAECAwQFBgcGAAAAc6Ss4UK6bwM=', {})).toBe('secret')
  })

  it.each([
    ['a missing key', sealPassword('x', Buffer.from('a')), {}, 'there is no key file /nowhere/key'],
    [
      'a wrong key',
      sealPassword('x', Buffer.from('a')),
      { ALBACKUP_KEY: 'b' },
      'the key in ALBACKUP_KEY is not the one it was encrypted with',
    ],
    ['plain text', 'hunter2', {}, 'it is not encrypted'],
  ])('says so of %s, with a way out', async (_, text, environment, reason) => {
    const error = await decrypt(text, environment).catch((failure) => failure)
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toBe(`cannot decrypt db_password of a.json: ${reason}`)
    expect(error.hint).toContain('chg-password')
    expect(error.message + error.hint).not.toContain('hunter2')
  })
})
