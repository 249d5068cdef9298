import { fullName as sourceName } from '@albackup/core'
import { fullName, setDefault, type TableName } from '../ddl.ts'
import { offsetDefault } from './offset-defaults.ts'
import type { Planning } from './planning.ts'
import type { TableDraft } from './table-draft.ts'
import { key } from './target-names.ts'
import { translate } from './translate.ts'

/** `sequences`: the planned ones, by key. */
export function planDefaults(table: TableDraft, sequences: ReadonlyMap<string, TableName>, planning: Planning): void {
  for (const { source, name, companion } of table.columns) {
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
    if (sql === undefined) continue
    addDefault(table, object, name, sql, planning)
    if (companion === undefined || sql === 'null') continue
    const offset = source.default.expression.meaning && offsetDefault(source.default.expression.meaning)
    if (offset !== undefined) addDefault(table, object, companion.name, offset, planning)
    else planning.draft.find('changed', 'default', object, `gives no offset: new rows must give "${companion.name}"`)
  }
}

function addDefault({ target }: TableDraft, object: string, column: string, sql: string, { draft }: Planning): void {
  draft.add('objects', { kind: 'default', object, sql: setDefault(target, column, sql) })
  draft.schema.default(target, column, { name: null, systemNamed: true, expression: { native: sql } })
}
