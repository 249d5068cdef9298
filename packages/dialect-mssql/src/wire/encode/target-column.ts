import { type LogicalType, type PlannedColumn, type PlannedTable, TargetError } from '@albackup/core'
import { Request } from 'tedious'
import { columnOf, mapType, TYPE_JOINS, type TypeRow, typeColumns } from '../../catalog/column-type.ts'
import { quote, quoteText } from '../../quote.ts'
import type { ReadingConnection } from '../reading-connection.ts'
import type { TypeInfo } from '../type-info.ts'
import { sentType } from './sent-type.ts'

/** A column of the table that is loaded. */
export interface TargetColumn {
  readonly name: string
  /** Its type in the statement of a bulk load, and its collation. */
  readonly declaration: string
  /** As its values are sent. */
  readonly type: TypeInfo
  /** As its values are read back. */
  readonly logical: LogicalType
  readonly nullable: boolean
  readonly identity: boolean
  /** The server makes its values by itself and takes none. */
  readonly generated: boolean
  readonly isXml: boolean
}

interface ColumnRow extends TypeRow {
  readonly name: string
  readonly nullable: boolean
  readonly identity: boolean
  readonly generated: boolean
}

export type Query = <Row>(sql: string) => Promise<readonly Row[]>

/** The columns that the plan makes, as the server has them now. Throws a TargetError when one is not there. */
export async function readTargetColumns(
  table: PlannedTable,
  connection: ReadingConnection,
  query: Query,
): Promise<ReadonlyMap<PlannedColumn, TargetColumn>> {
  const rows = await query<ColumnRow>(columnsQuery(table))
  const made = table.columns.filter(({ omitted }) => !omitted)
  const columns = made.map(({ name }) => findRow(rows, name, table))
  const collations = columns.some(({ collation }) => collation !== null)
    ? await readCollations(connection, table, made)
    : columns.map(() => null)
  return new Map(made.map((planned, i) => [planned, targetColumn(columns[i]!, collations[i]!, table)]))
}

/** Not every server finds an odd name by object_id, nor a very long one by itself. */
function columnsQuery({ schema, name }: PlannedTable): string {
  return `select cast(c.name as nvarchar(128)) as [name], c.collation_name as [collation], cast(c.is_nullable as bit) as [nullable],
  cast(c.is_identity as bit) as [identity],
  cast(case when c.is_computed = 1 or c.generated_always_type <> 0 or lower(t.name) = 'timestamp' then 1 else 0 end as bit) as [generated],
  ${typeColumns('c')}
from sys.columns c
join sys.types t on t.user_type_id = c.user_type_id${TYPE_JOINS}
where c.object_id = coalesce(object_id(${quoteText(quote(schema, name))}), (select o.object_id from sys.tables o
  join sys.schemas s on s.schema_id = o.schema_id where s.name = ${quoteText(schema)} and o.name = ${quoteText(name)}))`
}

/** Servers differ in whether they keep the case of names. */
function findRow(rows: readonly ColumnRow[], name: string, table: PlannedTable): ColumnRow {
  const row = rows.find((one) => one.name === name) ?? rows.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (row !== undefined) return row
  throw new TargetError(`it has no column ${quote(name)}`, { hint: `Was ${quote(table.schema, table.name)} changed?` })
}

/** The 5 bytes of each column's collation, null for other types: no catalog tells them, the metadata of a result does. */
function readCollations(
  connection: ReadingConnection,
  table: PlannedTable,
  made: readonly PlannedColumn[],
): Promise<readonly (Buffer | null)[]> {
  const list = made.map(({ name }, i) => `${quote(name)} as c${i}`).join(', ')
  return new Promise((resolve, reject) => {
    let collations: readonly (Buffer | null)[] = []
    const request = new Request(`select top 0 ${list} from ${quote(table.schema, table.name)}`, (error) =>
      error ? reject(error) : resolve(collations),
    )
    request.on('columnMetadata', (columns) => {
      collations = Object.values(columns).map(({ collation }) => collation?.toBuffer() ?? null)
    })
    connection.execSqlBatch(request)
  })
}

function targetColumn(row: ColumnRow, collation: Buffer | null, table: PlannedTable): TargetColumn {
  const { native, logical } = mapType(row, columnOf(table.schema, table.name, row.name))
  const word = /^[a-z0-9_]+/.exec(native.declaration)?.[0] ?? 'clr'
  const { maxLength, precision, scale, name, nullable, identity, generated } = row
  const type = sentType({ type: word, maxLength, precision, scale }, collation)
  const sentAs = SENT_AS.get(word) ?? native.declaration
  return {
    name,
    declaration: row.collation === null || type.collation === null ? sentAs : `${sentAs} collate ${row.collation}`,
    type,
    logical,
    nullable,
    identity,
    generated,
    isXml: word === 'xml',
  }
}

/** What sent-type.ts sends as another type than the column has. */
const SENT_AS: ReadonlyMap<string, string> = new Map([
  ['text', 'varchar(max)'],
  ['ntext', 'nvarchar(max)'],
  ['image', 'varbinary(max)'],
  ['xml', 'nvarchar(max)'],
  ['json', 'nvarchar(max)'],
  ['vector', 'nvarchar(max)'],
  ['hierarchyid', 'varbinary(max)'],
  ['geometry', 'varbinary(max)'],
  ['geography', 'varbinary(max)'],
  ['clr', 'varbinary(max)'],
])
