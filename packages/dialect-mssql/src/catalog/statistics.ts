import type { NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { allCarried, type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { compareText, groupBy } from './lists.ts'

export interface StatisticsColumnRow {
  readonly tableId: number
  readonly statisticsId: number
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly filter: string | null
  readonly noRecompute: boolean
  readonly isIncremental: boolean
  readonly column: string
}

/** Those that a user made; the server makes its own again, and those of an index come with it. */
function statistics(incremental: string): string {
  return `
select st.object_id as [tableId], st.stats_id as [statisticsId], cast(s.name as nvarchar(128)) as [schema],
  cast(t.name as nvarchar(128)) as [table], cast(st.name as nvarchar(128)) as [name], st.filter_definition as [filter],
  cast(st.no_recompute as bit) as [noRecompute], ${incremental} as [isIncremental], cast(c.name as nvarchar(128)) as [column]
from sys.stats st
join sys.tables t on t.object_id = st.object_id
join sys.schemas s on s.schema_id = t.schema_id
join sys.stats_columns k on k.object_id = st.object_id and k.stats_id = st.stats_id
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where t.is_ms_shipped = 0 and st.user_created = 1
order by st.object_id, st.stats_id, k.stats_column_id`
}

export async function readStatistics({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('stats_columns', 'stats_column_id')) return NOTHING
  const rows = await query<StatisticsColumnRow>(statistics(views.flag('stats', 'st', 'is_incremental')))
  const objects = groupByStatistics(rows).map(mapStatistics)
  return allCarried([...objects].sort((one, other) => compareText(one.name, other.name)))
}

function groupByStatistics(rows: readonly StatisticsColumnRow[]): readonly (readonly StatisticsColumnRow[])[] {
  const tables = groupBy(
    rows,
    (row) => row.tableId,
    (row) => row,
  )
  return [...tables.values()].flatMap((own) => {
    const groups = groupBy(
      own,
      (row) => row.statisticsId,
      (row) => row,
    )
    return [...groups.values()]
  })
}

/** `rows`: one for each column, in order. */
export function mapStatistics(rows: readonly StatisticsColumnRow[]): NativeObject {
  const { schema, table, name, filter, noRecompute, isIncremental } = rows[0]!
  const options = [...(noRecompute ? ['norecompute'] : []), ...(isIncremental ? ['incremental = on'] : [])]
  const columns = rows.map(({ column }) => quote(column)).join(', ')
  return {
    kind: 'statistics',
    name: quote(schema, table, name),
    statements: [
      `create statistics ${quote(name)} on ${quote(schema, table)} (${columns})` +
        (filter === null ? '' : ` where ${filter}`) +
        (options.length === 0 ? '' : ` with ${options.join(', ')}`),
    ],
    stage: 'with keys',
    table: { schema, name: table },
  }
}
