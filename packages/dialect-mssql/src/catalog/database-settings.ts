import type { LeftBehind } from '@albackup/core'
import { quote } from '../quote.ts'
import type { Catalog } from './catalog.ts'

/** A setting of ALTER DATABASE, by its column in sys.databases. */
interface Setting {
  readonly column: string
  /** The value a new database has. */
  readonly ordinary: number
  /** What follows SET for each value that is out of the ordinary. */
  readonly words: (value: number) => string
}

interface SettingsRow {
  readonly database: string
  readonly [column: string]: number | string | null
}

const SETTINGS: readonly Setting[] = [
  on('is_read_committed_snapshot_on', 'READ_COMMITTED_SNAPSHOT'),
  on('snapshot_isolation_state', 'ALLOW_SNAPSHOT_ISOLATION'),
  on('is_memory_optimized_elevate_to_snapshot_on', 'MEMORY_OPTIMIZED_ELEVATE_TO_SNAPSHOT ='),
  on('is_recursive_triggers_on', 'RECURSIVE_TRIGGERS'),
  on('is_trustworthy_on', 'TRUSTWORTHY'),
  on('is_db_chaining_on', 'DB_CHAINING'),
  on('is_date_correlation_on', 'DATE_CORRELATION_OPTIMIZATION'),
  on('is_ansi_null_default_on', 'ANSI_NULL_DEFAULT'),
  on('is_encrypted', 'ENCRYPTION'),
  { column: 'is_parameterization_forced', ordinary: 0, words: () => 'PARAMETERIZATION FORCED' },
  { column: 'containment', ordinary: 0, words: () => 'CONTAINMENT = PARTIAL' },
  {
    column: 'delayed_durability',
    ordinary: 0,
    words: (value) => `DELAYED_DURABILITY = ${value === 2 ? 'FORCED' : 'ALLOWED'}`,
  },
]

/** Settings that change what statements do, where a new database has others. */
export async function readDatabaseSettings({ query, views }: Catalog): Promise<readonly LeftBehind[]> {
  const known = SETTINGS.filter(({ column }) => views.has('databases', column))
  if (known.length === 0) return []
  const columns = known.map(({ column }) => `cast(d.${column} as int) as [${column}]`)
  const [row] = await query<SettingsRow>(`
select cast(d.name as nvarchar(128)) as [database], ${columns.join(', ')}
from sys.databases d where d.name = db_name()`)
  if (row === undefined) return []
  const set = known.flatMap(({ column, ordinary, words }) => {
    const value = Number(row[column] ?? ordinary)
    return value === ordinary ? [] : [words(value)]
  })
  if (set.length === 0) return []
  const reason = `a restore does not make them; an administrator does with ALTER DATABASE … SET ${set.join(', ')}`
  return [{ kind: 'database settings', name: quote(row.database), reason }]
}

function on(column: string, word: string): Setting {
  return { column, ordinary: 0, words: () => `${word} ON` }
}
