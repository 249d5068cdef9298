import { fullName, reportIdleSettings } from '@albackup/core'
import type { Planning } from '../planning.ts'
import { reportCollations } from './collations.ts'
import { whyNotKept } from './names.ts'

/** What is to be said of a plan for another engine's backup as a whole. */
export function reportMigration(planning: Planning): void {
  const { model, policy, names, draft } = planning
  const renamed = (kind: string, object: string, wanted: string, name: string) => {
    if (name === wanted) return
    draft.find('changed', kind, object, `is called "${name}" in SQL Server: ${whyNotKept(kind, wanted)}`)
  }
  for (const { name } of model.schemas) renamed('schema', name, names.wantedSchema(name), names.schema(name))
  for (const table of model.tables) {
    renamed('table', fullName(table), names.wanted(fullName(table), table.name), names.of(table).name)
    for (const { name } of table.columns) {
      const object = `${fullName(table)}.${name}`
      renamed('column', object, names.wanted(object, name), names.column(table, name))
    }
  }
  for (const sequence of model.sequences) {
    renamed('sequence', fullName(sequence), names.wanted(fullName(sequence), sequence.name), names.of(sequence).name)
  }
  for (const { kind, object } of draft.translations.filter((one) => one.kind === 'view')) {
    const view = model.modules.find((module) => fullName(module) === object)!
    renamed(kind, object, names.wanted(object, view.name), names.of(view).name)
  }
  reportCollations(planning)
  const { schemas } = policy
  const usual = schemas.public === 'dbo' && !model.schemas.some(({ name }) => name === 'public')
  const { public: _, ...others } = schemas
  reportIdleSettings(model, { ...policy, schemas: usual ? others : schemas }, draft)
}
