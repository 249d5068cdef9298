import { expect, it } from 'vitest'
import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import { DamagedBackupError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import { checkFile } from './check-files.ts'

const facts: FileFacts = {
  name: 'dbo.T.avro',
  schema: 'dbo',
  table: 'T',
  rows: 1,
  blocks: 1,
  bytes: 100,
  rowBytes: 50,
  sha256: '00',
  digest: '00',
}

it('refuses a file that is cut while it is read', async () => {
  const storage = {
    path: '/backup',
    open: async () => ({ size: 100, read: async () => 0, [Symbol.asyncDispose]: async () => {} }),
  } as unknown as Storage
  const backup = { path: '/backup', storage, metadata: { files: [facts] } } as unknown as Backup
  await expect(checkFile(backup, facts, new AbortController().signal)).rejects.toThrow(DamagedBackupError)
})
