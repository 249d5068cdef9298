import type { Sequence } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'
import { mapType, TYPE_JOINS, type TypeRow, typeColumns } from './column-type.ts'
import type { Comments } from './comments.ts'
import { byQualifiedName } from './lists.ts'

export interface SequenceRow extends TypeRow {
  readonly id: number
  readonly schema: string
  readonly name: string
  readonly start: string
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
  readonly isCycling: boolean
  readonly isCached: boolean
  readonly cacheSize: number | null
  readonly currentValue: string
  /** Undefined where the server does not tell: then the current value decides. */
  readonly lastUsedValue?: string | null
}

/** The type's own row has the greatest measures of a decimal; a sequence has its own precision, and no digits behind the point. */
const TYPE_COLUMNS = typeColumns('t').replaceAll('t.precision', 'q.precision').replaceAll('t.scale', '0')

/** Sequences of decimal types have up to 38 digits, so all values come as text. */
export async function readSequences(catalog: Catalog, comments: Comments): Promise<readonly Sequence[]> {
  const { views } = catalog
  const value = (column: string) => `convert(varchar(40), q.${column})`
  const lastUsed = views.has('sequences', 'last_used_value') ? `, ${value('last_used_value')} as [lastUsedValue]` : ''
  const rows = await catalog.query<SequenceRow>(`
select q.object_id as [id], cast(s.name as nvarchar(128)) as [schema],
  cast(q.name as nvarchar(128)) as [name], ${TYPE_COLUMNS},
  cast(null as nvarchar(128)) as [collation], ${value('start_value')} as [start], ${value('increment')} as [increment],
  ${value('minimum_value')} as [minimum], ${value('maximum_value')} as [maximum],
  cast(q.is_cycling as bit) as [isCycling], cast(q.is_cached as bit) as [isCached], cast(q.cache_size as int) as [cacheSize],
  ${value('current_value')} as [currentValue]${lastUsed}
from sys.sequences q
join sys.schemas s on s.schema_id = q.schema_id
join sys.types t on t.user_type_id = q.user_type_id${TYPE_JOINS}
where q.is_ms_shipped = 0`)
  return byQualifiedName(rows.map((row) => mapSequence(row, comments)))
}

export function mapSequence(row: SequenceRow, comments: Comments): Sequence {
  return {
    schema: row.schema,
    name: row.name,
    ...mapType(row, `sequence ${quote(row.schema, row.name)}`),
    start: row.start,
    increment: row.increment,
    minimum: row.minimum,
    maximum: row.maximum,
    cycle: row.isCycling,
    cache: row.isCached ? row.cacheSize : 0,
    lastValue: lastValue(row),
    ...comments.object(row.id),
  }
}

/** Without last_used_value, a current value that is the start may or may not have been given out: then it counts as used. */
function lastValue(row: SequenceRow): string | null {
  return row.lastUsedValue === undefined ? row.currentValue : row.lastUsedValue
}
