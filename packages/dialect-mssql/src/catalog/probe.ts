/** Objects of one kind that a backup does not carry. */
export interface Probe {
  /** Views and a column of each, without which there are no such objects. */
  readonly needs: readonly (readonly [view: string, column: string])[]
  readonly kind: string
  readonly reason: string
  /** Rows of `schema` (null for what has none) and `name`. */
  readonly sql: string
}

/** What has a name and no schema: the rows of the view that fulfil the condition. */
export function unqualified(view: string, column: string, condition?: string): Pick<Probe, 'needs' | 'sql'> {
  return {
    needs: [
      [view, column],
      [view, 'name'],
    ],
    sql: `
select cast(null as nvarchar(128)) as [schema], cast(x.name as nvarchar(128)) as [name]
from sys.${view} x${condition === undefined ? '' : `\nwhere ${condition}`}`,
  }
}

/** Objects of a view that has all columns of sys.objects. */
export function objectsOf(view: string, column: string, condition = '1 = 1'): Pick<Probe, 'needs' | 'sql'> {
  return {
    needs: [[view, column]],
    sql: `
select cast(s.name as nvarchar(128)) as [schema], cast(x.name as nvarchar(128)) as [name]
from sys.${view} x join sys.schemas s on s.schema_id = x.schema_id
where x.is_ms_shipped = 0 and ${condition}`,
  }
}

/** Tables with a column that fulfils the condition, each once. */
export function tablesWithColumn(column: string, condition: string): Pick<Probe, 'needs' | 'sql'> {
  return {
    needs: [['columns', column]],
    sql: `
select distinct cast(s.name as nvarchar(128)) as [schema], cast(t.name as nvarchar(128)) as [name]
from sys.columns c
join sys.tables t on t.object_id = c.object_id
join sys.schemas s on s.schema_id = t.schema_id
where t.is_ms_shipped = 0 and ${condition}`,
  }
}
