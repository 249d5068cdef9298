import { type Identity, SourceError } from '@albackup/core'
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

/**
 * Seed, increment and last value by the table's full name, which every server answers; the view's own columns are sql_variant, and
 * some servers mix up the last values of tables there. It alone tells, by NULL, that no row has been made yet. Values have up to 38
 * digits, so they come as text.
 */
const IDENTITY_COLUMNS = `
select c.object_id as [tableId], c.column_id as [columnId],
  convert(varchar(40), ident_seed(quotename(s.name) + '.' + quotename(t.name))) as [seed],
  convert(varchar(40), ident_incr(quotename(s.name) + '.' + quotename(t.name))) as [increment],
  case when c.last_value is not null
    then convert(varchar(40), ident_current(quotename(s.name) + '.' + quotename(t.name))) end as [lastValue],
  cast(c.is_not_for_replication as bit) as [notForReplication]
from sys.identity_columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id`

/**
 * The same by names in double quotes: some servers do not find those with a quote in them as QUOTENAME writes them. It is asked only
 * where the first has no answer.
 */
const BY_QUOTED_NAMES = `
select c.object_id as [tableId], c.column_id as [columnId], n.name as [table],
  convert(varchar(40), ident_seed(n.name)) as [seed], convert(varchar(40), ident_incr(n.name)) as [increment],
  case when c.last_value is not null then convert(varchar(40), ident_current(n.name)) end as [lastValue],
  cast(c.is_not_for_replication as bit) as [notForReplication]
from sys.identity_columns c
join (
  select t.object_id, '"' + replace(cast(s.name as nvarchar(128)), '"', '""') + '"."'
    + replace(cast(t.name as nvarchar(128)), '"', '""') + '"' as name
  from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
) n on n.object_id = c.object_id`

export async function readIdentityColumns(catalog: Catalog): Promise<ReadonlyMap<string, Identity>> {
  const rows = await catalog.query<IdentityRow>(IDENTITY_COLUMNS)
  const told = new Map(rows.map((row) => [columnKey(row), row]))
  if (rows.some(isUntold)) await tellOthers(catalog, told)
  return new Map([...told].map(([key, row]) => [key, mapIdentity(row)]))
}

async function tellOthers(catalog: Catalog, told: Map<string, IdentityRow>): Promise<void> {
  for (const row of await catalog.query<IdentityRow & { readonly table: string }>(BY_QUOTED_NAMES)) {
    const known = told.get(columnKey(row))
    if (known === undefined || !isUntold(known)) continue
    if (isUntold(row))
      throw new SourceError(`cannot read the identity of table ${row.table}: the server does not tell its seed`)
    told.set(columnKey(row), row)
  }
}

function isUntold({ seed }: { readonly seed: string | null }): boolean {
  return seed === null
}

export function mapIdentity({ seed, increment, lastValue, notForReplication }: IdentityRow): Identity {
  return { seed, increment, lastValue, ...nativeFacts({ notForReplication }) }
}
