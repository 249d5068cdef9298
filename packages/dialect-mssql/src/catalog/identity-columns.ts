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

/** What a server tells of a table by its name: the value that it gave out last, or the seed where it has given out none. */
interface ToldRow extends Pick<IdentityRow, 'tableId' | 'columnId'> {
  readonly seed: string | null
  readonly increment: string | null
  readonly current: string | null
}

interface UsedRow extends Pick<IdentityRow, 'tableId' | 'notForReplication'> {
  readonly isUsed: boolean
}

/**
 * Seed, increment and last value by the table's full name, which every server answers. Values have up to 38 digits, so they come as
 * text. Not from the view of identities, which on some servers has a row for each two of them whose columns have one name.
 */
const IDENTITY_COLUMNS = `
select c.object_id as [tableId], c.column_id as [columnId],
  convert(varchar(40), ident_seed(quotename(s.name) + '.' + quotename(t.name))) as [seed],
  convert(varchar(40), ident_incr(quotename(s.name) + '.' + quotename(t.name))) as [increment],
  convert(varchar(40), ident_current(quotename(s.name) + '.' + quotename(t.name))) as [current]
from sys.columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id
where c.is_identity = 1`

/**
 * The same by names in double quotes: some servers do not find those with a quote in them as QUOTENAME writes them. It is asked only
 * where the first has no answer.
 */
const BY_QUOTED_NAMES = `
select c.object_id as [tableId], c.column_id as [columnId], n.name as [table],
  convert(varchar(40), ident_seed(n.name)) as [seed], convert(varchar(40), ident_incr(n.name)) as [increment],
  convert(varchar(40), ident_current(n.name)) as [current]
from sys.columns c
join (
  select t.object_id, '"' + replace(cast(s.name as nvarchar(128)), '"', '""') + '"."'
    + replace(cast(t.name as nvarchar(128)), '"', '""') + '"' as name
  from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
) n on n.object_id = c.object_id
where c.is_identity = 1`

/** This view alone tells, by NULL, that no row has been made yet. */
const USED = `
select distinct c.object_id as [tableId], cast(c.is_not_for_replication as bit) as [notForReplication],
  cast(case when c.last_value is null then 0 else 1 end as bit) as [isUsed]
from sys.identity_columns c`

export async function readIdentityColumns(catalog: Catalog): Promise<ReadonlyMap<string, Identity>> {
  const rows = await catalog.query<ToldRow>(IDENTITY_COLUMNS)
  if (rows.length === 0) return new Map()
  const told = new Map(rows.map((row) => [columnKey(row), row]))
  if (rows.some(isUntold)) await tellOthers(catalog, told)
  const used = await catalog.query<UsedRow>(USED)
  const [lasting, local] = [tablesOf(used, 'isUsed'), tablesOf(used, 'notForReplication')]
  return new Map(
    [...told].map(([key, { tableId, columnId, seed, increment, current }]) => [
      key,
      mapIdentity({
        ...{ tableId, columnId, seed: seed!, increment: increment! },
        lastValue: lasting.has(tableId) ? current : null,
        notForReplication: local.has(tableId),
      }),
    ]),
  )
}

/** A table has at most one identity. */
function tablesOf(rows: readonly UsedRow[], flag: 'isUsed' | 'notForReplication'): ReadonlySet<number> {
  return new Set(rows.filter((row) => row[flag]).map(({ tableId }) => tableId))
}

async function tellOthers(catalog: Catalog, told: Map<string, ToldRow>): Promise<void> {
  for (const row of await catalog.query<ToldRow & { readonly table: string }>(BY_QUOTED_NAMES)) {
    const known = told.get(columnKey(row))
    if (known === undefined || !isUntold(known)) continue
    if (isUntold(row))
      throw new SourceError(`cannot read the identity of table ${row.table}: the server does not tell its seed`)
    told.set(columnKey(row), row)
  }
}

function isUntold({ seed }: ToldRow): boolean {
  return seed === null
}

export function mapIdentity({ seed, increment, lastValue, notForReplication }: IdentityRow): Identity {
  return { seed, increment, lastValue, ...nativeFacts({ notForReplication }) }
}
