import type { Check, Index, Key, Table } from '../model/schema-model.ts'

/** What the rows of a table must fulfil, whether the target has it already or not. */
export type TableRule = UniqueRule | CheckRule

export interface UniqueRule {
  readonly kind: 'unique'
  /** As the target has it now. */
  readonly table: Table
  /** As the plan makes it; an index with a filter is about the rows that the filter is true for. */
  readonly key: Key | Index
}

export interface CheckRule {
  readonly kind: 'check'
  /** As the target has it now, with the check. */
  readonly table: Table
  readonly check: Check
}

export interface RuleViolation {
  /** Of a key: how many rows have the key of another. Of a check: how many rows it is false for. */
  readonly rows: number
  /** Some of the keys, as text; of a check those of the table's primary key. At most ten. */
  readonly samples: readonly string[]
}
