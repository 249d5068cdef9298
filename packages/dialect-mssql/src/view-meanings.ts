import type { Module, QualifiedName, SchemaModel, ViewColumn } from '@albackup/core'
import { KnownRelations, parseView } from './views.ts'

/** The modules of the model, views with what they mean; each view comes after those it needs. */
export function withMeanings(
  model: SchemaModel,
  columnsOf: (view: QualifiedName) => readonly ViewColumn[],
): readonly Module[] {
  const relations = new KnownRelations(model.tables, model)
  const views = model.modules.filter(({ kind }) => kind === 'view')
  for (const view of views) {
    const columns = columnsOf(view).map(({ name }) => ({ name, hidden: false }))
    relations.add({ schema: view.schema, name: view.name, columns })
  }
  const { collation } = model.database
  return model.modules.map((module) => {
    if (module.kind !== 'view' || module.definition === null) return module
    const obstacle = obstacleIn(module.native, module.definition)
    if (obstacle !== undefined) return { ...module, notUnderstood: obstacle }
    const columns = columnsOf(module)
    return { ...module, ...parseView({ ...module, definition: module.definition, columns, collation }, relations) }
  })
}

/** Settings of the session that made a view, under which its text means something else. */
function obstacleIn(native: Module['native'], definition: string): string | undefined {
  if (native?.ansiNullsOff === true) return 'it was made under SET ANSI_NULLS OFF'
  const quoted = native?.quotedIdentifierOff === true && definition.includes('"')
  return quoted ? 'it was made under SET QUOTED_IDENTIFIER OFF' : undefined
}
