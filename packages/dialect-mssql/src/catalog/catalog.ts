/**
 * The catalog of one database: runs queries over it, and knows which optional parts this server has. Queries select names as
 * `cast(t.name as nvarchar(128))`: a server may send sysname itself in a code page that cannot say every name.
 */
export interface Catalog {
  query<Row>(sql: string): Promise<readonly Row[]>
  readonly views: CatalogViews
}

/**
 * The system views and their columns that only some servers have. Versions, Azure SQL and look-alikes differ, so a query asks for what
 * is there instead of concluding it from a version.
 */
export class CatalogViews {
  private readonly columns: ReadonlySet<string>

  /** `columns`: each as `view.column`, of the sys schema. */
  constructor(columns: ReadonlySet<string>) {
    this.columns = columns
  }

  has(view: string, column: string): boolean {
    return this.columns.has(`${view}.${column}`)
  }

  /** `alias.column` when the view has the column, else the literal. */
  column(view: string, alias: string, column: string, otherwise: string): string {
    return this.has(view, column) ? `${alias}.${column}` : otherwise
  }

  /** The same for a flag, as a bit: false when the view does not have it. */
  flag(view: string, alias: string, column: string): string {
    return `cast(${this.column(view, alias, column, '0')} as bit)`
  }
}

interface ViewRow {
  readonly id: number
  readonly name: string
}

const VIEWS = `
select o.object_id as [id], o.name
from sys.all_objects o
where o.schema_id = schema_id('sys') and o.type = 'V'`

interface ColumnRow {
  readonly viewId: number
  readonly name: string
}

/** Of everything: to join the two is the dearest query of all on some servers, and those of users are few beside it. */
const COLUMNS = `
select c.object_id as [viewId], c.name
from sys.all_columns c`

export async function openCatalog(query: Catalog['query']): Promise<Catalog> {
  const names = new Map((await query<ViewRow>(VIEWS)).map(({ id, name }) => [id, name]))
  const columns = (await query<ColumnRow>(COLUMNS)).filter(({ viewId }) => names.has(viewId))
  return { query, views: new CatalogViews(new Set(columns.map(({ viewId, name }) => `${names.get(viewId)}.${name}`))) }
}
