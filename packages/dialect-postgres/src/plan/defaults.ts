import { fullName as sourceName } from '@albackup/core'
import { fullName, setDefault, type TableName } from '../ddl.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'
import { key } from './target-names.ts'
import { translate } from './translate.ts'

/** `sequences`: the planned ones, by key. */
export function planDefaults(table: TableDraft, sequences: ReadonlyMap<string, TableName>, planning: Planning): void {
  for (const { source, name } of table.columns) {
    if (source.default === undefined) continue
    const object = `${sourceName(table.source)}.${source.name}`
    const place = {
      table: table.source,
      columns: table.carried,
      purpose: 'default',
      kind: 'default',
      object,
      column: source.name,
      sequence: (schema: string, sequence: string) => {
        const planned = sequences.get(key({ schema, name: sequence }))
        return planned && fullName(planned)
      },
    } as const
    const sql = translate(source.default.expression, place, planning)
    if (sql !== undefined) {
      planning.draft.add('objects', { kind: 'default', object, sql: setDefault(table.target, name, sql) })
      const made = { name: null, systemNamed: true, expression: { native: sql } }
      planning.draft.schema.default(table.target, name, made)
    }
  }
}
