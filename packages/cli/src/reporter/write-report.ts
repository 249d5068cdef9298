import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LocalFolder, StorageError } from '@albackup/core'
import { errorCode } from '../error-code.ts'

/** Writes a report for people; whoever reads the file meanwhile sees the old or the new one. Makes its folder. */
export async function writeReport(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.unfinished`
  await new LocalFolder(dirname(file)).make()
  try {
    await writeFile(unfinished, text)
    await rename(unfinished, file)
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw new StorageError(`cannot write report ${file}: ${errorCode(cause)}`, {
      hint: 'The folder must be one that you may write into, on a disk with room.',
      cause,
    })
  }
}
