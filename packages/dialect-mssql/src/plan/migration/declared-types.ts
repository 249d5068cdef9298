import { type AliasType, type Column, fullName, type SchemaModel } from '@albackup/core'
import type { MssqlPolicy } from '../../policy.ts'
import type { ForeignType } from '../foreign-types.ts'

/** A type of another engine that a backup keeps as text, by the origin's own word for it. */
type Declared = (measure: number | undefined, policy: MssqlPolicy) => ForeignType | undefined

const LONGEST_NVARCHAR = 4000

/** The longest text that the origin writes for a value decides the length. */
const DECLARED: Readonly<Record<string, Declared>> = {
  numeric: (_, { numeric }) =>
    numeric === 'text'
      ? { declaration: 'nvarchar(max)', exact: true, reason: 'the digits as they were written; it sorts as a text' }
      : {
          declaration: numeric,
          exact: false,
          reason:
            'more digits after the point are rounded and counted; NaN, and what is beyond it, is NULL and counted',
        },
  money: () => exactly('decimal(19,2)', 'the amount; money of SQL Server ends a hundred times earlier'),
  interval: () => asText('nvarchar(80)'),
  'time with time zone': () => asText('nvarchar(24)'),
  inet: () => asText('nvarchar(49)'),
  cidr: () => asText('nvarchar(49)'),
  macaddr: () => asText('nvarchar(17)'),
  macaddr8: () => asText('nvarchar(23)'),
  bit: (length = 1) => bits(length),
  'bit varying': (length) => bits(length),
  '"char"': () => exactly('nvarchar(4)'),
  oid: () => exactly('bigint'),
  xid: () => exactly('bigint'),
  cid: () => exactly('bigint'),
  xid8: () => exactly('decimal(20,0)'),
  pg_lsn: () => asText('nvarchar(17)'),
  tid: () => asText('nvarchar(24)'),
}

/** The type for a column by the words it was declared with; undefined when its meaning says all. */
export function declaredType(column: Column, model: SchemaModel, policy: MssqlPolicy): ForeignType | undefined {
  if (column.logical.kind !== 'text') return undefined
  const declaration = baseDeclaration(column, model)
  const [, word = declaration, measure] = /^(.*?)\s*(?:\((\d+)[^)]*\))?$/.exec(plainWords(declaration)) ?? []
  if (word.endsWith('[]')) return asText('nvarchar(max)', 'the elements in one text')
  if (isEnum(declaration, model)) return exactly('nvarchar(63)', 'checked to be one of its words')
  const known = Object.hasOwn(DECLARED, word)
    ? DECLARED[word]!(measure ? Number(measure) : undefined, policy)
    : undefined
  if (known !== undefined) return known
  return isPlainText(word) ? undefined : asText('nvarchar(max)')
}

/** Without the fields that an interval keeps, `interval day to second(2)`, and the digits within `time(3) with time zone`. */
function plainWords(declaration: string): string {
  return declaration.replace(/^interval [a-z ]+(?=\W|$)/, 'interval').replace(/\(\d+\) with/, ' with')
}

/** As the source declares it; that of the base for a domain, or one over another. */
export function baseDeclaration(column: Pick<Column, 'native'>, model: SchemaModel): string {
  return domainsOf(column, model).at(-1)?.native.declaration ?? column.native.declaration
}

/** The domain of a column, and those that it stands over, one after another. */
export function domainsOf({ native }: Pick<Column, 'native'>, model: SchemaModel): readonly AliasType[] {
  const found: AliasType[] = []
  let alias = native.alias
  // A domain stands over others only that were there before it.
  while (alias !== undefined && found.length <= model.types.length) {
    const { schema, name } = alias
    const type = model.types.find((one) => one.schema === schema && one.name === name)
    if (type === undefined) break
    found.push(type)
    alias = type.native.alias ?? domainNamed(type.native.declaration, model)
  }
  return found
}

function domainNamed(declaration: string, { types }: SchemaModel) {
  return types.find(({ schema, name }) => declaration === `${schema}.${name}`)
}

/** Texts that the source took for the same whatever their case. */
export function ignoresCase(column: Pick<Column, 'logical' | 'native'>, model: SchemaModel): boolean {
  if (column.logical.kind !== 'text') return false
  return column.logical.comparison?.caseSensitive === false || /(^|\.)citext$/.test(baseDeclaration(column, model))
}

function isEnum(declaration: string, model: SchemaModel): boolean {
  return enumWords(declaration, model) !== undefined
}

const ENUM = /^create type .*? as enum \((?<words>.*)\)$/s
const WORD = /(?<escaped>E?)'(?<word>(?:[^']|'')*)'/g

/** The words of an enumerated type of the source, from the statement that makes it; undefined when it is none. */
export function enumWords(declaration: string, { objects = [] }: SchemaModel): readonly string[] | undefined {
  const [statement = ''] = objects.find(({ kind, name }) => kind === 'type' && name === declaration)?.statements ?? []
  const words = ENUM.exec(statement)?.groups?.words
  if (words === undefined) return undefined
  return Array.from(words.matchAll(WORD), ({ groups }) => {
    const word = groups!.word!.replaceAll("''", "'")
    return groups!.escaped === 'E' ? word.replaceAll('\\\\', '\\') : word
  })
}

const OF_ROWS = /^create type .*? as \(/s

/** Whether the column has values of a composite type, or of the rows of a table or view. */
export function isOfRows(column: Pick<Column, 'native'>, model: SchemaModel): boolean {
  const declaration = baseDeclaration(column, model)
  const [statement = ''] =
    model.objects?.find(({ kind, name }) => kind === 'type' && name === declaration)?.statements ?? []
  const name = declaration.replaceAll('"', '')
  return OF_ROWS.test(statement) || [...model.tables, ...model.modules].some((relation) => fullName(relation) === name)
}

function isPlainText(word: string): boolean {
  return /^(text|name|character varying|varchar|character|char|bpchar|n?text|n?varchar|nchar)$|(^|\.)citext$/.test(word)
}

function bits(length: number | undefined): ForeignType {
  const fits = length !== undefined && length <= LONGEST_NVARCHAR
  return asText(fits ? `nvarchar(${length})` : 'nvarchar(max)')
}

function exactly(declaration: string, reason = ''): ForeignType {
  return { declaration, exact: true, reason }
}

function asText(declaration: string, what = 'its text'): ForeignType {
  return exactly(declaration, `${what} as the source writes it, without its operations`)
}
