import type { PlanDraft } from '../dialect/plan-draft.ts'
import { type Column, type SchemaModel, storedColumns, type Table } from '../model/schema-model.ts'
import { fullName } from '../model/scope.ts'
import type { NamedSettings } from './named-settings.ts'

/** Reports settings that are about nothing in the backup, or nothing of what is asked for: they may be misspelled. */
export function reportIdleSettings(model: SchemaModel, policy: NamedSettings, draft: PlanDraft): void {
  const tables = model.tables.map(fullName)
  const named = (pick: (table: Table) => readonly Column[]) =>
    model.tables.flatMap((table) => pick(table).map(({ name }) => `${fullName(table)}.${name}`))
  const stored = model.tables.flatMap((table) => storedColumns(table))
  const report = (setting: string, keys: Readonly<Record<string, string>>, known: ReadonlySet<string>) => {
    for (const key of Object.keys(keys).filter((one) => !known.has(one))) {
      draft.find('changed', 'setting', `mapping.${setting}.${key}`, 'is about nothing that is restored')
    }
  }
  report('rename', policy.rename, new Set([...tables, ...named((table) => table.columns), ...viewNames(model)]))
  report('columns', policy.columns, new Set(named(storedColumns)))
  report('types', policy.types, new Set(stored.flatMap(typeNames)))
  report(
    'schemas',
    policy.schemas,
    new Set([...model.schemas.map(({ name }) => name), ...model.tables.map(({ schema }) => schema)]),
  )
}

/** Of views that are understood, and of their columns. */
function viewNames({ modules }: SchemaModel): readonly string[] {
  return modules.flatMap((view) => {
    if (view.meaning === undefined) return []
    return [fullName(view), ...view.meaning.columns.map(({ name }) => `${fullName(view)}.${name}`)]
  })
}

/** What a column's type is called in `mapping.types`, the closer one first: its declaration, that without what is in parentheses. */
export function typeNames({ native }: Pick<Column, 'native'>): readonly string[] {
  const { declaration } = native
  return [declaration, declaration.replace(/\s*\([^()]*\)/, '')]
}
