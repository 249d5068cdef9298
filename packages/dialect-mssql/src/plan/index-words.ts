import type { Index, Json, NativeFacts } from '@albackup/core'
import { columnList, orderedColumns, parenthesised, withOptions } from '../ddl.ts'
import { quote } from '../quote.ts'
import type { Planning } from './planning.ts'
import { placeWords, usableCompression, xmlCompression } from './storage.ts'

/** What stands behind the columns of a key or an ordinary index: ` with (…) on …`. */
export function indexOptions(facts: NativeFacts | undefined, object: string, planning: Planning): string {
  const place = placeWords(facts, object, planning)
  return `${withOptions([...keyOptions(facts), ...usableCompression(facts, place)])}${place}`
}

function keyOptions(facts: NativeFacts = {}): readonly string[] {
  return [
    ...(facts.padIndex === true ? ['pad_index = on'] : []),
    ...(typeof facts.fillFactor === 'number' ? [`fillfactor = ${facts.fillFactor}`] : []),
    ...(facts.ignoreDuplicateKey === true ? ['ignore_dup_key = on'] : []),
    ...(facts.rowLocksOff === true ? ['allow_row_locks = off'] : []),
    ...(facts.pageLocksOff === true ? ['allow_page_locks = off'] : []),
    ...(facts.optimizeForSequentialKey === true ? ['optimize_for_sequential_key = on'] : []),
  ]
}

interface Place {
  /** The table's full name in the target. */
  readonly table: string
  /** The index's full name in the source. */
  readonly object: string
  readonly planning: Planning
  /** A condition that keeps rows with NULL out of a unique index. */
  readonly nulls?: string | undefined
}

type CreateIndex = (index: Index, place: Place) => string | undefined

/** The statement for each kind of index, by its method; a kind that is not here cannot be made from what the catalog tells. */
const CREATE: Readonly<Record<string, CreateIndex>> = {
  btree: createOrdinary,
  // Of a memory-optimized table, which is restored as an ordinary one.
  hash: createOrdinary,
  columnstore: createColumnstore,
  xml: createXml,
  spatial: createSpatial,
}

export function createIndex(index: Index, place: Place): string | undefined {
  return Object.hasOwn(CREATE, index.method) ? CREATE[index.method]!(index, place) : undefined
}

function createOrdinary(index: Index, { table, object, planning, nulls }: Place): string {
  const kind = `${index.unique ? 'unique ' : ''}${index.clustered ? 'clustered' : 'nonclustered'}`
  const included = index.included.length === 0 ? '' : ` include (${columnList(index.included)})`
  const columns = `(${orderedColumns(index.columns)})${included}${filterWords(index, planning, nulls)}`
  return `create ${kind} index ${quote(index.name)} on ${table} ${columns}${indexOptions(index.native, object, planning)}`
}

function filterWords({ filter }: Index, { names }: Planning, nulls?: string): string {
  const own = filter === undefined ? [] : [parenthesised(names.text(filter.native))]
  const conditions = [...own, ...(nulls === undefined ? [] : [nulls])]
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`
}

function createColumnstore(index: Index, { table, object, planning }: Place): string {
  const facts = index.native ?? {}
  const ordered = facts.columnstoreOrder as readonly string[] | undefined
  const columns = index.clustered ? '' : ` (${columnList(index.columns.map(({ name }) => name))})`
  const order = ordered === undefined ? '' : ` order (${columnList(ordered)})`
  const place = placeWords(facts, object, planning)
  const delay = typeof facts.compressionDelay === 'number' ? [`compression_delay = ${facts.compressionDelay}`] : []
  const options = withOptions([...delay, ...usableCompression(facts, place)])
  const kind = index.clustered ? 'clustered' : 'nonclustered'
  const filter = filterWords(index, planning)
  return `create ${kind} columnstore index ${quote(index.name)} on ${table}${columns}${order}${filter}${options}${place}`
}

/** It lies where its table lies, and cannot be told to (CREATE XML INDEX has no ON). A secondary index is one over the primary one of its column; selective ones have paths that no view shows in one piece. */
function createXml(index: Index, { table }: Place): string | undefined {
  const { usingXmlIndex, secondaryType, xmlIndexType } = index.native ?? {}
  if (typeof xmlIndexType === 'string' && xmlIndexType.includes('SELECTIVE')) return undefined
  const column = `(${columnList(index.columns.map(({ name }) => name))})`
  const options = withOptions([...keyOptions(index.native), ...xmlCompression(index.native)])
  if (typeof usingXmlIndex !== 'string') {
    return `create primary xml index ${quote(index.name)} on ${table} ${column}${options}`
  }
  const using = `using xml index ${quote(usingXmlIndex)} for ${String(secondaryType).toLowerCase()}`
  return `create xml index ${quote(index.name)} on ${table} ${column} ${using}${options}`
}

function createSpatial(index: Index, { table }: Place): string {
  const facts = index.native ?? {}
  const tessellation = String(facts.tessellation).toLowerCase()
  const box = ['xMin', 'yMin', 'xMax', 'yMax'].map((side) => facts[side])
  const grids = [1, 2, 3, 4].flatMap((level) => gridWords(level, facts[`grid${level}`]))
  const options = withOptions([
    ...(box.every((side) => typeof side === 'number') ? [`bounding_box = (${box.join(', ')})`] : []),
    ...(grids.length === 0 || tessellation.includes('auto') ? [] : [`grids = (${grids.join(', ')})`]),
    ...(typeof facts.cellsPerObject === 'number' ? [`cells_per_object = ${facts.cellsPerObject}`] : []),
    ...keyOptions(facts),
  ])
  const column = columnList(index.columns.map(({ name }) => name))
  return `create spatial index ${quote(index.name)} on ${table} (${column}) using ${tessellation}${options}`
}

function gridWords(level: number, density: Json | undefined): readonly string[] {
  return typeof density === 'string' ? [`level_${level} = ${density.toLowerCase()}`] : []
}
