import { createBackupFolder, removeBackup, writeMetadata } from '../backup/create-backup.ts'
import { type BackupMetadata, type FileFacts, FORMAT_VERSION } from '../backup/metadata.ts'
import { tableFileNames } from '../backup/names.ts'
import type { Dialect, Source } from '../dialect/dialect.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { applyScope, fullName, type Scope } from '../model/scope.ts'
import { formatDigest } from '../row/digest.ts'
import type { LocalFolder } from '../storage/local-folder.ts'
import { type Codec, type Compressor, openCodec } from '../table-file/codec.ts'
import { TableFileWriter } from '../table-file/write-table-file.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'

export interface DumpRequest extends Scope {
  readonly source: Source
  readonly dialect: Dialect['name']
  /** For the folder's name and the metadata. */
  readonly host: string
  readonly database: string
  /** The folder that holds the backups; made when absent. */
  readonly backupDir: string
  readonly codec: Codec
  readonly toolVersion: string
  readonly signal: AbortSignal
  readonly onEvent: EventListener
}

export interface DumpResult {
  /** The path of the finished backup. */
  readonly backup: string
  readonly metadata: BackupMetadata
  readonly tables: number
  readonly rows: number
  /** Of the files as they are on disk. */
  readonly bytes: number
}

/** Writes a backup of the source. A dump that fails or is interrupted leaves nothing behind. */
export async function dump(request: DumpRequest): Promise<DumpResult> {
  const { source, onEvent } = request
  const begun = new Date()
  const compressor = await openCodec(request.codec)
  onEvent({ type: 'stage', stage: 'reflect' })
  const model = applyScope(await source.reflect(), request)
  stopWhenAborted(request.signal)
  const estimates = await source.estimate(model)
  onEvent({
    type: 'expect',
    tables: model.tables.length,
    rows: estimates.reduce((sum, estimate) => sum + estimate.rows, 0),
    bytes: estimates.reduce((sum, estimate) => sum + estimate.bytes, 0),
  })
  const folder = await createBackupFolder(request.backupDir, request.database, request.host, begun)
  try {
    onEvent({ type: 'stage', stage: 'read rows' })
    const files = await dumpTables(request, model, folder, compressor)
    const metadata = describeBackup(request, model, begun, files)
    stopWhenAborted(request.signal)
    await writeMetadata(folder, metadata)
    return {
      backup: folder.path,
      metadata,
      tables: files.length,
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    }
  } catch (error) {
    await removeBackup(folder)
    stopWhenAborted(request.signal, error)
    throw error
  }
}

function describeBackup(
  request: DumpRequest,
  model: SchemaModel,
  begun: Date,
  files: readonly FileFacts[],
): BackupMetadata {
  const { source, dialect, host, database } = request
  return {
    format: 'albackup',
    formatVersion: FORMAT_VERSION,
    toolVersion: request.toolVersion,
    begun: begun.toISOString(),
    ended: new Date().toISOString(),
    source: { dialect, host, database, server: source.server },
    consistency: source.consistency,
    codec: request.codec,
    files,
    model,
  }
}

async function dumpTables(
  request: DumpRequest,
  model: SchemaModel,
  folder: LocalFolder,
  compressor: Compressor,
): Promise<readonly FileFacts[]> {
  const names = tableFileNames(model.tables)
  const files: FileFacts[] = []
  for (const [i, table] of model.tables.entries()) {
    files.push(await dumpTable(request, table, folder, names[i]!, compressor))
    stopWhenAborted(request.signal)
  }
  return files
}

async function dumpTable(
  { source, codec, onEvent }: DumpRequest,
  table: Table,
  folder: LocalFolder,
  name: string,
  compressor: Compressor,
): Promise<FileFacts> {
  const begun = performance.now()
  onEvent({ type: 'table-begin', table: fullName(table) })
  const writer = await TableFileWriter.create(folder, name, table, codec, compressor)
  try {
    for await (const block of source.readRows(table, null)) {
      await writer.append(block)
      onEvent({ type: 'progress', table: fullName(table), rows: block.rows, bytes: block.bytes.length })
    }
    const { digest, ...facts } = await writer.finish()
    const seconds = (performance.now() - begun) / 1000
    onEvent({ type: 'table-end', table: fullName(table), rows: facts.rows, bytes: facts.rowBytes, seconds })
    return { name, schema: table.schema, table: table.name, digest: formatDigest(digest), ...facts }
  } catch (error) {
    await writer.discard()
    throw error
  }
}
