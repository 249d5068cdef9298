import type { CheckRule, Index, Key, RuleViolation, Table, TableRule, UniqueRule } from '@albackup/core'
import { quote } from './quote.ts'
import { isAboutStatement, targetError } from './server-errors.ts'

const MOST_SAMPLES = 10

type RunQuery = <Row>(sql: string) => Promise<readonly Row[]>

type Found = Readonly<Record<string, string | number | null>> & { readonly rows: string | number }

/** How rows of the target break keys and checks. The condition of a check is that of the target's own catalog. */
export async function checkRules(
  query: RunQuery,
  rules: readonly TableRule[],
): Promise<readonly (RuleViolation | null)[]> {
  const violations: (RuleViolation | null)[] = []
  for (const rule of rules) {
    const sql = rule.kind === 'unique' ? repeatedKeys(rule) : falseRows(rule)
    violations.push(sql === null ? null : await ask(query, sql, rule.table))
  }
  return violations
}

async function ask(query: RunQuery, sql: string, { schema, name }: Table): Promise<RuleViolation | null> {
  try {
    const found = await query<Found>(sql)
    const [first] = found
    if (first === undefined) return null
    const samples = found.map(({ rows: _, ...keys }) => Object.values(keys).map(String).join(', '))
    return { rows: Number(first.rows), samples: samples.filter((sample) => sample !== '') }
  } catch (error) {
    if (isAboutStatement(error)) return null
    throw targetError(`cannot check the rows of table ${quote(schema, name)}`, error)
  }
}

/** NULLs are equal here, as in a key of SQL Server. null where the filter is more than which columns are not NULL. */
function repeatedKeys({ table, key }: UniqueRule): string | null {
  const where = filterOf(key)
  if (where === null) return null
  const columns = key.columns.map(({ name }) => quote(name))
  const values = columns.map((column, i) => `convert(nvarchar(400), ${column}) as [k${i}]`)
  const list = columns.join(', ')
  return `
select top (${MOST_SAMPLES}) cast(sum(count_big(*) - 1) over () as bigint) as [rows], ${values.join(', ')}
from ${quote(table.schema, table.name)}${where}
group by ${list} having count_big(*) > 1
order by ${list}`
}

const NOT_NULL = /^(?:\[(?:[^\]]|\]\])+\]|"(?:[^"]|"")+") is not null(?: and (?=.)|$)/i

function filterOf(key: Key | Index): string | null {
  const filter = 'filter' in key ? key.filter?.native : undefined
  if (filter === undefined) return ''
  for (let rest = filter; rest !== ''; ) {
    const [part] = NOT_NULL.exec(rest) ?? []
    if (part === undefined) return null
    rest = rest.slice(part.length)
  }
  return ` where ${filter}`
}

function falseRows({ table, check }: CheckRule): string {
  const keys = (table.primaryKey?.columns ?? []).map(({ name }) => quote(name))
  const values = keys.map((column, i) => `, convert(nvarchar(400), ${column}) as [k${i}]`)
  const order = keys.length === 0 ? '' : `\norder by ${keys.join(', ')}`
  return `
select top (${MOST_SAMPLES}) count_big(*) over () as [rows]${values.join('')}
from ${quote(table.schema, table.name)} where not (${check.expression.native})${order}`
}
