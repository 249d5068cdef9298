import type { MssqlSession } from '@albackup/testkit/mssql-server'
import type pg from 'pg'
import { comparable } from './both-servers.ts'
import { VIEW_TABLES } from './view-tables.ts'

/** Makes the tables of the views' tests with their rows. */
export async function fillMssqlTables(session: MssqlSession): Promise<void> {
  await session.query('create schema [sales]')
  for (const [fullName, { columns, rows }] of Object.entries(VIEW_TABLES)) {
    const table = bracketed(fullName)
    const declarations = Object.entries(columns).map(([name, { mssql }]) => `[${name}] ${mssql} null`)
    await session.query(`create table ${table} (${declarations.join(', ')})`)
    for (const row of rows) await session.query(`insert into ${table} values (${row.join(', ')})`)
  }
}

function bracketed(fullName: string): string {
  return fullName.replace(/^(.*?)\.(.*)$/, '[$1].[$2]')
}

/** Adds the rows to the tables that a plan has made. */
export async function fillPostgresTables(client: pg.Client): Promise<void> {
  for (const [fullName, { columns, rows }] of Object.entries(VIEW_TABLES)) {
    const table = fullName.replace(/^(.*?)\.(.*)$/, '"$1"."$2"')
    const kinds = Object.values(columns).map(({ logical }) => logical.kind)
    for (const row of rows) {
      const values = row.flatMap((literal, place) => postgresLiterals(literal, kinds[place]!))
      await client.query(`insert into ${table} values (${values.join(', ')})`)
    }
  }
}

/** A timestamp with an offset takes two columns. */
function postgresLiterals(literal: string, kind: string): readonly string[] {
  if (kind === 'timestamp-offset') return [literal, String(offsetOf(literal))]
  if (literal === 'null') return [literal]
  if (kind === 'boolean') return [literal === '1' ? 'true' : 'false']
  return [kind === 'binary' ? `'\\x${literal.slice(2)}'` : literal.replace(/^N/, '')]
}

function offsetOf(literal: string): number | null {
  const [, sign, hours, minutes] = /([-+])(\d\d):(\d\d)'$/.exec(literal) ?? []
  return sign === undefined ? null : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes))
}

/** Rows as texts in an order that says nothing: equal for the same rows. `fold`: which of equal texts is shown does not matter. */
export function asMultiset(rows: readonly (readonly unknown[])[], fold: boolean): readonly string[] {
  const cell = (value: unknown) => {
    const known = comparable(value)
    return fold && typeof known === 'string' ? known.toLowerCase().trimEnd() : known
  }
  return rows.map((row) => JSON.stringify(row.map(cell))).sort()
}
