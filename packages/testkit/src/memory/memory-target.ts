import {
  type Context,
  DataError,
  decodeRows,
  encodeRows,
  type Finding,
  fullName,
  type LoadFacts,
  type LoadOptions,
  type Loss,
  type PlannedTable,
  type QualifiedName,
  type RestorePlan,
  type RIViolation,
  type RowBytes,
  type RowFacts,
  RowWalker,
  type SchemaModel,
  type SchemaPart,
  type Table,
  type Target,
  TargetError,
} from '@albackup/core'
import { collect } from '../collect.ts'
import { untilAborted } from '../until-aborted.ts'
import { MEMORY_FACTS, quoteName } from './memory-facts.ts'
import { planInMemory } from './memory-plan.ts'
import type { MemoryDatabase, MemoryServer } from './memory-server.ts'
import { findOrphans } from './orphans.ts'

/** A target in which every value is exact, and whose wire form is Avro. */
export class MemoryTarget implements Target {
  readonly server = MEMORY_FACTS
  readonly quote = quoteName
  private readonly memory: MemoryServer
  private readonly database: MemoryDatabase
  private readonly context: Context

  constructor(memory: MemoryServer, database: MemoryDatabase, context: Context) {
    this.memory = memory
    this.database = database
    this.context = context
  }

  async reflect(): Promise<SchemaModel> {
    return structuredClone(this.database.model)
  }

  async plan(model: SchemaModel): Promise<RestorePlan> {
    return planInMemory(model, this.database)
  }

  async dropExisting(plan: RestorePlan): Promise<void> {
    const names = new Set(plan.tables.map(({ source }) => fullName(source)))
    this.setTables(this.database.model.tables.filter((table) => !names.has(fullName(table))))
    for (const name of names) this.database.rows.delete(name)
  }

  async createSchema(plan: RestorePlan, part: SchemaPart): Promise<readonly Finding[]> {
    if (part === 'tables') {
      this.setTables([...this.database.model.tables, ...plan.tables.map(({ source }) => source)])
      for (const { source } of plan.tables) this.database.rows.set(fullName(source), [])
    }
    return []
  }

  async bulkLoad(planned: PlannedTable, blocks: AsyncIterable<RowBytes>, options: LoadOptions): Promise<LoadFacts> {
    const table = planned.source
    if (!this.database.rows.has(fullName(planned))) throw failure(planned, 'there is no such table')
    const walker = new RowWalker(table)
    const kept: RowBytes[] = []
    for await (const block of untilAborted(blocks, this.context.signal)) {
      walker.walk(block)
      kept.push(block)
      const fault = this.memory.fault('fail', table)
      if (fault && walker.facts.rows >= fault.row) throw failure(table, 'the memory has a fault')
    }
    if (this.context.signal.aborted) throw failure(table, 'the job was stopped')
    const losses = this.lossesOf(table)
    if (options.refuseLoss && losses.length > 0) {
      throw new DataError(`cannot load table ${quoteName(table.schema, table.name)}: values would be changed`)
    }
    const lossy = this.memory.fault('lose a row', table) !== undefined
    this.database.rows.set(fullName(planned), lossy ? await withoutLastRow(table, kept) : kept)
    return { ...walker.facts, losses }
  }

  async digest(planned: PlannedTable): Promise<RowFacts> {
    const walker = new RowWalker(planned.source)
    for (const block of this.database.rows.get(fullName(planned)) ?? []) walker.walk(block)
    return walker.facts
  }

  async expect(planned: PlannedTable, blocks: AsyncIterable<RowBytes>): Promise<LoadFacts> {
    const walker = new RowWalker(planned.source)
    for await (const block of untilAborted(blocks, this.context.signal)) walker.walk(block)
    return { ...walker.facts, losses: this.lossesOf(planned.source) }
  }

  checkRI(plan: RestorePlan): AsyncIterable<RIViolation> {
    return findOrphans(
      this.database,
      plan.tables.map(({ source }) => source),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  private lossesOf(table: Table): readonly Loss[] {
    const fault = this.memory.fault('loss', table)
    return fault ? [{ column: fault.column, kind: 'memory-fault', count: fault.count, samples: [] }] : []
  }

  private setTables(tables: readonly Table[]): void {
    const { model } = this.database
    const made = [...new Set(tables.map(({ schema }) => schema))].filter(
      (name) => !model.schemas.some((schema) => schema.name === name),
    )
    this.database.model = { ...model, schemas: [...model.schemas, ...made.map((name) => ({ name }))], tables }
  }
}

function failure(table: QualifiedName, reason: string): TargetError {
  return new TargetError(`cannot load table ${quoteName(table.schema, table.name)}: ${reason}`)
}

async function withoutLastRow(table: Table, blocks: readonly RowBytes[]): Promise<readonly RowBytes[]> {
  const rows = await collect(decodeRows(table, blocks))
  return collect(encodeRows(table, rows.slice(0, -1)))
}
