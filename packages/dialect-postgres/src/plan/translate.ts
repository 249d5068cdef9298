import type { SqlExpression, Table } from '@albackup/core'
import { type ContextColumn, type ExpressionContext, translateExpression } from '../expression-printer.ts'
import { columnType } from './column-types.ts'
import type { Planning } from './planning.ts'

/** Where an expression of a table stands. */
export interface Place {
  readonly table: Table
  /** The names, in the target, of the columns that the expression may refer to. */
  readonly columns: ReadonlyMap<string, string>
  readonly purpose: ExpressionContext['purpose']
  /** What findings call the thing the expression belongs to. */
  readonly kind: string
  readonly object: string
  /** The column, in the source, that gets its value from the expression. */
  readonly column?: string
  /** Full names, in the target, of the sequences that exist there by then. */
  readonly sequence?: (schema: string, name: string) => string | undefined
}

/**
 * The expression in PostgreSQL's words; undefined when they are not proven to mean the same, with a finding that keeps the
 * source's text. What is the same only for ASCII texts is taken, with a finding that says so.
 */
export function translate(expression: SqlExpression, place: Place, planning: Planning): string | undefined {
  const { draft } = planning
  if (expression.meaning === undefined) {
    const reason =
      expression.native === ''
        ? 'the source did not tell its expression'
        : `its expression is not understood: ${expression.native}`
    draft.find('lost', place.kind, place.object, `is left out, ${reason}`)
    return undefined
  }
  const exact = translateExpression(expression.meaning, contextOf(place, planning, 'any'))
  if ('sql' in exact) return carried(exact.sql, expression, place, planning)
  const ascii = translateExpression(expression.meaning, contextOf(place, planning, 'ascii'))
  if ('sql' in ascii) {
    draft.find('changed', place.kind, place.object, `may differ for texts beyond ASCII: ${expression.native}`)
    return carried(ascii.sql, expression, place, planning)
  }
  draft.find('lost', place.kind, place.object, `is left out, ${exact.reason}: ${expression.native}`)
  return undefined
}

function carried(sql: string, { native }: SqlExpression, { kind, object }: Place, { draft }: Planning): string {
  draft.translations.push({ kind, object, native, sql })
  return sql
}

function contextOf(place: Place, planning: Planning, text: 'any' | 'ascii'): ExpressionContext {
  const { table, purpose, column, sequence } = place
  const target = column === undefined ? undefined : contextColumn(place, column, planning)
  const computed = purpose === 'computed' ? table.columns.find(({ name }) => name === column) : undefined
  return {
    purpose,
    ...(computed && { declared: computed.logical }),
    ...(computed?.computed?.persisted === false && { lenient: true }),
    text,
    column: (name) => contextColumn(place, name, planning),
    ...(target === undefined ? {} : { target }),
    ...(sequence === undefined ? {} : { sequence: (schema, name) => sequence(schema ?? table.schema, name) }),
  }
}

/** The catalog keeps an expression's names as they were typed; where names ignore case they may differ in it. */
function contextColumn(place: Place, name: string, planning: Planning): ContextColumn | undefined {
  const alike = place.table.columns.filter((column) => column.name.toLowerCase() === name.toLowerCase())
  const source = alike.find((column) => column.name === name) ?? (alike.length === 1 ? alike[0] : undefined)
  const carried = source && place.columns.get(source.name)
  if (source === undefined || carried === undefined) return undefined
  return { name: carried, logical: source.logical, type: columnType(place.table, source, planning).type }
}
