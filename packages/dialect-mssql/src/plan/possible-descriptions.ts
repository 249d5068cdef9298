import type { MadeSchema, Module, Table } from '@albackup/core'
import { quote } from '../quote.ts'

/** The schema, and that what nothing describes (MS_Description) is to have no description where that is an object by itself. */
export function withDescriptions(made: MadeSchema): MadeSchema {
  const described = [...made.modules.map(ofModule), ...made.tables.flatMap(ofTable)]
  const absent = described.map((object) => ({
    kind: 'extended property',
    name: `${quote('MS_Description')} of ${object}`,
  }))
  return { ...made, absent, unsaid: ['owner'] }
}

function ofModule({ kind, schema, name, on }: Module): string {
  return `${kind} ${on === undefined ? quote(schema, name) : quote(on.schema, on.name, name)}`
}

/** Of constraints that have a name of their own. */
function ofTable({ schema, name: table, primaryKey, uniqueKeys, foreignKeys, checks }: Table): readonly string[] {
  const keys = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniqueKeys]
  const named = [...keys, ...foreignKeys, ...checks].filter(({ systemNamed }) => !systemNamed)
  return [
    ...named.map(({ name }) => `constraint ${quote(schema, table, name)}`),
    ...keys.map(({ name }) => `index ${quote(schema, table, name)}`),
  ]
}
