import { parseExpression } from '../../packages/dialect-mssql/src/expression-parser.ts'
import { type ExpressionContext, translateExpression } from '../../packages/dialect-postgres/src/expression-printer.ts'
import { COLUMNS, type ColumnName, type TestColumn } from './columns.ts'

export interface Place {
  readonly purpose: ExpressionContext['purpose']
  readonly target?: ColumnName | null
  readonly text?: 'any' | 'ascii'
  /** What a column is in the target, where it is not what COLUMNS says. */
  readonly typeOf?: (column: TestColumn) => string
}

/** From T-SQL to PostgreSQL, or why not. */
export function translated(native: string, place: Place): string | { readonly reason: string } {
  const expression = parseExpression(native)
  if (expression === undefined) return { reason: 'not understood' }
  const translation = translateExpression(expression, contextOf(place))
  return 'sql' in translation ? translation.sql : translation
}

function contextOf({ purpose, target, text, typeOf = ({ postgres }) => postgres }: Place): ExpressionContext {
  const column = (name: string) => {
    const found: TestColumn | undefined = COLUMNS[name as ColumnName]
    return found && { name, logical: found.logical, type: typeOf(found) }
  }
  const goal = target == null ? undefined : column(target)
  return {
    purpose,
    column,
    sequence: (schema, name) => `"${schema ?? 'dbo'}"."${name}"`,
    ...(text && { text }),
    ...(goal && { target: goal }),
  }
}
