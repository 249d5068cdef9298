import type { Backup } from '../backup/backup.ts'
import type { FileFacts } from '../backup/metadata.ts'
import { DamagedBackupError } from '../errors.ts'
import type { Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import { giveBackBlockMemory } from '../row/block-memory.ts'
import { parseDigest, sameFacts } from '../row/digest.ts'
import { RowWalker } from '../row/walk-rows.ts'
import { readTableFile } from '../table-file/read-table-file.ts'
import { tableOf } from './backup-tables.ts'
import { checkFile } from './check-files.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'

export interface VerifyRequest {
  readonly backup: Backup
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface VerifyResult {
  readonly files: number
  readonly rows: number
  /** On disk. */
  readonly bytes: number
}

/**
 * Checks a backup against its metadata: each file's length and SHA-256, then its framing, the count of its rows, and the
 * digest of every row. Throws a DamagedBackupError for the first that differs.
 */
export async function verify({ backup, signal, onEvent }: VerifyRequest): Promise<VerifyResult> {
  const { files } = backup.metadata
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  onEvent({ type: 'stage', stage: 'verify files' })
  onEvent({ type: 'expect', tables: files.length, rows, bytes: files.reduce((sum, file) => sum + file.rowBytes, 0) })
  for (const file of files) {
    stopWhenAborted(signal)
    await checkFile(backup, file, signal)
    await checkRows(backup, file, tableOf(backup, file), { signal, onEvent })
  }
  return { files: files.length, rows, bytes }
}

async function checkRows(
  backup: Backup,
  facts: FileFacts,
  table: Table,
  { signal, onEvent }: Omit<VerifyRequest, 'backup'>,
): Promise<void> {
  const begun = performance.now()
  onEvent({ type: 'table-begin', table: fullName(table) })
  const walker = new RowWalker(table)
  await using file = await backup.storage.open(facts.name)
  if (file === undefined) throw new DamagedBackupError(`cannot verify ${facts.name}: it is missing`)
  for await (const block of readTableFile(file, facts.name)) {
    stopWhenAborted(signal)
    walkBlock(walker, block, facts.name)
    giveBackBlockMemory(block.bytes)
    onEvent({ type: 'progress', table: fullName(table), rows: block.rows, bytes: block.bytes.length })
  }
  if (!sameFacts(walker.facts, { rows: facts.rows, digest: parseDigest(facts.digest) })) {
    throw new DamagedBackupError(
      `cannot verify ${facts.name}: it has ${walker.facts.rows} rows that are not the ${facts.rows} of the metadata`,
    )
  }
  const seconds = (performance.now() - begun) / 1000
  onEvent({ type: 'table-end', table: fullName(table), rows: facts.rows, bytes: facts.rowBytes, seconds })
}

function walkBlock(walker: RowWalker, block: Parameters<RowWalker['walk']>[0], name: string): void {
  try {
    walker.walk(block)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new DamagedBackupError(`cannot verify ${name}: ${cause.message}`, { cause })
  }
}
