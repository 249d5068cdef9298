import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Consistency,
  type Context,
  decodeRows,
  encodeRows,
  fullName,
  type QualifiedName,
  type Range,
  type RIViolation,
  type RowBlock,
  type SchemaModel,
  type Source,
  SourceError,
  type Table,
  type TableEstimate,
} from '@albackup/core'
import { MEMORY_FACTS, quoteName } from './memory-facts.ts'
import type { MemoryDatabase, MemoryServer } from './memory-server.ts'
import { findOrphans } from './orphans.ts'

/** Rows of the table are numbered from 0; a range is 'begin..end', `end` excluded. */
export class MemorySource implements Source {
  readonly server = MEMORY_FACTS
  readonly consistency: Consistency
  readonly quote = quoteName
  private readonly memory: MemoryServer
  private readonly database: MemoryDatabase
  private readonly context: Context

  constructor(memory: MemoryServer, database: MemoryDatabase, consistency: Consistency, context: Context) {
    this.memory = memory
    this.database = database
    this.consistency = consistency
    this.context = context
  }

  async reflect(): Promise<SchemaModel> {
    return structuredClone(this.database.model)
  }

  async catalogVersion(): Promise<string> {
    return createHash('sha256').update(JSON.stringify(this.database.model)).digest('hex')
  }

  /** Last values are a part of the catalog here: they are as they were. */
  async refresh(model: SchemaModel): Promise<SchemaModel> {
    return structuredClone(model)
  }

  async estimate(model: SchemaModel): Promise<readonly TableEstimate[]> {
    return model.tables.map(({ schema, name }) => ({ schema, name, ...this.size({ schema, name }) }))
  }

  checkRI(model: SchemaModel): AsyncIterable<RIViolation> {
    return findOrphans(this.database, model.tables)
  }

  async split(table: Table, targetBytes: number, within: Range | null): Promise<readonly (Range | null)[]> {
    if (within !== null) return [within]
    const { rows, bytes } = this.size(table)
    const parts = Math.min(rows, Math.ceil(bytes / targetBytes))
    if (parts < 2) return [null]
    const cut = (part: number) => Math.floor((rows * part) / parts)
    return Array.from({ length: parts }, (_, part) => ({ predicate: `${cut(part)}..${cut(part + 1)}` }))
  }

  async *readRows(table: Table, range: Range | null): AsyncGenerator<RowBlock> {
    const { signal } = this.context
    const blocks = this.database.rows.get(fullName(table))
    if (!blocks)
      throw new SourceError(`cannot read table ${quoteName(table.schema, table.name)}: there is no such table`)
    const rows = this.limit(table, slice(decodeRows(table, blocks), range))
    for await (const block of encodeRows(table, rows)) {
      await this.wait(table)
      if (signal.aborted) throw this.failure(table, 'the job was stopped')
      yield block
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  private async *limit<T>(table: Table, rows: AsyncIterable<T>): AsyncGenerator<T> {
    const fault = this.memory.fault('fail', table)
    if (this.context.signal.aborted) throw this.failure(table, 'the job was stopped')
    let left = fault?.row ?? Number.POSITIVE_INFINITY
    for await (const row of rows) {
      if (left-- === 0) throw this.failure(table, 'the memory has a fault')
      yield row
    }
  }

  private async wait(table: Table): Promise<void> {
    const { signal } = this.context
    const milliseconds = this.memory.fault('delay', table)?.milliseconds
    const forever = this.memory.fault('hang', table) && 2 ** 31 - 1
    // An abort ends the wait; what it means is decided by the caller.
    if (milliseconds || forever) await sleep(forever ?? milliseconds, undefined, { signal }).catch(() => {})
  }

  private failure(table: QualifiedName, reason: string): SourceError {
    return new SourceError(`cannot read table ${quoteName(table.schema, table.name)}: ${reason}`)
  }

  private size(table: QualifiedName): { rows: number; bytes: number } {
    const blocks = this.database.rows.get(fullName(table)) ?? []
    return {
      rows: blocks.reduce((sum, block) => sum + block.rows, 0),
      bytes: blocks.reduce((sum, block) => sum + block.bytes.length, 0),
    }
  }
}

async function* slice<T>(rows: AsyncIterable<T>, range: Range | null): AsyncGenerator<T> {
  const [begin = 0, end = Number.POSITIVE_INFINITY] = range?.predicate.split('..').map(Number) ?? []
  let number = 0
  for await (const row of rows) {
    if (number >= begin && number < end) yield row
    number++
  }
}
