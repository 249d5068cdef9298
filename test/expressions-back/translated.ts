import { type ExpressionContext, translateExpression } from '../../packages/dialect-mssql/src/expression-printer.ts'
import { foreignType } from '../../packages/dialect-mssql/src/plan/foreign-types.ts'
import { parseExpression } from '../../packages/dialect-postgres/src/expression-parser.ts'
import { COLUMNS } from './columns.ts'

export interface Place {
  readonly purpose: ExpressionContext['purpose']
  readonly target?: string
  readonly text?: 'any' | 'ascii'
  /** Of the texts; null: that of the database. */
  readonly collation?: string | null
}

/** What the column of the table is in SQL Server. */
export function mssqlType(name: string): string {
  return foreignType(COLUMNS[name]!.logical).declaration
}

/** As a plan declares it, by default. */
export function mssqlDeclaration(name: string): string {
  return COLUMNS[name]!.logical.kind === 'text' ? `${mssqlType(name)} collate ${COLLATION}` : mssqlType(name)
}

const COLLATION = 'Latin1_General_100_BIN2'

/** From PostgreSQL's catalog to T-SQL, or why not. */
export function translated(
  native: string,
  { purpose, target, text, collation = COLLATION }: Place,
): string | { readonly reason: string } {
  const isValue = purpose === 'default' || purpose === 'computed'
  const expression = parseExpression(native, isValue ? 'value' : 'condition')
  if (expression === undefined) return { reason: 'not understood' }
  const column = (name: string) => {
    const found = COLUMNS[name]
    return found && { name, logical: found.logical, type: mssqlType(name), ...(collation && { collation }) }
  }
  const goal = target === undefined ? undefined : column(target)
  const translation = translateExpression(expression, {
    purpose,
    column,
    sequence: (schema, name) => `[${schema ?? 'dbo'}].[${name}]`,
    ...(text && { text }),
    ...(goal && { target: goal }),
  })
  return 'sql' in translation ? translation.sql : translation
}
