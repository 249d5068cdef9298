import type { Column, Index, Json, Key, MadeSchema, NativeFacts, QualifiedName, Table } from '@albackup/core'
import { quote } from '../quote.ts'
import { makesObject, type Planning } from './planning.ts'

/** Facts that the statements of a plan make as the source had them. Those of disks and of the kind of a table are not among them. */
const COLUMN = ['rowGuid', 'sparse', 'masked', 'hidden'] as const
const INDEX = [
  'fillFactor',
  'padIndex',
  'ignoreDuplicateKey',
  'rowLocksOff',
  'pageLocksOff',
  'optimizeForSequentialKey',
  'compressionDelay',
  'xmlCompression',
] as const
const TABLE = ['lockEscalation', 'textInRow', 'largeValuesOutOfRow', 'xmlCompression', 'period'] as const
const CONSTRAINT = ['notForReplication'] as const

/** Those facts, and null for the ones the source has not: these are to be absent from the target. */
function chosen(names: readonly string[], facts: NativeFacts = {}): Record<string, Json> {
  return Object.fromEntries(names.map((name) => [name, facts[name] ?? null]))
}

/** Only the columns of a period are hidden again; how one was masked is not known where the mask is no text. */
export function madeColumnFacts({ native }: Column, table: Table): NativeFacts {
  const facts = chosen(COLUMN, native.facts)
  const { temporal, period } = table.native ?? {}
  const hasPeriod = period !== undefined || (temporal !== undefined && temporal !== 'history')
  return {
    ...facts,
    hidden: hasPeriod ? facts.hidden! : null,
    masked: typeof facts.masked === 'string' ? facts.masked : null,
  }
}

export function madeConstraintFacts(facts: NativeFacts | undefined): NativeFacts {
  return chosen(CONSTRAINT, facts)
}

/** `disabled`: a clustered one is not. */
export function madeIndexFacts(index: Key | Index, planning: Planning): NativeFacts {
  const { native, clustered } = index
  const disabled = 'method' in index ? {} : { disabled: native?.disabled === true && !clustered }
  return { ...chosen(INDEX, native), ...storageFacts(native, planning), ...disabled }
}

/** A table with a clustered index is stored as that index is. What becomes the history of another is switched on with that one. */
export function madeTableFacts({ native }: Table, planning: Planning): NativeFacts {
  const { temporal } = native ?? {}
  return {
    ...chosen(TABLE, native),
    ...storageFacts(native, planning),
    ...(temporal === 'history' ? {} : { temporal: versioning(temporal, planning) }),
  }
}

function versioning(temporal: Json | undefined, { names }: Planning): Json {
  if (typeof temporal !== 'object' || temporal === null) return null
  const { history, ...rest } = temporal as unknown as { readonly history: QualifiedName }
  return { ...rest, history: { ...names.of(history) } }
}

/** Partitions are numbered by their scheme: without it their compression means nothing. */
function storageFacts(facts: NativeFacts | undefined, planning: Planning): NativeFacts {
  const { partition, compression = null } = facts ?? {}
  const scheme = (partition as { readonly scheme: string } | undefined)?.scheme
  const isPlaced = scheme !== undefined && makesObject(planning, quote(scheme))
  const byPartition = typeof compression === 'object' && !isPlaced
  return { partition: isPlaced ? partition! : null, compression: byPartition ? null : compression }
}

/** The schema that is made for another engine's backup, with all that is usual about it said. */
export function withPlainFacts({ tables, ...schema }: MadeSchema): MadeSchema {
  const index = <T extends Key | Index>(part: T): T => ({ ...part, native: chosen([...INDEX, 'compression']) })
  const column = ({ native, ...rest }: Column): Column => ({ ...rest, native: { ...native, facts: chosen(COLUMN) } })
  return {
    ...schema,
    tables: tables.map(({ primaryKey, ...table }) => ({
      ...table,
      columns: table.columns.map(column),
      ...(primaryKey !== undefined && { primaryKey: index(primaryKey) }),
      uniqueKeys: table.uniqueKeys.map(index),
      indexes: table.indexes.map(index),
      native: chosen([...TABLE, 'compression', 'temporal']),
    })),
  }
}
