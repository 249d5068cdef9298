import { createHash } from 'node:crypto'
import type { Catalog, CatalogViews } from './catalog.ts'
import { byKindAndName, readLeftBehind } from './left-behind.ts'
import { readMaskedColumns } from './masking.ts'
import { variantColumns } from './variant-literal.ts'
import { WATCHED_VIEWS, type WatchedView } from './watched-views.ts'

/**
 * Who asks for what: the catalog shows each login its own part, whatever role or group its rights are from, and a database may be
 * made anew under the same name.
 */
const SESSION = `
select db_name() as [database], suser_sname() as [login], user_name() as [user],
  convert(nvarchar(128), databasepropertyex(db_name(), 'Collation')) as [collation],
  (select convert(varchar(30), d.create_date, 121) from sys.databases d where d.name = db_name()) as [created],
  ${['SELECT', 'VIEW DEFINITION', 'UNMASK', 'CONTROL'].map((right) => `has_perms_by_name(null, 'DATABASE', '${right}') as [${right}]`).join(', ')}`

/** ALTER changes the date of the module; the length tells whether the login may see the text. */
const MODULES = `
select m.object_id as [id], datalength(m.definition) as [length]
from sys.sql_modules m
join sys.objects o on o.object_id = m.object_id
where o.is_ms_shipped = 0
order by m.object_id`

const PROPERTIES = `
select p.class, p.major_id as [major], p.minor_id as [minor], p.name, ${variantColumns('p.value')}
from sys.extended_properties p
order by p.class, p.major_id, p.minor_id, p.name`

/**
 * A digest of all that decides what `reflect` gives this login, except last values of identities and sequences. It is made here, by
 * SHA-256 over the rows of plain queries in a certain order, and not by the server's 32-bit checksums, of which two changes can
 * cancel each other. What is watched of each view, and why that is enough, stands in watched-views.ts.
 */
export async function catalogVersion(catalog: Catalog): Promise<string> {
  const { query, views } = catalog
  const digest = createHash('sha256')
  for (const sql of [SESSION, MODULES, PROPERTIES, ...watchedQueries(views)]) {
    digest.update(JSON.stringify([sql, await query<object>(sql)]))
  }
  // What is left behind has no other sign than that it is there, and a mask none but the right to see through it.
  digest.update(JSON.stringify([byKindAndName(await readLeftBehind(catalog)), await readMaskedColumns(catalog)]))
  return digest.digest('hex')
}

function watchedQueries(views: CatalogViews): readonly string[] {
  return WATCHED_VIEWS.filter(({ view, order }) => order.every((column) => views.has(view, column))).map((watched) =>
    watchedQuery(watched, views),
  )
}

function watchedQuery({ view, order, columns, where }: WatchedView, views: CatalogViews): string {
  const all = [...order, ...columns.filter((column) => views.has(view, column))]
  const selected = all.map((column) =>
    // The driver's dates have no more than milliseconds, and text leaves no question.
    column === 'modify_date' ? `convert(varchar(30), x.${column}, 121) as [${column}]` : `x.${column}`,
  )
  const filter = where === undefined ? '' : `\nwhere ${where}`
  return `
select ${selected.join(', ')}
from sys.${view} x${filter}
order by ${order.map((column) => `x.${column}`).join(', ')}`
}
