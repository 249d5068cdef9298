import type { PlannedColumn, PlannedTable } from '@albackup/core'
import { describeType } from '../types.ts'
import { valuePolicy } from '../value-policy.ts'
import { type ColumnPair, OMITTED, pairColumn } from '../wire/encode/column-pair.ts'
import { type ParsedDeclaration, parseDeclaration } from '../wire/encode/declaration.ts'
import { sentType } from '../wire/encode/sent-type.ts'
import { collationBytes, collationOf } from './collation.ts'

/** A column of the plan as the load would find it. */
export interface InspectedColumn extends ColumnPair {
  /** null: the target has no such column. */
  readonly declared: ParsedDeclaration | null
}

/** Those of a table of another engine's backup, whose types are all built-in ones. */
export function inspectedColumns(table: PlannedTable): readonly InspectedColumn[] {
  return table.columns.map((planned) => inspectedColumn(planned, table))
}

function inspectedColumn(planned: PlannedColumn, table: PlannedTable): InspectedColumn {
  const declared = planned.omitted ? undefined : parseDeclaration(planned.type.replace(/ collate .*/, ''))
  const described = declared && describeType(declared)
  const policy = valuePolicy(table)
  if (declared === undefined || described === undefined) {
    return { ...pairColumn(planned, OMITTED, policy), declared: null }
  }
  const target = {
    name: planned.name,
    declaration: planned.type,
    type: sentType(declared, collationBytes(collationOf(planned, table))),
    logical: described.logical,
    nullable: planned.source.nullable,
    identity: planned.source.identity !== undefined,
    generated: false,
    isXml: declared.type === 'xml',
  }
  return { ...pairColumn(planned, target, policy), declared }
}
