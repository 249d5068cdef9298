import { NameSpace as AnyNameSpace, type NameRules } from '@albackup/core'

/** Identifiers are cut at this many bytes, silently (NAMEDATALEN - 1); quoted names collide only when they are the same. */
const RULES: NameRules = { longest: 63, lengthOf: (name) => Buffer.byteLength(name), fold: (name) => name }

/** Columns every table has (PostgreSQL manual, "System Columns"). */
const SYSTEM_COLUMNS = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']

/** Names by PostgreSQL's rules; they are always quoted. */
export class NameSpace extends AnyNameSpace {
  constructor(taken: Iterable<string> = []) {
    super(RULES, taken)
  }
}

/** The names of a table's columns; no name of a system column is given out. */
export function columnNames(): NameSpace {
  return new NameSpace(SYSTEM_COLUMNS)
}

/** Why something is not called what it should be. Reserved words are no reason: names are always quoted. */
export function whyNotKept(kind: string, wanted: string): string {
  if (RULES.lengthOf(wanted) > RULES.longest) return `names have at most ${RULES.longest} bytes`
  if (wanted === '' || new NameSpace().claim(wanted) !== wanted) return 'no name can have such characters'
  if (kind === 'column' && SYSTEM_COLUMNS.includes(wanted)) return 'each table has a column of that name by itself'
  return kind === 'schema' ? 'the name belongs to the server' : 'something else has that name'
}

/** A schema's name in the target: names that begin with pg_ belong to the server, and so does the one of the SQL standard. */
export function schemaName(wanted: string): string {
  const isServers = wanted.startsWith('pg_') || wanted === 'information_schema'
  return new NameSpace().claim(isServers ? `_${wanted}` : wanted)
}
