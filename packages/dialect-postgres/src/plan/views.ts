import { type Module, type QualifiedName, fullName as sourceName, type ViewQuery } from '@albackup/core'
import { createView, fullName } from '../ddl.ts'
import { targetType } from '../types.ts'
import { type QueryEnvironment, type TargetRelation, type TranslatedView, translateView } from '../views.ts'
import { columnType } from './column-types.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'
import { key } from './target-names.ts'
import { reportAsides } from './view-asides.ts'

/** The relations of the source that queries can be of, by key; those that are left out with the reason. */
type Relations = Map<string, TargetRelation | { readonly reason: string }>

/**
 * Views in the order of the source, each after those it needs; one that is left out takes along those that need it. Returns the views
 * that exist in the target already under the names of planned ones, in an order in which they can be dropped.
 */
export function planViews(tables: readonly TableDraft[], planning: Planning): readonly string[] {
  const relations: Relations = new Map(tables.map((table) => [key(table.source), tableRelation(table, planning)]))
  const existing: string[] = []
  for (const view of planning.model.modules) {
    if (view.kind !== 'view') continue
    const planned = planView(view, relations, planning)
    relations.set(key(view), planned)
    if ('reason' in planned) {
      const text =
        view.definition === null ? 'is left out, the backup has no text of it' : `is left out, ${planned.reason}`
      planning.draft.find('lost', 'view', sourceName(view), text)
    } else if (kindThere(view, planning) === 'view') existing.unshift(planned.sql)
  }
  return existing
}

function tableRelation({ source, target, columns, carried }: TableDraft, planning: Planning): TargetRelation {
  const companions = new Map(columns.map((column) => [column.source.name, column.companion?.name]))
  const known = source.columns.flatMap((column) => {
    const name = carried.get(column.name)
    if (name === undefined) return []
    const { type } = columnType(source, column, planning)
    const companion = companions.get(column.name)
    return [
      [column.name, { name, logical: column.logical, type, ...(companion !== undefined && { companion }) }] as const,
    ]
  })
  return { sql: fullName(target), name: target.name, columns: new Map(known) }
}

function planView(
  view: Module,
  relations: Relations,
  planning: Planning,
): TargetRelation | { readonly reason: string } {
  const { meaning, definition, notUnderstood } = view
  if (meaning === undefined || definition === null) {
    return { reason: notUnderstood ?? "its text is in another language than PostgreSQL's" }
  }
  const there = kindThere(view, planning)
  if (there !== undefined && there !== 'view') return { reason: `the target has a ${there} of its name` }
  const translated = translate(view, meaning, relations, planning)
  if ('reason' in translated) return translated
  return addView(view, meaning, translated, planning)
}

/** What has the name of the view in the target already, and will not go away with a table. */
function kindThere(view: Module, { names, target }: Planning): string | undefined {
  const { schema, name } = names.view(view)
  return target.relations.find((one) => one.schema === schema && one.name === name)?.kind
}

/** What is the same only for ASCII texts is taken, with a finding that says so. */
function translate(
  view: Module,
  meaning: ViewQuery,
  relations: Relations,
  planning: Planning,
): TranslatedView | { readonly reason: string } {
  const wanted = meaning.columns.map(({ name }) => planning.names.wanted(`${sourceName(view)}.${name}`, name))
  const exact = translateView(meaning, wanted, environmentOf('any', relations, planning))
  if ('sql' in exact) return exact
  const ascii = translateView(meaning, wanted, environmentOf('ascii', relations, planning))
  if ('reason' in ascii) return ascii
  planning.draft.find(
    'changed',
    'view',
    sourceName(view),
    `may show other rows for texts beyond ASCII: ${exact.reason}`,
  )
  return ascii
}

function environmentOf(text: 'any' | 'ascii', relations: Relations, planning: Planning): QueryEnvironment {
  const { policy, features } = planning
  return {
    text,
    relation: (schema, name) => findRelation({ schema, name }, relations),
    typeOf: (logical) => (logical.kind === 'text' ? 'text' : targetType(logical, policy, features).type),
    splitsOffsets: policy.datetimeoffset === 'with-offset',
  }
}

function findRelation(name: QualifiedName, relations: Relations): TargetRelation | { readonly reason: string } {
  const found = relations.get(key(name))
  if (found === undefined) return { reason: `${sourceName(name)} is not in the backup` }
  return 'reason' in found ? { reason: `it needs ${sourceName(name)}, which is left out` } : found
}

function addView(view: Module, meaning: ViewQuery, translated: TranslatedView, planning: Planning): TargetRelation {
  const { draft, names } = planning
  const object = sourceName(view)
  const target = names.view(view)
  draft.renamed('view', object, names.wanted(object, view.name), target.name)
  const sql = createView(target, translated.names, translated.sql)
  const statement = { kind: 'view', object }
  if (meaning.checked === undefined) draft.add('objects', { ...statement, sql })
  else {
    const message = 'checks no rows that are written through it, the server refused that'
    const finding = { severity: 'changed', kind: 'view', object, message } as const
    draft.add('objects', { ...statement, sql: `${sql}\nwith check option`, fallback: { sql, finding } })
  }
  draft.schema.modules.push({ kind: 'view', ...target, definition: sql })
  draft.translations.push({ kind: 'view', object, native: view.definition!, sql: translated.sql })
  reportAsides(object, meaning, draft)
  return { sql: fullName(target), name: target.name, columns: translated.columns }
}
