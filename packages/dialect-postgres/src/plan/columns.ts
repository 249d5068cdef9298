import { type Column, fullName, type PlannedColumn, storedColumns, type Table } from '@albackup/core'
import { integerBounds, isSpatial, meaningOfBytes, sameLogical, type TargetType } from '../types.ts'
import { columnType } from './column-types.ts'
import type { Planning } from './planning.ts'
import { key } from './target-names.ts'

/** The stored columns of a table as the target will declare them. `domains`: by the key of the alias type. */
export function planColumns(
  table: Table,
  domains: ReadonlyMap<string, string>,
  planning: Planning,
): readonly PlannedColumn[] {
  const names = planning.names.columnsOf(table)
  return storedColumns(table).map((source) => {
    const name = names.get(source.name)!
    const object = `${fullName(table)}.${source.name}`
    planning.draft.renamed('column', object, planning.names.wanted(object, source.name), name)
    const target = columnType(table, source, planning)
    if (isOmitted(source, target, planning)) {
      planning.draft.find('lost', 'column', object, 'is left out, as the mapping says')
      return { source, name, type: target.type, exact: false, reason: 'left out, as the mapping says', omitted: true }
    }
    reportMeaning(source, object, target, planning)
    const column = { source, name, ...declaredType(source, target, domains, planning), exact: target.exact }
    if (target.companion === undefined) return column
    const companion = planning.names.claimColumn(table, `${name}__offset`)
    return { ...column, companion: { name: companion, type: target.companion } }
  })
}

function isOmitted({ logical }: Column, { chosen }: TargetType, { policy }: Planning): boolean {
  return logical.kind === 'rowversion' && policy.rowversion === 'none' && !chosen
}

/** A rowversion's value is written by its server alone, so rows made later have none. */
export function isNullable({ nullable, logical }: Column): boolean {
  return nullable || logical.kind === 'rowversion'
}

/** The conditions that keep a column to the values of the source's type where its own type allows more; each with a word for its name. */
export function boundsConditions(
  { source, type }: PlannedColumn,
  { features }: Pick<Planning, 'features'>,
): readonly { readonly word: string; readonly condition: (quotedName: string) => string }[] {
  const bounds = integerBounds(source)
  if (bounds !== undefined && !/^(boolean|text|varchar)/.test(type)) {
    return [{ word: 'range', condition: (name) => `${name} between ${bounds[0]} and ${bounds[1]}` }]
  }
  const { logical } = source
  if (features.citext === undefined || type !== features.citext || logical.kind !== 'text' || logical.length === null)
    return []
  const { length } = logical
  return [{ word: 'length', condition: (name) => `char_length(${name}) <= ${length}` }]
}

function declaredType(
  { native, logical, identity }: Column,
  { type, reason, chosen }: TargetType,
  domains: ReadonlyMap<string, string>,
  { model }: Planning,
): { readonly type: string; readonly reason: string } {
  if (chosen) return { type, reason }
  const alias = native.alias && model.types.find((one) => key(one) === key(native.alias!))
  const domain = alias && domains.get(key(alias))
  // PostgreSQL has identities of integer types only, not of domains over them.
  if (domain === undefined || identity !== undefined || !sameLogical(alias!.logical, logical)) return { type, reason }
  return { type: domain, reason: reason === '' ? `a domain over ${type}` : `a domain over ${type}; ${reason}` }
}

function reportMeaning({ logical }: Column, object: string, { type }: TargetType, { draft }: Planning): void {
  if (logical.kind === 'rowversion') {
    draft.find(
      'changed',
      'column',
      object,
      `keeps its value as ${type}; nothing changes it any more when the row changes`,
    )
  }
  if (logical.kind === 'variant') {
    draft.find('changed', 'column', object, `is ${type}: {"type": the type of the value, "value": its text}`)
  }
  if (logical.kind === 'binary' && logical.content === 'hierarchyid' && type !== 'bytea') {
    draft.find(
      'changed',
      'column',
      object,
      `is the path as ${type}, without the operations of a hierarchyid; it sorts as a text`,
    )
  } else if (isSpatial(logical) && type !== 'bytea') {
    draft.find('changed', 'column', object, `is ${type}: the same places, with the operations of PostGIS`)
  } else if (logical.kind === 'binary' && logical.content !== undefined && type === 'bytea') {
    draft.find('changed', 'column', object, `is bytea: ${meaningOfBytes(logical)}`)
  }
  if (logical.kind === 'xml' && type === 'text') {
    draft.find('changed', 'column', object, 'is text: this server has no xml, or the mapping asks for it')
  }
}
