import type { TypeRow } from '../catalog/column-type.ts'
import type { IndexRow } from '../catalog/indexes.ts'

/** Rows as the catalog's queries give them, of plain things; a test says what is special about its own. */

/** A built-in type; one of no measures unless the facts say so. */
export function typeRow(baseType: string, facts: Partial<TypeRow> = {}): TypeRow {
  return {
    baseType,
    typeName: baseType,
    typeSchema: 'sys',
    isAlias: false,
    isClr: false,
    maxLength: 0,
    precision: 0,
    scale: 0,
    collation: null,
    ...facts,
  }
}

export const INT_ROW = typeRow('int', { maxLength: 4, precision: 10 })

export function indexRow(facts: Partial<IndexRow> = {}): IndexRow {
  return {
    tableId: 1,
    table: 't',
    indexId: 2,
    name: 'IX',
    type: 2,
    typeName: 'nonclustered',
    isUnique: false,
    isPrimaryKey: false,
    isUniqueConstraint: false,
    isSystemNamed: false,
    isDisabled: false,
    filter: null,
    ignoreDuplicates: false,
    fillFactor: 0,
    isPadded: false,
    allowRowLocks: true,
    allowPageLocks: true,
    optimizeForSequentialKey: false,
    ...facts,
  }
}
