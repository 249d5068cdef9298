import type { FileFacts } from '../backup/metadata.ts'
import type { Context, Range, Reader } from '../dialect/dialect.ts'
import type { Table } from '../model/schema-model.ts'
import { formatDigest } from '../row/digest.ts'
import type { Storage } from '../storage/storage.ts'
import type { Codec, Compressor } from '../table-file/codec.ts'
import { TableFileWriter } from '../table-file/write-table-file.ts'
import type { EventListener } from './events.ts'
import { retry } from './retry.ts'

/** A table, or a range of it: what goes into one file. Plain data. */
export interface TablePart {
  readonly table: Table
  readonly range: Range | null
  /** For people: the table, and which part of it. */
  readonly name: string
  /** The name of its file in the backup. */
  readonly file: string
}

/** What a part is dumped with. */
export interface DumpTools {
  readonly reader: Reader
  readonly storage: Storage
  readonly codec: Codec
  readonly compressor: Compressor
  readonly context: Context
  readonly onEvent: EventListener
}

/** Writes the file of a part; a part whose reading failed in a way that may pass is read again from its beginning. */
export async function dumpPart(part: TablePart, tools: DumpTools): Promise<FileFacts> {
  const { context, onEvent } = tools
  const table = part.name
  const begun = performance.now()
  onEvent({ type: 'table-begin', table })
  const facts = await retry(() => writePart(part, tools), context.signal, context.debug)
  const seconds = (performance.now() - begun) / 1000
  onEvent({ type: 'table-end', table, rows: facts.rows, bytes: facts.rowBytes, seconds })
  return facts
}

async function writePart({ table, range, name, file }: TablePart, tools: DumpTools): Promise<FileFacts> {
  const { reader, storage, codec, compressor, onEvent } = tools
  const progress = (rows: number, bytes: number) => onEvent({ type: 'progress', table: name, rows, bytes })
  const writer = await TableFileWriter.create(storage, file, table, codec, compressor)
  let rows = 0
  let bytes = 0
  try {
    for await (const block of reader.readRows(table, range)) {
      const { length } = block.bytes
      await writer.append(block)
      rows += block.rows
      bytes += length
      progress(block.rows, length)
    }
    const { digest, ...facts } = await writer.finish()
    return {
      name: file,
      schema: table.schema,
      table: table.name,
      ...(range !== null && { predicate: range.predicate }),
      digest: formatDigest(digest),
      ...facts,
    }
  } catch (error) {
    progress(-rows, -bytes)
    await writer.discard()
    throw error
  }
}
