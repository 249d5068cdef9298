import type { Context, SchemaModel, Scope, SqlExpression } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { hiddenRowsWarning } from './catalog/left-behind.ts'
import { quote } from './quote.ts'

/** Warns of what the backup will be without, and nobody would see. */
export function warnOfGaps(model: SchemaModel, context: Context, scope?: Scope): void {
  const hidden = hiddenRowsWarning(model, scope)
  if (hidden !== undefined) context.warn(hidden)
  const unknown = unknownDefinitions(model)
  if (unknown.length > 0) {
    const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''
    const list = `${unknown.slice(0, 3).join(', ')}${more}`
    context.warn(`the server does not tell the definition of ${list}: a restore will be without`)
  }
  if (model.tables.length === 0) context.warn(`the login sees no table in database ${quote(model.database.name)}`)
}

/** Warns when objects may be missing: those that a login may not see are not in its catalog, as if they did not exist. */
export async function warnOfHiddenMetadata(query: Catalog['query'], context: Context): Promise<void> {
  const [row] = await query<{ readonly allowed: number | null }>(
    `select has_perms_by_name(null, 'database', 'view definition') as [allowed]`,
  )
  if (row?.allowed !== 0) return
  context.warn(
    'the login has no VIEW DEFINITION on the database: objects and definitions that it may not see are not in the backup',
  )
}

/** Computed columns, defaults and checks whose text the catalog has not got. */
function unknownDefinitions({ tables }: SchemaModel): readonly string[] {
  return tables.flatMap(({ schema, name, columns, checks }) => [
    ...columns
      .filter(({ computed, default: value }) => isUnknown(computed?.expression) || isUnknown(value?.expression))
      .map((column) => quote(schema, name, column.name)),
    ...checks.filter(({ expression }) => isUnknown(expression)).map((check) => quote(schema, name, check.name)),
  ])
}

function isUnknown(expression: SqlExpression | undefined): boolean {
  return expression?.native === ''
}
