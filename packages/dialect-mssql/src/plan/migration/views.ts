import { type Aside, fullName, type Module, type QualifiedName, type ViewQuery } from '@albackup/core'
import { createView } from '../../ddl.ts'
import { type QueryEnvironment, type TargetRelation, type TranslatedView, translateView } from '../../translate-view.ts'
import { schemaObjectNamed } from '../existing.ts'
import type { Planning } from '../planning.ts'
import type { TableDraft } from '../tables.ts'
import { contextColumn } from './expressions.ts'

/** What there is no relation for, with the reason: the end of a sentence. */
interface LeftOut {
  readonly reason: string
}

/** The relations of the source that queries can be of, by full name. */
type Relations = Map<string, TargetRelation | LeftOut>

/** Views of another engine in the order of the source, each after those it needs; one that is left out takes along those that need it. */
export function planMigratedViews(tables: readonly TableDraft[], planning: Planning): void {
  const relations: Relations = new Map(
    tables.map((table) => [fullName(table.source), tableRelation(table, planning)] as const),
  )
  for (const view of planning.model.modules) {
    if (view.kind !== 'view') continue
    const planned = planView(view, relations, planning)
    relations.set(fullName(view), planned)
    if ('reason' in planned) planning.draft.find('lost', 'view', fullName(view), `is left out, ${planned.reason}`)
  }
}

function tableRelation({ source, name: sql, planned, made }: TableDraft, planning: Planning): TargetRelation {
  const columns = source.columns.flatMap((column) => {
    const found = made.has(column.name) ? contextColumn(source, column, planning) : undefined
    return found === undefined ? [] : [[column.name, found] as const]
  })
  return { sql, name: planned.name, columns: new Map(columns) }
}

function planView(view: Module, relations: Relations, planning: Planning): TargetRelation | LeftOut {
  const { meaning, definition, notUnderstood } = view
  if (definition === null) return { reason: 'the backup has no text of it' }
  if (meaning === undefined) return { reason: notUnderstood ?? 'its text is in another language than T-SQL' }
  const there = schemaObjectNamed(planning.names.full(view), planning)
  if (there !== undefined && there !== 'view') return { reason: `the target has a ${there} of its name` }
  const translated = translate(view, meaning, relations, planning)
  return 'reason' in translated ? translated : addView({ ...view, definition }, meaning, translated, planning)
}

/** What is the same only for ASCII texts is taken, with a finding that says so. */
function translate(
  view: Module,
  meaning: ViewQuery,
  relations: Relations,
  planning: Planning,
): TranslatedView | LeftOut {
  const object = fullName(view)
  const wanted = meaning.columns.map(({ name }) => planning.names.wanted(`${object}.${name}`, name))
  const exact = translateView(meaning, wanted, environmentOf('any', relations, planning))
  if ('sql' in exact) return exact
  const ascii = translateView(meaning, wanted, environmentOf('ascii', relations, planning))
  if ('reason' in ascii) return exact
  planning.draft.find('changed', 'view', object, `may show other rows for texts beyond ASCII: ${exact.reason}`)
  return ascii
}

function environmentOf(text: 'any' | 'ascii', relations: Relations, { names }: Planning): QueryEnvironment {
  return {
    text,
    relation: (schema, name) => findRelation({ schema, name }, relations),
    nameSpace: (taken) => names.nameSpace(taken),
  }
}

function findRelation(name: QualifiedName, relations: Relations): TargetRelation | LeftOut {
  const found = relations.get(fullName(name))
  if (found === undefined) return { reason: `${fullName(name)} is not in the backup` }
  return 'reason' in found ? { reason: `it needs ${fullName(name)}, which is left out` } : found
}

function addView(
  view: Module & { readonly definition: string },
  meaning: ViewQuery,
  { sql: query, names: columns, columns: known }: TranslatedView,
  { names, draft }: Planning,
): TargetRelation {
  const object = fullName(view)
  const target = names.of(view)
  const name = names.full(view)
  const plain = createView(name, columns, query)
  const sql = meaning.checked === undefined ? plain : `${plain}\nwith check option`
  const fallback = { sql: plain, finding: { severity: 'changed', kind: 'view', object, message: UNCHECKED } } as const
  draft.add('objects', { kind: 'view', object, sql, ...(meaning.checked !== undefined && { fallback }) })
  draft.schema.modules.push({ kind: 'view', ...target, definition: sql })
  draft.translations.push({ kind: 'view', object, native: view.definition, sql: query })
  for (const aside of meaning.aside ?? []) draft.find('changed', 'view', object, ASIDES[aside])
  return { sql: name, name: target.name, columns: known }
}

const UNCHECKED = 'checks no rows that are written through it, the server refused that'

/** What a view's text says besides its query, and its translation does not. */
const ASIDES: Readonly<Record<Aside, string>> = {
  order: 'has no ORDER BY: SQL Server keeps no order of the rows of a view; who reads it has to say the order',
  locks: 'has no hints about locks',
  'join method': 'has no hints how to join',
  rights: 'reads its tables with the rights of its owner: SQL Server has neither security_invoker nor security_barrier',
}
