import { createBackupFolder, removeBackup, writeMetadata } from '../backup/create-backup.ts'
import type { BackupContent, BackupMetadata, FileFacts } from '../backup/metadata.ts'
import type { Context, Dialect, Source, TableEstimate } from '../dialect/dialect.ts'
import type { ReplicationChoice } from '../model/profiles/index.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Scope } from '../model/scope.ts'
import type { LocalFolder } from '../storage/local-folder.ts'
import { type Codec, openCodec } from '../table-file/codec.ts'
import { describeBackup } from './describe-backup.ts'
import { readDumpModel } from './dump-model.ts'
import { dumpPart, type TablePart } from './dump-part.ts'
import type { EventListener } from './events.ts'
import { stopWhenAborted } from './interrupt.ts'
import { planParts, usefulReaders } from './plan-parts.ts'
import { type Hand, shareOut } from './share-out.ts'
import { Crew, type ThreadPlace } from './threads/crew.ts'
import { warnOfUnsentChanges } from './unsent-changes.ts'

export interface DumpRequest extends Scope {
  readonly source: Source
  readonly dialect: Dialect['name']
  /** For the folder's name and the metadata. */
  readonly host: string
  readonly database: string
  /** The folder that holds the backups; made when absent. */
  readonly backupDir: string
  readonly codec: Codec
  /** Default: all. */
  readonly content?: BackupContent
  /** What to do with a replication that is found in the database; default 'auto'. */
  readonly replication?: ReplicationChoice
  /** The folder of the meta-cache; absent: none. */
  readonly metaCache?: string
  /** How many threads may read at once; default 1, which is this one. More need `threads` and a source that shares. */
  readonly jobs?: number
  readonly threads?: ThreadPlace
  readonly toolVersion: string
  readonly context: Context
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
  const { source, onEvent, context } = request
  const begun = new Date()
  await openCodec(request.codec)
  await using crew = startCrew(request)
  onEvent({ type: 'stage', stage: 'reflect' })
  const read = await readDumpModel({
    ...request,
    directory: request.metaCache,
    scope: request,
    replication: request.replication ?? 'auto',
  })
  const { model } = read
  stopWhenAborted(context.signal)
  if (read.whole.tables.length === 0) context.warn(NO_TABLES)
  const estimates = await estimate(request, model)
  const folder = await createBackupFolder(request.backupDir, request.database, request.host, begun)
  try {
    onEvent({ type: 'stage', stage: 'read rows' })
    const files = request.content === 'schema' ? [] : await dumpRows(request, model, estimates, folder, crew)
    for (const warning of await warnOfUnsentChanges(source, read.whole, read.profiles)) context.warn(warning)
    const metadata = describeBackup(request, { ...read, model: await modelOfRows(request, model) }, begun, files)
    stopWhenAborted(context.signal)
    await writeMetadata(folder, metadata)
    return {
      backup: folder.path,
      metadata,
      tables: model.tables.length,
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    }
  } catch (error) {
    await removeUnfinished(folder, context)
    stopWhenAborted(context.signal, error)
    throw error
  }
}

const NO_TABLES = 'the login sees no tables in this database, and the backup will hold none'

/** Rows of another point in time than the schema may have values that the sequences gave out meanwhile. */
async function modelOfRows({ source, content }: DumpRequest, model: SchemaModel): Promise<SchemaModel> {
  const isLater = source.consistency.level === 'none' && content !== 'schema'
  return isLater && source.refresh !== undefined ? source.refresh(model) : model
}

async function estimate(request: DumpRequest, model: SchemaModel): Promise<readonly TableEstimate[]> {
  const estimates = request.content === 'schema' ? [] : await request.source.estimate(model)
  tellExpected(request, model.tables.length, estimates)
  return estimates
}

function tellExpected({ onEvent }: DumpRequest, tables: number, estimates: readonly TableEstimate[]): void {
  const rows = estimates.reduce((sum, estimate) => sum + estimate.rows, 0)
  onEvent({ type: 'expect', tables, rows, bytes: estimates.reduce((sum, { bytes }) => sum + bytes, 0) })
}

/** A failure to clean up must not hide the failure that led to it. */
async function removeUnfinished(folder: LocalFolder, { warn }: Context): Promise<void> {
  try {
    await removeBackup(folder)
  } catch (error) {
    warn(`cannot remove the unfinished backup ${folder.path}: ${error instanceof Error ? error.message : error}`)
  }
}

async function dumpRows(
  request: DumpRequest,
  model: SchemaModel,
  estimates: readonly TableEstimate[],
  folder: LocalFolder,
  crew: Crew | undefined,
): Promise<readonly FileFacts[]> {
  const readers = usefulReaders(estimates)
  const shared = crew !== undefined && (await shareSource(request, model, folder, crew, readers))
  const hands = shared ? crew.hands<TablePart, FileFacts>() : [await ownHand(request, folder)]
  const parts = await planParts(request.source, model, request, estimates, hands.length)
  if (parts.length > model.tables.length) tellExpected(request, parts.length, estimates)
  const files = await shareOut(parts, hands, () => crew?.stop())
  const place = new Map(model.tables.map((table, i) => [table, i]))
  const order = new Map(parts.map(({ table, file }) => [file, place.get(table)!]))
  return files.toSorted(
    (one, other) => order.get(one.name)! - order.get(other.name)! || (one.name < other.name ? -1 : 1),
  )
}

/** It loads while the schema is read; undefined when one session does all. */
function startCrew({ jobs = 1, threads, source, content, codec, onEvent }: DumpRequest): Crew | undefined {
  if (threads === undefined || source.share === undefined || content === 'schema') return undefined
  return Crew.start({ kind: 'dump', codec }, jobs, threads, onEvent)
}

/** Makes the crew see the rows the source sees. False when the source cannot share them, or one reader is enough. */
async function shareSource(
  { source }: DumpRequest,
  { tables }: SchemaModel,
  folder: LocalFolder,
  crew: Crew,
  readers: number,
): Promise<boolean> {
  crew.limit(readers > 1 ? readers : 0)
  if (readers < 2) return false
  await crew.ready()
  return source.share!(tables, (ticket) => crew.begin(folder.path, ticket))
}

async function ownHand(
  { source, codec, context, onEvent }: DumpRequest,
  storage: LocalFolder,
): Promise<Hand<TablePart, FileFacts>> {
  const tools = { reader: source, storage, codec, compressor: await openCodec(codec), context, onEvent }
  return async (part) => {
    stopWhenAborted(context.signal)
    return dumpPart(part, tools)
  }
}
