import {
  type Check,
  type Column,
  type Expression,
  fullName,
  type Json,
  type SchemaModel,
  type SqlExpression,
} from '@albackup/core'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { domainsOf } from './declared-types.ts'

/** A type of SQL Server's users has neither checks nor a collation of its own: columns have the type it stands for. */
export function reportDomains({ model, draft }: Planning): void {
  for (const type of model.types) {
    const { default: value, checks, uncheckedChecks } = type.native.facts ?? {}
    const [hasChecks, hasDefault] = [isThere(checks) || isThere(uncheckedChecks), isThere(value)]
    const lost = [
      ...(hasChecks && type.checks === undefined ? ['its checks'] : []),
      ...(hasDefault && type.default === undefined ? ['its default'] : []),
      ...(type.nullable ? [] : ['NOT NULL']),
    ]
    const message = `is no type of its own: columns of it have the type of ${type.native.declaration}`
    const given = type.checks === undefined && type.default === undefined ? '' : ', and what it asks of its values'
    if (lost.length === 0) draft.find('changed', 'type', fullName(type), message + given)
    else draft.find('lost', 'type', fullName(type), `${message}${given}, without ${lost.join(' and ')}`)
  }
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}

/** What the domains of its columns ask of a table's values, as checks of the table. */
export function domainChecks(
  { source, made }: Pick<TableDraft, 'source' | 'made'>,
  model: SchemaModel,
): readonly Check[] {
  return source.columns
    .filter((column) => made.has(column.name) && column.computed === undefined)
    .flatMap((column) =>
      domainsOf(column, model).flatMap(({ checks = [] }) => checks.map((check) => checkOfColumn(check, column))),
    )
}

function checkOfColumn(check: Check, { name }: Column): Check {
  const { native, meaning } = check.expression
  const own = meaning === undefined ? {} : { meaning: withColumn(meaning, name) }
  return { ...check, name: `${name}_${check.name}`, expression: { native, ...own } }
}

/** The column VALUE stands for the value of a domain. */
function withColumn(meaning: Expression, name: string): Expression {
  const column: Expression = { kind: 'column', name }
  return JSON.parse(JSON.stringify(meaning), (_, node) =>
    node?.kind === 'column' && node.name === 'VALUE' ? column : node,
  )
}

/** The default that a column has of itself, or of the first of its domains with one. */
export function defaultOf(column: Column, model: SchemaModel): SqlExpression | undefined {
  if (column.default !== undefined || column.identity !== undefined) return column.default?.expression
  return domainsOf(column, model).find((type) => type.default !== undefined)?.default
}
