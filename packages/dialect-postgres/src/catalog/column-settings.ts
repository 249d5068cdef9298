/**
 * A query's array of the clauses of `alter … alter column` for what is out of the ordinary about a column, null among them;
 * `column` and `type` are the names of its pg_attribute and pg_type. Options that begin with pg_ are the server's own notes (15.20
 * and its like).
 */
export function columnSettings(column: string, type: string): string {
  return `array[
      case when ${column}.attstorage <> ${type}.typstorage then 'set storage ' || case ${column}.attstorage
        when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end end,
      case to_jsonb(${column}) ->> 'attcompression' when 'p' then 'set compression pglz' when 'l' then 'set compression lz4' end,
      case when (to_jsonb(${column}) ->> 'attstattarget')::int >= 0
        then 'set statistics ' || (to_jsonb(${column}) ->> 'attstattarget') end,
      (select 'set (' || string_agg(option, ', ') || ')' from unnest(${column}.attoptions) as option where option !~ '^pg_')]`
}
