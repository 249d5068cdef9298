import type { LeftBehind, NativeObject } from '@albackup/core'
import { quote } from '../quote.ts'
import { type Carried, NOTHING } from './carried.ts'
import type { Catalog } from './catalog.ts'
import { byName } from './lists.ts'

export interface PartitionSchemeRow {
  readonly name: string
  readonly partitionFunction: string
  /** How many of its partitions are in a filegroup other than PRIMARY. */
  readonly elsewhere: number
}

/** Filegroup 1 is PRIMARY. */
function schemes(hasDestinations: boolean): string {
  const elsewhere = hasDestinations
    ? `(select count(*) from sys.destination_data_spaces d where d.partition_scheme_id = s.data_space_id and d.data_space_id <> 1)`
    : '0'
  return `
select cast(s.name as nvarchar(128)) as [name], cast(f.name as nvarchar(128)) as [partitionFunction], ${elsewhere} as [elsewhere]
from sys.partition_schemes s join sys.partition_functions f on f.function_id = s.function_id`
}

/** Filegroups belong to the server's disks: every partition is made in PRIMARY. */
export async function readPartitionSchemes({ query, views }: Catalog): Promise<Carried> {
  if (!views.has('partition_schemes', 'function_id')) return NOTHING
  const rows = byName(
    await query<PartitionSchemeRow>(schemes(views.has('destination_data_spaces', 'partition_scheme_id'))),
  )
  return { objects: rows.map(mapPartitionScheme), leftBehind: rows.flatMap(lostFilegroups) }
}

export function mapPartitionScheme(row: PartitionSchemeRow): NativeObject {
  const name = quote(row.name)
  return {
    kind: 'partition scheme',
    name,
    statements: [`create partition scheme ${name} as partition ${quote(row.partitionFunction)} all to ([PRIMARY])`],
    stage: 'before tables',
    drop: `drop partition scheme ${name}`,
  }
}

function lostFilegroups({ name, elsewhere }: PartitionSchemeRow): readonly LeftBehind[] {
  if (elsewhere === 0) return []
  const reason = `${elsewhere} of its partitions are in other filegroups than PRIMARY, which is where a restore makes them all`
  return [{ kind: 'filegroups of a partition scheme', name: quote(name), reason }]
}
