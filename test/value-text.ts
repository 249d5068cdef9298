import type { Column, PlannedColumn, PlannedTable, Table } from '@albackup/core'
import { storedColumns } from '@albackup/core'

/**
 * Text of values as each server itself makes it: another road from the one albackup takes, for comparing value by value.
 * For the types of the sample databases.
 */
export function mssqlTexts(table: Table): string {
  const cells = storedColumns(table).map((column) => mssqlText(column, `[${column.name.replaceAll(']', ']]')}]`))
  return `select ${cells.join(', ')} from [${table.schema}].[${table.name.replaceAll(']', ']]')}]`
}

export function postgresTexts(table: PlannedTable): string {
  const cells = table.columns.map((column) => postgresText(column, quote(column.name)))
  return `select ${cells.join(', ')} from ${quote(table.schema)}.${quote(table.name)}`
}

function mssqlText({ logical }: Column, name: string): string {
  switch (logical.kind) {
    case 'boolean':
      return `cast(cast(${name} as int) as varchar(1))`
    case 'integer':
      return `cast(${name} as varchar(20))`
    case 'decimal':
      return `convert(varchar(50), cast(${name} as decimal(${logical.precision},${logical.scale})))`
    case 'float':
      return `convert(varchar(50), ${name}, 3)`
    case 'timestamp':
      return `convert(varchar(30), ${name}, 121)`
    case 'binary':
      return name
    case 'uuid':
      return `lower(cast(${name} as varchar(36)))`
    case 'text':
      // Text of a code page stays what the server sends; a cast would go through the server's own idea of it.
      return logical.unit === 'utf16' ? `cast(${name} as nvarchar(max))` : name
    default:
      throw new Error(`no text for ${logical.kind}`)
  }
}

function postgresText({ source: { logical } }: PlannedColumn, name: string): string {
  switch (logical.kind) {
    case 'boolean':
      return `${name}::int::text`
    case 'timestamp':
      return `to_char(${name}, 'YYYY-MM-DD HH24:MI:SS.MS')`
    case 'binary':
      return name
    default:
      return `${name}::text`
  }
}

/** Rows in an order that does not depend on the server; floats by the number they stand for. */
export function comparable(rows: readonly (readonly unknown[])[], columns: readonly Column[]): readonly string[] {
  const cell = (value: unknown, { logical }: Column) => {
    if (value === null) return null
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
    if (logical.kind === 'float') return logical.bits === 32 ? Math.fround(Number(value)) : Number(value)
    // One server writes zeros at the end of a fraction for some types and leaves them out for others.
    if (logical.kind === 'timestamp')
      return String(value).replace(/\.(\d*[1-9])?0*$/, (_, digits) => (digits ? `.${digits}` : ''))
    // The catalog's char(n) is padded on both sides, by the one with what the other has cut off in its text.
    return logical.kind === 'text' && logical.fixed ? String(value).trimEnd() : String(value)
  }
  return rows.map((row) => JSON.stringify(columns.map((column, i) => cell(row[i], column)))).sort()
}

/** The rows that only one side has, cut to a length that a person reads. */
export function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const onlyIn = (some: readonly string[], others: readonly string[]) => {
    const known = new Set(others)
    return some.filter((row) => !known.has(row))
  }
  const lines = [...onlyIn(ours, theirs).map((row) => `+ ${row}`), ...onlyIn(theirs, ours).map((row) => `- ${row}`)]
  if (ours.length !== theirs.length) lines.unshift(`${ours.length} rows, not ${theirs.length}`)
  return lines.map((line) => line.slice(0, 400))
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
