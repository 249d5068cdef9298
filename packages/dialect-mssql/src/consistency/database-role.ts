/** Who can change the rows of the database. */
export interface DatabaseRole {
  /** Nobody can write to it. */
  readonly readOnly: boolean | number
  /** The changes of another server come in, past all locks. */
  readonly secondary: boolean | number
}

/** Converted: sql_variants of other collations (that of the server, that of the database) are never equal, whatever they say. */
export const DATABASE_ROLE = `
select d.is_read_only as [readOnly],
  case when convert(nvarchar(128), databasepropertyex(d.name, 'Updateability')) = 'READ_ONLY' then 1 else 0 end as [secondary]
from sys.databases d where d.name = db_name()`
