import type { TextPair, TextVerdict } from '@albackup/core'
import type { ClientBase } from 'pg'
import { type IndexParts, indexParts } from './compare-indexes.ts'
import { fullName } from './ddl.ts'
import { oneStatement } from './one-statement.ts'
import { targetError } from './server-errors.ts'

/**
 * Whether expressions, types and definitions mean the same. The server says so itself: both stand in one EXPLAIN, which parses and
 * folds them and prints them in its own words, and runs and changes nothing. null where the server cannot explain one of them.
 */
export async function compareTexts(client: ClientBase, pairs: readonly TextPair[]): Promise<readonly TextVerdict[]> {
  const known = new Map<string, TextVerdict>()
  const verdicts: TextVerdict[] = []
  for (const pair of pairs) {
    const key = JSON.stringify(pair.aspect === 'type' ? { ...pair, table: null } : pair)
    if (!known.has(key)) known.set(key, await comparePair(client, pair))
    verdicts.push(known.get(key)!)
  }
  return verdicts
}

async function comparePair(client: ClientBase, pair: TextPair): Promise<TextVerdict> {
  // Its names are compared already, and it has no other.
  if (pair.aspect === 'collation') return false
  if (pair.aspect === 'definition') return sameDefinition(pair)
  if (pair.aspect === 'text') return compareQueries(client, pair)
  const [select, from] = SELECT[pair.aspect](pair)
  const values = await explainedValues(client, `select ${select(pair.planned)}, ${select(pair.found)}${from}`)
  return values === null ? null : values[0] === values[1]
}

type Select = readonly [select: (text: string) => string, from: string]

const SELECT: Readonly<
  Record<Exclude<TextPair['aspect'], 'collation' | 'definition' | 'text'>, (pair: TextPair) => Select>
> = {
  type: () => [(text) => `null::${text}`, ''],
  default: ({ type }) => [(text) => asType(text, type), ''],
  'computed value': (pair) => [(text) => asType(text, pair.type), fromTable(pair)],
  condition: (pair) => [(text) => `(${text})`, fromTable(pair)],
  filter: (pair) => [(text) => `(${text})`, fromTable(pair)],
}

/** A value takes the type of its column. */
function asType(text: string, type: string | undefined): string {
  return type === undefined ? `(${text})` : `cast((${text}) as ${type})`
}

function fromTable({ table }: TextPair): string {
  return table === null ? '' : ` from only ${fullName(table)}`
}

interface ExplainedRow {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly Output?: readonly string[] } }]
}

async function explainedValues(client: ClientBase, query: string): Promise<readonly string[] | null> {
  const plan = await explain(client, query)
  return plan?.[0].Plan.Output ?? null
}

async function explain(client: ClientBase, query: string): Promise<ExplainedRow['QUERY PLAN'] | null> {
  try {
    const { rows } = await client.query<ExplainedRow>(
      oneStatement(`explain (verbose, costs off, format json) ${query}`),
    )
    return rows[0]?.['QUERY PLAN'] ?? null
  } catch (error) {
    if (isAboutQuery(error)) return null
    throw targetError(error, 'compare expressions of the target')
  }
}

/** Syntax, names, types and rights (SQLSTATE class 42), and values that cannot be folded (22): the connection goes on. */
function isAboutQuery(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(42|22|0A)/.test(String(error.code))
}

/** Of a view, how it would be read, and its columns; of other code, its text without the blanks around lines. */
async function compareQueries(client: ClientBase, { planned, found }: TextPair): Promise<TextVerdict> {
  if (sameLines(planned, found)) return true
  // Two in the server's own words differ only where the indexes do.
  const index = planned.startsWith('CREATE ') ? null : indexParts(planned)
  if (index !== null) return compareIndexes(client, index, found)
  const [one, other] = [queryOf(planned), queryOf(found)]
  if (one === null || other === null || settingsOf(planned) !== settingsOf(found)) return false
  const [first, second] = [await shapeOf(client, one), await shapeOf(client, other)]
  return first === null || second === null ? null : first === second
}

/** By its keys and its filter as the server prints them; where a key has a direction or an operator class, that cannot be told. */
async function compareIndexes(client: ClientBase, planned: IndexParts, text: string): Promise<TextVerdict> {
  const found = indexParts(text)
  if (found === null || found.settings !== planned.settings) return false
  const [keys, others] = [await explain(client, planned.query), await explain(client, found.query)]
  return keys === null || others === null ? null : JSON.stringify(keys) === JSON.stringify(others)
}

/** The plan of a query, and the names and types of what it gives; null where the server cannot tell. */
async function shapeOf(client: ClientBase, query: string): Promise<string | null> {
  const plan = await explain(client, query)
  if (plan === null) return null
  // Of no row, so nothing is run.
  const { fields } = await client.query(oneStatement(`${query} where false`))
  return JSON.stringify([
    plan,
    fields.map(({ name, dataTypeID, dataTypeModifier }) => [name, dataTypeID, dataTypeModifier]),
  ])
}

function sameLines(one: string, other: string): boolean {
  const lines = (text: string) =>
    withoutOwnNames(text)
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim()
  return lines(one) === lines(other)
}

/** A literal without a name is called after its type once its text has been read: `'x'::text` is printed `'x'::text AS text` then. */
function withoutOwnNames(text: string): string {
  return text.replace(/::(\w+) AS \1\b/g, '::$1')
}

const NAME = '(?:"(?:[^"]|"")*"|[^\\s"().]+)'
const VIEW = new RegExp(
  `^create (?:or replace )?(?<kind>materialized )?view\\s+${NAME}(?:\\.${NAME})?\\s*(?<columns>\\((?:${NAME}|[,\\s])*\\))?(?<settings>(?:\\s+(?:using ${NAME}|with \\([^)]*\\)))*)\\s+as\\s+(?<query>.*)$`,
  'is',
)
const CHECK_OPTION = /\swith (?:(local|cascaded) )?check option\s*$/i

/** What a view selects, under the names of its columns. */
function queryOf(statement: string): string | null {
  const { columns = '', query } = VIEW.exec(statement)?.groups ?? {}
  return query === undefined ? null : `select * from (${query.replace(CHECK_OPTION, '')}) as v ${columns}`
}

/** Whether a view keeps its rows, how, and its options in one order. */
function settingsOf(statement: string): string {
  const { kind, settings = '', query = '' } = VIEW.exec(statement)?.groups ?? {}
  const option = CHECK_OPTION.exec(query)
  const options = [
    ...(/\bwith \((.*)\)/is.exec(settings)?.[1]?.split(',') ?? []),
    ...(option === null ? [] : [`check_option=${option[1] ?? 'cascaded'}`]),
  ].map((one) => one.trim().toLowerCase())
  return JSON.stringify([kind !== undefined, settings.replace(/\bwith \(.*\)/is, '').trim(), options.sort()])
}

/**
 * What stands in a definition beside its expression and its validity, which are compared by themselves, has one form on every
 * server.
 */
function sameDefinition({ planned, found }: TextPair): boolean {
  return withoutExpression(planned) === withoutExpression(found)
}

function withoutExpression(definition: string): string {
  const valid = definition.replace(/ NOT VALID$/, '')
  if (valid.startsWith('CHECK (')) return valid.replace(/^CHECK \(.*\)/s, 'CHECK')
  return valid.startsWith('CREATE ') ? valid.replace(/ WHERE .*$/s, '') : valid
}
