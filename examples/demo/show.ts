import { styleText } from 'node:util'
import pg from 'pg'

export function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export function heading(number: number, text: string): void {
  say()
  say(styleText('bold', `${number}. ${text}`))
  say()
}

export function command(text: string): void {
  say(styleText('cyan', `$ ${text}`))
}

export function indented(text: string): void {
  for (const line of text.trimEnd().split('\n')) say(`  ${line}`)
}

/** The tables of a database with their rows counted, biggest first. */
export async function countRows(connectionString: string): Promise<readonly { table: string; rows: number }[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ table: string }>(
      `select format('%I.%I', schemaname, tablename) as table from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    )
    const counted: { table: string; rows: number }[] = []
    for (const { table } of rows) {
      const result = await client.query<{ count: string }>(`select count(*) from ${table}`)
      counted.push({ table, rows: Number(result.rows[0]?.count) })
    }
    return counted.sort((one, other) => other.rows - one.rows)
  } finally {
    await client.end()
  }
}

/** A select of columns from a table; names are found whatever their case, since not every server keeps it. */
export async function selectStatement(
  connectionString: string,
  table: string,
  columns: readonly string[],
): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ sql: string }>(
      `select format('select %s from %I.%I order by 1',
         string_agg(format('%I', column_name), ', ' order by array_position($2::text[], lower(column_name))), table_schema, table_name) as sql
       from information_schema.columns where lower(table_name) = $1 and lower(column_name) = any ($2::text[])
       group by table_schema, table_name`,
      [table, columns],
    )
    const [found] = rows
    if (found === undefined) throw new Error(`there is no table "${table}"`)
    return found.sql
  } finally {
    await client.end()
  }
}

/** The server's own text of each value. */
const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig

export async function query(connectionString: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows, fields } = await client.query({ text: sql, rowMode: 'array', types: AS_TEXT })
    return table([
      fields.map((field) => field.name),
      ...rows.map((row) => row.map((cell) => (cell === null ? '∅' : String(cell)))),
    ])
  } finally {
    await client.end()
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
