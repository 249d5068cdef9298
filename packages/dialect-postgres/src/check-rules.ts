import type { CheckRule, RuleViolation, Table, TableRule, UniqueRule } from '@albackup/core'
import type { ClientBase } from 'pg'
import { isAboutStatement } from './create-schema.ts'
import { fullName, ownRows } from './ddl.ts'
import { textFact } from './native-facts.ts'
import { oneStatement } from './one-statement.ts'
import { quote } from './quote.ts'
import { targetError } from './server-errors.ts'

const MOST_SAMPLES = 10

interface Found {
  readonly rows: string
  readonly sample: string
}

/**
 * How rows of the target break keys and checks. The condition of a check is that of the target's own catalog; it may call functions,
 * so nothing can be written meanwhile.
 */
export async function checkRules(
  client: ClientBase,
  rules: readonly TableRule[],
): Promise<readonly (RuleViolation | null)[]> {
  const violations: (RuleViolation | null)[] = []
  for (const rule of rules) {
    const sql = queryOf(rule)
    violations.push(sql === null ? null : await ask(client, sql, rule.table))
  }
  return violations
}

async function ask(client: ClientBase, sql: string, table: Table): Promise<RuleViolation | null> {
  await client.query('begin transaction read only')
  try {
    const { rows } = await client.query<Found>(oneStatement(sql))
    const [first] = rows
    if (first === undefined || first.rows === '0') return null
    const samples = rows.map(({ sample }) => sample).filter((sample) => sample !== '')
    return { rows: Number(first.rows), samples }
  } catch (error) {
    if (isAboutStatement(error)) return null
    throw targetError(error, `check the rows of ${fullName(table)}`)
  } finally {
    await client.query('rollback')
  }
}

function queryOf(rule: TableRule): string | null {
  return rule.kind === 'unique' ? repeatedKeys(rule) : falseRows(rule)
}

/** null where a key is of more than columns. */
function repeatedKeys({ table, key }: UniqueRule): string | null {
  const names = key.columns.map(({ name }) => name)
  if (names.some((name) => !table.columns.some((column) => column.name === name))) return null
  const columns = names.map((name) => quote(name))
  const conditions = [
    ...(nullsAreEqual(key.native) ? [] : columns.map((column) => `${column} is not null`)),
    ...('filter' in key && key.filter !== undefined ? [`(${key.filter.native})`] : []),
  ]
  const keys = names.map((_, i) => `key_${i}`)
  return `
    select (sum(found - 1) over ())::text as rows, concat_ws(', ', ${keys.join(', ')}) as sample
    from (
      select ${columns.map((column, i) => `${column} as key_${i}`).join(', ')}, count(*) as found
      from ${ownRows(table, table.native)}${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`}
      group by ${columns.join(', ')} having count(*) > 1
    ) as repeated order by ${keys.join(', ')} limit ${MOST_SAMPLES}`
}

function nullsAreEqual(native: Table['native']): boolean {
  return native?.nullsNotDistinct === true || /\bnulls not distinct\b/i.test(textFact(native, 'definition') ?? '')
}

function falseRows({ table, check }: CheckRule): string {
  const keys = (table.primaryKey?.columns ?? []).map(({ name }) => quote(name))
  const sample = keys.length === 0 ? `''` : `concat_ws(', ', ${keys.join(', ')})`
  const order = keys.length === 0 ? '' : ` order by ${keys.join(', ')}`
  return `
    select (count(*) over ())::text as rows, ${sample} as sample
    from ${fullName(table)} where not (${check.expression.native})${order} limit ${MOST_SAMPLES}`
}
