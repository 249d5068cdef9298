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

export async function query(connectionString: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows, fields } = await client.query({ text: sql, rowMode: 'array' })
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
