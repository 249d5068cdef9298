/** Who can change the rows of the database. */
export interface DatabaseRole {
  /** Nobody can write to it. */
  readonly readOnly: boolean | number
  /** The changes of another server come in, past all locks. */
  readonly secondary: boolean | number
}

export const DATABASE_ROLE = `
select d.is_read_only as [readOnly],
  case when databasepropertyex(d.name, 'Updateability') = 'READ_ONLY' then 1 else 0 end as [secondary]
from sys.databases d where d.name = db_name()`
