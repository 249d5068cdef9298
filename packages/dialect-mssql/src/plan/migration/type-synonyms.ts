import { type SchemaModel, typeNames } from '@albackup/core'

/** What users call types of other engines, and how catalogs declare them. */
const SYNONYMS: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  decimal: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
}

const NAME = /^([a-z0-9]+)\s*(\([^()]*\))?((?:\[\])*)$/

type Types = Readonly<Record<string, string>>

/**
 * The keys of `mapping.types` by the words of the catalog: `varchar(20)` as `character varying(20)`. What is said in the words
 * of a column of the model stays, and goes first.
 */
export function withDeclaredTypes(types: Types, model: SchemaModel): Types {
  const known = new Set(model.tables.flatMap(({ columns }) => columns.flatMap(typeNames)))
  const named = Object.entries(types)
  return Object.fromEntries([
    ...named.map(([name, type]) => [known.has(name) ? name : declaredName(name), type] as const),
    ...named.filter(([name]) => known.has(name)),
  ])
}

function declaredName(name: string): string {
  const [, word = '', measure = '', array = ''] = NAME.exec(name) ?? []
  if (!Object.hasOwn(SYNONYMS, word)) return name
  const declared = SYNONYMS[word]!
  // The digits of a second stand behind the first word.
  const [first, ...rest] = declared.endsWith('time zone') ? declared.split(' ') : [declared]
  return [`${first}${measure}`, ...rest].join(' ') + array
}
