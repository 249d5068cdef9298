import { type LogicalType, fullName as sourceName, type Table } from '@albackup/core'
import { fullName } from '../ddl.ts'
import { quote } from '../quote.ts'
import { foldsCase } from '../types.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'

/** Unique constraints and indexes can treat NULLs as equal from this version on. */
const NULLS_NOT_DISTINCT = 150000

/** Whether to say NULLS NOT DISTINCT: the source allows one row with NULL in the key, standard SQL any number of them. */
export function forbidsNulls(
  table: Table,
  kind: string,
  object: string,
  columns: readonly string[],
  { target, draft }: Planning,
): boolean {
  const nullable = table.columns.some(({ name, nullable }) => nullable && columns.includes(name))
  if (!nullable) return false
  if (target.version >= NULLS_NOT_DISTINCT) return true
  draft.find('changed', kind, object, 'allows any number of rows with NULL: PostgreSQL can forbid that from 15 on')
  return false
}

/** A unique key or index of a table, as far as its texts matter. */
export interface ComparedKey {
  readonly kind: string
  readonly object: string
  /** In the source. */
  readonly columns: readonly string[]
  /** In the target. */
  readonly name: string
  readonly filter?: string | undefined
  readonly nullsNotDistinct: boolean
}

/**
 * Sees to a key whose texts the source did not tell apart by case: the column's type does, or another index, or a finding
 * says that nothing does.
 */
export function planComparison(table: TableDraft, compared: ComparedKey, planning: Planning): void {
  const { kind, object, columns } = compared
  const { draft, policy } = planning
  const folded = caselessColumns(table, columns, planning)
  if (folded.length === 0) return
  const names = folded.join(', ')
  if (policy.text.ignoreCase !== 'lower') {
    draft.find(
      'changed',
      kind,
      object,
      `tells upper from lower case in ${names}, which the source did not; mapping.text.ignoreCase can keep that`,
    )
    return
  }
  const index = addLowerIndex(table, compared, folded, planning)
  const message = `is kept whatever the case of ${names} by the index "${index}"; comparisons tell upper from lower case`
  draft.find('changed', kind, object, message)
}

/** Those of the columns whose texts the source did not tell apart by case, and the target does. */
export function caselessColumns(
  { source }: TableDraft,
  columns: readonly string[],
  { policy }: Planning,
): readonly string[] {
  const folded = source.columns.filter(({ logical }) => isCaseless(logical) && !foldsCase(logical, policy))
  return folded.map(({ name }) => name).filter((name) => columns.includes(name))
}

/** Whether the source takes texts for the same that differ in upper and lower case. */
export function isCaseless(logical: LogicalType): boolean {
  return logical.kind === 'text' && logical.comparison?.caseSensitive === false
}

function addLowerIndex(
  table: TableDraft,
  { object, columns, name, filter, nullsNotDistinct }: ComparedKey,
  folded: readonly string[],
  { names, draft }: Planning,
): string {
  const index = names.claimRelation(table.target.schema, `${name}_lower`, `${object} lower`)
  const keys = columns.map((column) => {
    const quoted = quote(table.carried.get(column)!)
    return folded.includes(column) ? `lower(${quoted})` : quoted
  })
  const nulls = nullsNotDistinct ? ' nulls not distinct' : ''
  const where = filter === undefined ? '' : ` where ${filter}`
  const sql = `create unique index ${quote(index)} on ${fullName(table.target)} (${keys.join(', ')})${nulls}${where}`
  draft.add('keys', { kind: 'index', object, table: sourceName(table.source), sql })
  const { schema, name: of } = table.target
  const made = { kind: 'index', name: quote(schema, index), statements: [sql], table: { schema, name: of } } as const
  draft.schema.objects.push({ ...made, stage: 'with keys' })
  return index
}
