import { type ForeignKey, type RIViolation, type SchemaModel, SourceError, type Table } from '@albackup/core'
import { quote } from './quote.ts'
import { sourceError } from './server-errors.ts'

const SAMPLES = 10

type RunQuery = <Row>(sql: string) => Promise<readonly Row[]>

/** Lists the foreign keys of the model that have rows without a parent, also those that are disabled. */
export async function* checkRI(query: RunQuery, model: SchemaModel): AsyncIterable<RIViolation> {
  for (const table of model.tables) {
    for (const key of table.foreignKeys) {
      const violation = await checkKey(query, table, key)
      if (violation !== undefined) yield violation
    }
  }
}

/** Only a count crosses the wire as long as the key holds, and a few keys when it does not. */
async function checkKey(query: RunQuery, table: Table, key: ForeignKey): Promise<RIViolation | undefined> {
  const name = quote(table.schema, table.name)
  try {
    const rows = await countOrphans(query, table, key)
    if (rows === 0) return undefined
    return { table: name, foreignKey: key.name, rows, samples: await sampleOrphans(query, table, key) }
  } catch (error) {
    throw sourceError(`cannot check foreign key ${quote(key.name)} of table ${name}`, error)
  }
}

async function countOrphans(query: RunQuery, table: Table, key: ForeignKey): Promise<number> {
  const counts = await query<{ readonly rows: string | number }>(`select count_big(*) as [rows]${orphans(table, key)}`)
  if (counts[0] === undefined) throw new SourceError('no count was sent')
  return Number(counts[0].rows)
}

async function sampleOrphans(query: RunQuery, table: Table, key: ForeignKey): Promise<readonly string[]> {
  const values = key.columns.map((column, i) => `${asText(table, column)} as [k${i}]`)
  const rows = await query<Readonly<Record<string, string>>>(
    `select distinct top (${SAMPLES}) ${values.join(', ')}${orphans(table, key)} order by ${key.columns.map((_, i) => i + 1).join(', ')}`,
  )
  return rows.map((row) => key.columns.map((_, i) => row[`k${i}`]).join(', '))
}

/** As it is unmistakable: with all digits, and the same whatever the language of the session. */
function asText({ columns }: Table, name: string): string {
  const value = `c.${quote(name)}`
  switch (columns.find((column) => column.name === name)?.logical.kind) {
    case 'binary':
    case 'rowversion':
      return `convert(nvarchar(400), ${value}, 1)`
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamp-offset':
      return `convert(nvarchar(400), ${value}, 121)`
    case 'float':
      return `convert(nvarchar(400), ${value}, 3)`
    default:
      return `convert(nvarchar(400), ${value})`
  }
}

/** The rows whose key is complete, as SQL compares keys, and has no parent. */
function orphans({ schema, name }: Table, key: ForeignKey): string {
  const complete = key.columns.map((column) => `c.${quote(column)} is not null`)
  const pairs = key.columns.map((column, i) => `p.${quote(key.references.columns[i]!)} = c.${quote(column)}`)
  return `
from ${quote(schema, name)} c
where ${complete.join(' and ')}
  and not exists (select 1 from ${quote(key.references.schema, key.references.name)} p where ${pairs.join(' and ')})`
}
