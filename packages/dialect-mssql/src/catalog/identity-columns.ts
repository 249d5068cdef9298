import type { Identity } from '@albackup/core'
import type { Catalog } from './catalog.ts'
import { columnKey } from './column-key.ts'
import { nativeFacts } from './lists.ts'

export interface IdentityRow {
  readonly tableId: number
  readonly columnId: number
  readonly seed: string
  readonly increment: string
  readonly lastValue: string | null
  readonly notForReplication: boolean
}

/** The values are sql_variant of the column's type: up to 38 digits, so they come as text. */
const IDENTITY_COLUMNS = `
select c.object_id as [tableId], c.column_id as [columnId],
  convert(varchar(40), c.seed_value) as [seed], convert(varchar(40), c.increment_value) as [increment],
  convert(varchar(40), c.last_value) as [lastValue], cast(c.is_not_for_replication as bit) as [notForReplication]
from sys.identity_columns c
join sys.tables t on t.object_id = c.object_id`

export async function readIdentityColumns(catalog: Catalog): Promise<ReadonlyMap<string, Identity>> {
  const rows = await catalog.query<IdentityRow>(IDENTITY_COLUMNS)
  return new Map(rows.map((row) => [columnKey(row), mapIdentity(row)]))
}

export function mapIdentity({ seed, increment, lastValue, notForReplication }: IdentityRow): Identity {
  return { seed, increment, lastValue, ...nativeFacts({ notForReplication }) }
}
