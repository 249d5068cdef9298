import type { Module, QualifiedName, SchemaModel, ViewColumn } from '@albackup/core'
import { KnownRelations, parseView, type ViewMeaning } from './views.ts'

type ColumnsOf = (view: QualifiedName) => readonly ViewColumn[]

/** The modules of the model, views with what they mean; each view comes after those it needs. */
export function withMeanings(model: SchemaModel, columnsOf: ColumnsOf): readonly Module[] {
  const relations = new KnownRelations(model.tables, model)
  const tell = (view: Module, columns: readonly ViewColumn[]) => {
    const names = columns.length === 0 ? null : columns.map(({ name }) => ({ name, hidden: false }))
    relations.set({ schema: view.schema, name: view.name, columns: names })
  }
  const views = model.modules.filter(({ kind }) => kind === 'view')
  for (const view of views) tell(view, columnsOf(view))
  return model.modules.map((module) => {
    if (module.kind !== 'view') return module
    const columns = columnsOf(module)
    const read = meaningOf(module, columns, model.database.collation, relations)
    if (columns.length === 0 && 'meaning' in read) tell(module, read.meaning.columns)
    return { ...module, ...read }
  })
}

function meaningOf(
  view: Module,
  columns: readonly ViewColumn[],
  collation: string | null,
  relations: KnownRelations,
): ViewMeaning | Record<string, never> {
  const { definition } = view
  if (definition === null) return {}
  const obstacle = obstacleIn(view.native, definition)
  if (obstacle !== undefined) return { notUnderstood: obstacle }
  return parseView({ schema: view.schema, definition, columns, collation }, relations)
}

/** Settings of the session that made a view, under which its text means something else. */
function obstacleIn(native: Module['native'], definition: string): string | undefined {
  if (native?.ansiNullsOff === true) return 'it was made under SET ANSI_NULLS OFF'
  const quoted = native?.quotedIdentifierOff === true && definition.includes('"')
  return quoted ? 'it was made under SET QUOTED_IDENTIFIER OFF' : undefined
}
