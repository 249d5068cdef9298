import type { Column, SqlExpression, Table } from '@albackup/core'
import { type ContextColumn, type ExpressionContext, translateExpression } from '../../expression-printer.ts'
import { foreignType } from '../foreign-types.ts'
import type { Planning } from '../planning.ts'
import { migratedCollation } from './collations.ts'
import { baseDeclaration, isOfRows } from './declared-types.ts'

/** Where an expression of another engine stands. */
export interface Place {
  readonly table: Table
  /** Of the source, the columns that the expression may refer to; absent: all that are stored. */
  readonly columns?: ReadonlySet<string>
  readonly purpose: ExpressionContext['purpose']
  /** What findings call the thing that the expression belongs to. */
  readonly kind: string
  readonly object: string
  /** The column, in the source, that gets its value from the expression. */
  readonly column?: Column
}

/** What is assumed of texts, one after another, and what is said of it. */
const ASSUMPTIONS: readonly (readonly [Pick<ExpressionContext, 'text' | 'blanks'>, remark: string])[] = [
  [{ text: 'any' }, ''],
  [{ text: 'ascii' }, 'may differ for texts beyond ASCII'],
  [{ text: 'any', blanks: 'ignored' }, 'takes no heed of blanks at the end of texts'],
]

/**
 * The expression in T-SQL; undefined when that is not proven to mean the same, with a finding that keeps the source's text. What
 * is the same only for some texts is taken, with a finding that says so.
 */
export function translate(expression: SqlExpression, place: Place, planning: Planning): string | undefined {
  const { kind, object } = place
  const { draft } = planning
  const { native, meaning } = expression
  if (meaning === undefined) {
    draft.find('lost', kind, object, `is left out, its expression is not understood: ${native}`)
    return undefined
  }
  const reasons: string[] = []
  for (const [assumption, remark] of ASSUMPTIONS) {
    const translation = translateExpression(meaning, { ...contextOf(place, planning), ...assumption })
    if ('reason' in translation) {
      reasons.push(translation.reason)
      continue
    }
    if (remark !== '') draft.find('changed', kind, object, `${remark}: ${native}`)
    draft.translations.push({ kind, object, native, sql: translation.sql })
    return translation.sql
  }
  draft.find('lost', kind, object, `is left out, ${reasons[0]}: ${native}`)
  return undefined
}

function contextOf(place: Place, planning: Planning): ExpressionContext {
  const { table, purpose, column } = place
  const { model, names } = planning
  const target = column && contextColumn(table, column, planning)
  return {
    purpose,
    column: (name) => referredColumn(place, name, planning),
    sequence: (schema, name) => {
      const found = model.sequences.find((one) => one.name === name && one.schema === (schema ?? table.schema))
      return found && names.full(found)
    },
    ...(target === undefined ? {} : { target }),
  }
}

function referredColumn(place: Place, name: string, planning: Planning): ContextColumn | undefined {
  const column = place.table.columns.find((one) => one.name === name)
  if (column === undefined) return undefined
  const isThere = place.columns === undefined ? column.computed === undefined : place.columns.has(name)
  return isThere ? contextColumn(place.table, column, planning) : undefined
}

/** A column of the source as it is in the target; undefined for one that is left out. */
export function contextColumn(table: Table, column: Column, planning: Planning): ContextColumn | undefined {
  const { declaration, omitted } = targetType(column, planning)
  if (omitted) return undefined
  const collation = migratedCollation(column, declaration, planning).replace(' collate ', '')
  return {
    name: planning.names.column(table, column.name),
    ...logicalType(column, declaration, planning),
    type: declaration,
    ...(collation === '' ? {} : { collation }),
    ...(isOfRows(column, planning.model) && { ofRows: true }),
  }
}

function targetType(column: Column, { migrated }: Planning): { readonly declaration: string; readonly omitted?: true } {
  return migrated === undefined ? foreignType(column.logical) : migrated.of(column)
}

const DECIMAL = /^decimal\((\d+),(\d+)\)$/

/** A number of any precision, whose text a backup keeps, is in the target the number that it is there. */
function logicalType(
  column: Column,
  declaration: string,
  { model }: Planning,
): Pick<ContextColumn, 'logical' | 'anyScale'> {
  const { logical } = column
  const [, precision, scale] = DECIMAL.exec(declaration) ?? []
  const isNumber =
    logical.kind === 'text' && precision !== undefined && baseDeclaration(column, model).startsWith('numeric')
  if (!isNumber) return { logical }
  return { logical: { kind: 'decimal', precision: Number(precision), scale: Number(scale) }, anyScale: true }
}
