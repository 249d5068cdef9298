import type { MissingRight } from '@albackup/core'
import type { Catalog } from './catalog/catalog.ts'
import { readMaskedColumns } from './catalog/masking.ts'
import { quote } from './quote.ts'
import { toRead, toReadWhatIsDenied } from './select-rights.ts'

interface RightsRow {
  readonly user: string
  readonly database: string
  /** Of has_perms_by_name: 1, 0, or null where the server does not know the permission. */
  readonly select: number | null
  readonly viewDefinition: number | null
  readonly viewState: number | null
  readonly dependencies: number | null
  /** Of sys.databases: 1 when snapshots of rows are allowed. */
  readonly snapshots: number
}

const RIGHTS = `
select user_name() as [user], db_name() as [database], has_perms_by_name(null, 'DATABASE', 'SELECT') as [select],
  has_perms_by_name(null, 'DATABASE', 'VIEW DEFINITION') as [viewDefinition],
  has_perms_by_name(null, 'DATABASE', 'VIEW DATABASE STATE') as [viewState],
  has_perms_by_name('sys.sql_expression_dependencies', 'OBJECT', 'SELECT') as [dependencies],
  (select cast(d.snapshot_isolation_state as int) from sys.databases d where d.name = db_name()) as [snapshots]`

/** What the login lacks to read every table, and all that is in the catalog, of one point in time. Changes nothing. */
export async function missingSourceRights(catalog: Catalog): Promise<readonly MissingRight[]> {
  const [row] = await catalog.query<RightsRow>(RIGHTS)
  if (row === undefined) return []
  return [
    ...(row.select === 1 ? [] : await toRead(catalog, row)),
    ...(await toReadWhatIsDenied(catalog)),
    ...toSeeDefinitions(row),
    ...(await toUnmask(catalog, row)),
    ...toOrderModules(row),
    ...toEstimate(row),
    ...toReadOnePointInTime(row),
  ]
}

function toSeeDefinitions({ viewDefinition, user, database }: RightsRow): readonly MissingRight[] {
  if (viewDefinition !== 0) return []
  return [
    {
      right: `VIEW DEFINITION on database ${quote(database)}`,
      severity: 'needed',
      consequence: 'Objects and definitions that the login may not see are missing from the backup.',
      grant: `grant view definition to ${quote(user)}`,
    },
  ]
}

async function toUnmask(catalog: Catalog, { user, database }: RightsRow): Promise<readonly MissingRight[]> {
  const masked = await readMaskedColumns(catalog)
  if (masked.length === 0) return []
  const names = masked.slice(0, 3).map(({ schema, table, column }) => quote(schema, table, column))
  const more = masked.length > 3 ? ` and ${masked.length - 3} more` : ''
  return [
    {
      right: `UNMASK on database ${quote(database)}`,
      severity: 'needed',
      consequence: `The server would send made-up values of ${names.join(', ')}${more}, so a dump of their tables is refused.`,
      grant: `grant unmask to ${quote(user)}`,
    },
  ]
}

function toOrderModules({ dependencies, user }: RightsRow): readonly MissingRight[] {
  if (dependencies !== 0) return []
  return [
    {
      right: 'SELECT on sys.sql_expression_dependencies',
      severity: 'advised',
      consequence:
        'Views, procedures and functions are in the order in which their texts mention one another; a restore tries them until all are made.',
      grant: `grant select on sys.sql_expression_dependencies to ${quote(user)}`,
    },
  ]
}

function toEstimate({ viewState, user, database }: RightsRow): readonly MissingRight[] {
  if (viewState !== 0) return []
  return [
    {
      right: `VIEW DATABASE STATE on database ${quote(database)}`,
      severity: 'advised',
      consequence: 'The sizes of tables are guessed from their rows, so progress and order are less exact.',
      grant: `grant view database state to ${quote(user)}`,
    },
  ]
}

function toReadOnePointInTime({ snapshots, database }: RightsRow): readonly MissingRight[] {
  if (snapshots === 1) return []
  return [
    {
      right: `ALLOW_SNAPSHOT_ISOLATION of database ${quote(database)}`,
      severity: 'advised',
      consequence: 'The tables are read one after another, and not as they are at one point in time.',
      grant: `alter database ${quote(database)} set allow_snapshot_isolation on`,
    },
  ]
}
