import type { Backup } from '../backup/backup.ts'
import type { Session, Source } from '../dialect/dialect.ts'
import type { SchemaModel, Table } from '../model/schema-model.ts'
import { conditionOf, type Scope } from '../model/scope.ts'
import { giveBackBlockMemory } from '../row/block-memory.ts'
import { addFacts, NO_ROWS, parseDigest, RowDigest } from '../row/digest.ts'
import type { RowBlock, RowBytes, RowFacts } from '../row/row-block.ts'
import { RowProjection } from '../row/row-projection.ts'
import { filesOf, readTable } from './backup-tables.ts'

/** One of the two that are compared. A session that cannot read rows is compared by its schema. */
export type ComparedSide =
  | { readonly kind: 'backup'; readonly backup: Backup }
  | { readonly kind: 'live'; readonly session: Session & Partial<Pick<Source, 'readRows' | 'estimate'>> }

/** The rows of one side. */
export interface SideRows {
  /** How many rows and bytes `facts` of all these will read, about; for progress only. */
  expect(tables: readonly RowsWanted[]): Promise<{ readonly rows: number; readonly bytes: number }>
  /** `onBlock` hears of each block that was read, and may throw to end the reading. */
  facts(wanted: RowsWanted, onBlock: (block: RowBytes) => void): Promise<RowFacts>
  /** All rows of the table; a block holds until the next one is asked for. */
  blocks(table: Table): AsyncIterable<RowBytes>
}

export interface RowsWanted {
  readonly table: Table
  /** Only these stored columns, in this order; null: whole rows as they are. */
  readonly columns: readonly string[] | null
}

/** What the rows of a side are read with. */
export interface RowsRequest {
  /** The side's own, with no more than the tables that are compared. */
  readonly model: SchemaModel
  /** Of the rows of a live side only those within its conditions are read: the other side holds no others. */
  readonly scope: Scope | undefined
}

/** null when the session cannot read rows. */
export function rowsOf(side: ComparedSide, request: RowsRequest): SideRows | null {
  if (side.kind === 'backup') return rowsOfBackup(side.backup)
  return canReadRows(side.session) ? rowsOfSource(side.session, request) : null
}

type ReadingSession = Session & Pick<Source, 'readRows' | 'estimate'>

function canReadRows(session: Session & Partial<ReadingSession>): session is ReadingSession {
  return session.readRows !== undefined && session.estimate !== undefined
}

function rowsOfBackup(backup: Backup): SideRows {
  const blocks = (table: Table) => readTable(backup, table, () => {})
  return {
    blocks,
    async expect(tables) {
      const read = tables.filter(({ columns }) => columns !== null).flatMap(({ table }) => filesOf(backup, table))
      return {
        rows: read.reduce((sum, file) => sum + file.rows, 0),
        bytes: read.reduce((sum, file) => sum + file.rowBytes, 0),
      }
    },
    async facts({ table, columns }, onBlock) {
      if (columns !== null) return projectedFacts(blocks(table), table, columns, onBlock)
      const facts = filesOf(backup, table).map(({ rows, digest }) => ({ rows, digest: parseDigest(digest) }))
      return facts.reduce(addFacts, NO_ROWS)
    },
  }
}

function rowsOfSource(session: ReadingSession, { model, scope }: RowsRequest): SideRows {
  return {
    blocks: (table) => readAndGiveBack(session, table, scope),
    async expect() {
      const estimates = await session.estimate(model)
      return {
        rows: estimates.reduce((sum, { rows }) => sum + rows, 0),
        bytes: estimates.reduce((sum, { bytes }) => sum + bytes, 0),
      }
    },
    async facts({ table, columns }, onBlock) {
      const blocks = readAndGiveBack(session, table, scope)
      if (columns !== null) return projectedFacts(blocks, table, columns, onBlock)
      let facts: RowFacts = NO_ROWS
      for await (const block of blocks) {
        facts = addFacts(facts, block)
        onBlock(block)
      }
      return facts
    },
  }
}

async function* readAndGiveBack(
  session: ReadingSession,
  table: Table,
  scope: Scope | undefined,
): AsyncIterable<RowBlock> {
  const predicate = scope === undefined ? null : conditionOf(scope, table)
  for await (const block of session.readRows(table, predicate === null ? null : { predicate })) {
    yield block
    giveBackBlockMemory(block.bytes)
  }
}

async function projectedFacts(
  blocks: AsyncIterable<RowBytes>,
  table: Table,
  columns: readonly string[],
  onBlock: (block: RowBytes) => void,
): Promise<RowFacts> {
  const projection = new RowProjection(table, columns)
  const digest = new RowDigest()
  for await (const block of blocks) {
    projection.walk(block, ({ view, length }) => digest.addRow(view, 0, length))
    onBlock(block)
  }
  return { rows: digest.rows, digest: digest.digest }
}
