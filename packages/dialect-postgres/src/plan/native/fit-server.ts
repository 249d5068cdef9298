import {
  type Check,
  type Column,
  type ForeignKey,
  type Identity,
  type Index,
  type Key,
  type SchemaModel,
  type Sequence,
  fullName as sourceName,
  type Table,
} from '@albackup/core'
import type { TargetFacts } from '../../catalog/target-facts.ts'
import { textsFact } from '../../native-facts.ts'
import type { Draft } from '../planning.ts'
import { fitDefinition } from './fit-definition.ts'
import { fitPartitions } from './fit-partitions.ts'
import { VIRTUAL_COLUMNS } from './generated-columns.ts'
import { inheritedGenerated } from './inherited-generated.ts'
import { inheritedOrder } from './inherited-order.ts'
import { isKnownKey, isKnownObject, withKnownDefault } from './newer-parts.ts'

/** From these versions on (`server_version_num`). */
const FREE_SCALES = 150000
const UNLOGGED_SEQUENCES = 150000
const NOT_NULL_CONSTRAINTS = 180000

/**
 * The model in words that the target understands: without types it cannot have, and without what only newer servers know. Each change is
 * a finding.
 */
export function fitServer(model: SchemaModel, target: TargetFacts, draft: Draft): SchemaModel {
  const { objects } = model
  return {
    ...model,
    ...(objects !== undefined && { objects: objects.filter((object) => isKnownObject(object, target, draft)) }),
    sequences: model.sequences.map((sequence) => fitSequence(sequence, target, draft)),
    tables: inheritedGenerated(inheritedOrder(model, draft), target, draft).map((table) =>
      fitTable(table, target, draft),
    ),
  }
}

function fitSequence(sequence: Sequence, { version }: TargetFacts, draft: Draft): Sequence {
  const { facts } = sequence.native
  if (facts?.unlogged !== true || version >= UNLOGGED_SEQUENCES) return sequence
  draft.find('changed', 'sequence', sourceName(sequence), 'is logged, PostgreSQL can have unlogged ones from 15 on')
  return { ...sequence, native: { ...sequence.native, facts: { ...facts, unlogged: false } } }
}

function fitTable(table: Table, target: TargetFacts, draft: Draft): Table {
  const isKnown = (kind: string) => (key: Key) => isKnownKey(table, key, kind, target, draft)
  const { primaryKey: key, ...parts } = table
  const primaryKey = key !== undefined && isKnown('primary key')(key) ? key : undefined
  const columns = table.columns.map((column) =>
    fitColumn(table, withKnownDefault(table, column, target, draft), target, draft),
  )
  const fitPart =
    <T extends Key | Index | Check | ForeignKey>(kind: string) =>
    (part: T) =>
      fitDefinition(table, part, kind, target, draft)
  return {
    ...parts,
    columns,
    ...(primaryKey !== undefined && { primaryKey: fitPart<Key>('primary key')(primaryKey) }),
    uniqueKeys: table.uniqueKeys.filter(isKnown('unique key')).map(fitPart('unique key')),
    indexes: table.indexes.map(fitPart('index')),
    checks: table.checks.map(fitPart('check')),
    foreignKeys: table.foreignKeys.map(fitPart('foreign key')),
    ...fitPartitions(table, columns, target, draft),
  }
}

/** The values of a type in the backup are their texts already. */
function fitColumn(table: Table, column: Column, target: TargetFacts, draft: Draft): Column {
  const [missing] = textsFact(column.native.facts, 'needs').filter((need) => target.missing?.has(need))
  const { computed, identity, native } = column
  const { version } = target
  const find = (severity: 'changed' | 'lost', message: string) =>
    draft.find(severity, 'column', `${sourceName(table)}.${column.name}`, message)
  if (missing !== undefined) {
    const { computed: _, ...plain } = column
    if (computed === undefined) find('changed', `is text with the same values, the target cannot have ${missing}`)
    else find('lost', `is not generated and has no values, the target cannot have ${missing}`)
    return { ...plain, native: { declaration: 'text' } }
  }
  const isVirtual = computed?.persisted === false && version < VIRTUAL_COLUMNS
  if (isVirtual) find('changed', 'is stored, PostgreSQL computes columns when they are read from 18 on')
  const unbounded = version < FREE_SCALES ? withoutScale(native.declaration) : native.declaration
  if (unbounded !== native.declaration) {
    find('changed', `is ${unbounded}, PostgreSQL can have ${native.declaration} from 15 on`)
    return { ...column, native: { ...native, declaration: unbounded } }
  }
  const noInherit = native.facts?.notNullNoInherit === true && version < NOT_NULL_CONSTRAINTS
  if (noInherit) find('changed', 'is not null in tables that inherit it, too, PostgreSQL can leave that out from 18 on')
  return {
    ...column,
    ...(version < UNLOGGED_SEQUENCES && identity !== undefined && { identity: loggedIdentity(identity) }),
    ...(isVirtual && { computed: { ...computed, persisted: true } }),
    ...(noInherit && { native: { ...native, facts: { ...native.facts, notNullNoInherit: false } } }),
  }
}

/** Without digits that are all before the last or all after the first. */
function withoutScale(declaration: string): string {
  return declaration.replace(/^numeric\((\d+),(-?\d+)\)/, (words, precision, scale) =>
    Number(scale) < 0 || Number(scale) > Number(precision) ? 'numeric' : words,
  )
}

/** The sequence of a serial column of an unlogged table. */
function loggedIdentity(identity: Identity): Identity {
  if (identity.native?.unlogged !== true) return identity
  const { unlogged: _, ...native } = identity.native
  return { ...identity, native }
}
